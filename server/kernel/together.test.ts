import { describe, expect, it } from 'vitest';
import { createTogether } from './together.ts';

function recorded() {
  const runs: number[][] = [];
  const gates: (() => void)[] = [];
  const run = async (items: readonly number[]): Promise<number[]> => {
    runs.push([...items]);
    await new Promise<void>((open) => gates.push(open));
    if (items.includes(13)) throw new Error('not this one');
    return items.map((item) => item * 2);
  };
  /** Lets every run end, also those that begin because of it. */
  const open = async () => {
    while (gates.length > 0) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { runs, run, open };
}

describe('who asks while a run is under way', () => {
  it('shares the next one; who comes alone does not wait', async () => {
    const { runs, run, open } = recorded();
    const ask = createTogether(run, 10);
    const answers = Promise.all([1, 2, 3].map(ask));
    expect(runs).toEqual([[1]]);
    await open();
    expect(await answers).toEqual([2, 4, 6]);
    expect(runs).toEqual([[1], [2, 3]]);
    const alone = ask(4);
    await open();
    expect(await alone).toBe(8);
  });

  it('is never in a run of more than the most', async () => {
    const { runs, run, open } = recorded();
    const ask = createTogether(run, 2);
    const answers = Promise.all([1, 2, 3, 4].map(ask));
    await open();
    expect(await answers).toEqual([2, 4, 6, 8]);
    expect(runs).toEqual([[1], [2, 3], [4]]);
  });

  it('is refused nothing because of another', async () => {
    const { runs, run, open } = recorded();
    const ask = createTogether(run, 10);
    const answers = Promise.allSettled([1, 13, 3].map(ask));
    await open();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(runs).toEqual([[1], [13, 3], [13], [3]]);
  });
});
