/** The sample answers of the room together; each lies beside what it is a sample of. All names are fictional. */
export * from '../exchange/testing.ts';
export * from '../handover/testing.ts';
export * from '../inspection/testing.ts';
export * from '../late/testing.ts';
export * from '../person/testing.ts';
export * from '../request/testing-cancel.ts';
export * from '../request/testing.ts';
export * from '../systems/testing.ts';

export const pageOf = <T>(items: T[], next: string | null = null) => ({
  items,
  next,
  counts: { waiting: 1, mine: 2, all: items.length },
  can: { report: true },
});
