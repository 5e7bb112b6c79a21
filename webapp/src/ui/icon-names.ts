import type { coreIcons } from './icons-core.ts';
import type { moreIcons } from './icons-more.ts';

export type IconName = keyof typeof coreIcons | keyof typeof moreIcons;
