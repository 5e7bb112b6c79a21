import type { Due } from '../../api/shapes.ts';

/** How a deadline reads in a table: late in red, near in amber. */
export const dueTone: Readonly<Record<Due['state'], string>> = {
  overdue: 't-red',
  today: 't-amber',
  amber: 't-amber',
  ok: '',
  none: 'dim',
};
