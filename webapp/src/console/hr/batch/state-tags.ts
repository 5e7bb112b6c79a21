import type { BatchBrief } from '../api.ts';

/** Colour of a batch's state; the word stands beside it. */
export const batchTone: Readonly<Record<BatchBrief['state'], string>> = {
  reading: 'blue',
  ready: 'amber',
  unreadable: 'red',
  planned: 'green',
  replaced: '',
};
