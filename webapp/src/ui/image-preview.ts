import 'vant/es/image/index.css';
import 'vant/es/overlay/index.css';
import 'vant/es/popup/index.css';
import 'vant/es/swipe/index.css';
import 'vant/es/swipe-item/index.css';
import 'vant/es/image-preview/index.css';
import './image-preview.css';

export { showImagePreview } from 'vant';
