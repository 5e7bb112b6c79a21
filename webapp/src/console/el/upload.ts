import 'element-plus/theme-chalk/el-progress.css';
import 'element-plus/theme-chalk/el-upload.css';

export { ElUpload } from 'element-plus/es/components/upload/index.mjs';
