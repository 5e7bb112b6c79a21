import 'element-plus/theme-chalk/el-input.css';

export { ElInput } from 'element-plus/es/components/input/index.mjs';
