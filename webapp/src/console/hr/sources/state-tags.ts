import type { FetchState, SourceBrief } from './api.ts';

/** Colour of a state; the word stands beside it. */
export const fetchTone: Readonly<Record<FetchState, string>> = {
  waiting: 'blue',
  running: 'blue',
  done: 'green',
  unchanged: 'green',
  suspicious: 'amber',
  failed: 'red',
};

export const isUnderWay = ({ last }: SourceBrief): boolean =>
  last?.state === 'waiting' || last?.state === 'running';
