import 'element-plus/theme-chalk/el-radio.css';
import 'element-plus/theme-chalk/el-radio-group.css';

export { ElRadio, ElRadioGroup } from 'element-plus/es/components/radio/index.mjs';
