import { shallowReactive } from 'vue';
import { coreIcons } from './icons-core.ts';

// Reactive: a list may name an icon that arrives a moment later (icons-more.ts).
const known = shallowReactive<Record<string, string>>({ ...coreIcons });

/** Makes further icons known. */
export function addIcons(paths: Readonly<Record<string, string>>): void {
  Object.assign(known, paths);
}

/** The path of an icon. Servers may name an icon that this build does not know: a sheet of paper then. */
export function iconPath(name: string): string {
  return known[name] ?? coreIcons.doc;
}
