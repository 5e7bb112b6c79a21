import 'element-plus/theme-chalk/el-popper.css';
import 'element-plus/theme-chalk/el-popover.css';

export { ElPopover } from 'element-plus/es/components/popover/index.mjs';
