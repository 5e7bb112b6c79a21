import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { portalTables } from './tables.ts';
import { beginShowing, dropTile, endShowing, forgetShown, loadTile, notShownAfter } from './tile-store.ts';

let test: TestDb;
beforeAll(async () => {
  test = await openTestDb([...portalTables]);
});
afterAll(() => test.close());

let personId: string;
beforeEach(() => {
  personId = newId();
});
const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => test.db.write(systemActor('test'), work);
const begin = () => write((tx) => beginShowing(tx, personId));
const end = (version: number, n: number) =>
  write((tx) => endShowing(tx, personId, version, { todo: { approvals: n }, unread: 0, running: 0 }));
const tile = () => test.db.read((reads) => loadTile(reads, personId));
const notShown = () => test.db.read((reads) => notShownAfter(reads, '', 1000));

describe('what stands on a tile', () => {
  it('is known when the call that set it is over', async () => {
    const version = await begin();
    expect(await tile()).toMatchObject({ isShown: false });
    expect(await notShown()).toContain(personId);
    expect(await end(version, 3)).toBe(true);
    expect(await tile()).toMatchObject({ isShown: true, numbers: { todo: { approvals: 3 } } });
    expect(await notShown()).not.toContain(personId);
  });

  it('is not known where two calls overlap, whichever ends last', async () => {
    for (const firstEndsFirst of [true, false]) {
      const [older, newer] = [await begin(), await begin()];
      const ends = { older: () => end(older, 1), newer: () => end(newer, 2) };
      const told = firstEndsFirst
        ? [await ends.older(), await ends.newer()]
        : [await ends.newer(), await ends.older()].toReversed();
      // Whoever began first learns of the other, and sets it again; nothing says that it stands there by then.
      expect(told[0]).toBe(false);
      expect(await tile()).toMatchObject({ isShown: false });
    }
  });

  it('is not known of anybody when the template was put anew', async () => {
    await end(await begin(), 1);
    const before = (await tile())?.version ?? 0;
    await write(forgetShown);
    expect(await tile()).toMatchObject({ isShown: false, version: before + 1 });
  });

  it('goes with whoever may not use the app any more', async () => {
    const version = await begin();
    await write((tx) => dropTile(tx, personId));
    expect(await tile()).toBeNull();
    expect(await end(version, 1)).toBe(false);
  });
});
