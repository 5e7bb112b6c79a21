import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AdminAct } from '../../../wecom/index.ts';
import { DAY_MS, HOUR_MS } from '../../../kernel/dates.ts';
import { type DirectoryStage, openDirectory } from '../../directory/testing/open-directory.ts';
import { createRightsLoader } from '../load-rights.ts';
import { accessTables } from '../index.ts';
import { consoleLogJobs } from './read-log.ts';
import { ConsoleFindingTable, ConsoleLogMarkTable } from './tables.ts';

let stage: DirectoryStage;
beforeEach(async () => {
  stage = await openDirectory([...accessTables]);
});
afterEach(() => stage.t.close());

const act = (at: number): AdminAct => ({
  at,
  userid: 'ghost',
  operType: 7,
  detailType: 23,
  info: '',
  ip: '',
});

it('H2 a day with more acts than are held at once is read in pieces: none is passed over, none read twice', async () => {
  const { db, clock } = stage.t;
  const began = clock.now() - 3 * DAY_MS;
  // One act a second for seven hours of one day.
  const acts = Array.from({ length: 25_200 }, (_, n) => act(began + HOUR_MS + n * 1000));
  const asked: number[] = [];
  const log = {
    async *admin({ from, until }: { from: number; until: number }) {
      asked.push(until - from);
      for (const one of acts) if (one.at >= from && one.at < until) yield one;
    },
  };
  const { definitions } = consoleLogJobs({
    db,
    log,
    rights: createRightsLoader(stage.directory, new Map()),
    found: [],
  });
  await definitions[0]?.handle({ id: 'j', payload: {}, attempt: 1, now: clock.now() });
  const found = await db.read((reads) => reads.em.getRepository(ConsoleFindingTable).find());
  expect(found).toMatchObject([{ kind: 'stranger', userid: 'ghost', times: acts.length }]);
  expect(Math.min(...asked)).toBeLessThan(DAY_MS);
  const [mark] = await db.read((reads) => reads.em.getRepository(ConsoleLogMarkTable).find());
  expect(mark?.readUntil).toBeGreaterThan(clock.now() - HOUR_MS);
});
