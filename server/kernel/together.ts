/**
 * Whatever is asked for while a run is under way shares the next one: a burst costs a few runs, and what comes alone
 * does not wait. A run begins after everything in it was asked for. When a run of several fails each is run by itself,
 * so that one that cannot be done refuses no other.
 * @param run gives the results in the order of its items
 */
export function createTogether<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const waiting: Asked<Item, Result>[] = [];
  let working = false;

  async function take(asked: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await run(asked.map(({ item }) => item));
      for (const [at, { resolve }] of asked.entries()) resolve(results[at] as Result);
    } catch (error) {
      if (asked.length === 1) asked[0]?.reject(error);
      else await Promise.all(asked.map((one) => take([one])));
    }
  }

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) await take(waiting.splice(0, most));
    working = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!working) void work();
    });
}

interface Asked<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}
