import type { PersonItem } from './api.ts';

/** Colour only for what is not as usual. */
export const stateTone: Readonly<Record<PersonItem['state']['code'], string>> = {
  active: 'green',
  locked: 'orange',
  left: '',
};
