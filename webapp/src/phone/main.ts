import { createApp } from 'vue';
import '../ui/tokens.css';
import './phone.css';
import '../ui/icons-more.ts';
import './icons.ts';
import Phone from './Phone.vue';
import { applyTheme } from './model/theme.ts';

applyTheme();
createApp(Phone).mount('#phone');
