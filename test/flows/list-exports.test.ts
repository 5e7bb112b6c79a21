/** H1, H2: a list as a file holds what the list holds, for whoever asks, and taking it is on the record. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestsAnswer } from '../../server/features/accounts/contract.ts';
import type { MissingAnswer } from '../../server/features/corrections/photos/contract.ts';
import { AuditEntryTable } from '../../server/platform/audit/index.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';
import type { Client } from '../support/client.ts';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
});
afterEach(() => a.s.close());

const as = (who: CastKey): Promise<Client> => a.s.signIn(demoCast[who].userid);
/** First row and the rows below the heads. */
async function fileOf(client: Client, path: string): Promise<{ said: string; rows: (readonly string[])[] }> {
  const answer = await client.raw('GET', path);
  expect([answer.status, answer.headers.get('cache-control')], path).toEqual([200, 'no-store']);
  const [sheet] = await readSheets(Buffer.from(await answer.arrayBuffer()));
  const [[said = ''] = [], , ...rows] = sheet?.rows ?? [];
  return { said, rows };
}
const acts = async (action: string) =>
  (await a.s.app.db.read((reads) => reads.em.getRepository(AuditEntryTable).findBy({ action }))).map(
    ({ actorId, after }) => [actorId, after],
  );

it('H1 requests and late cases: the same set as the page of each, a stranger gets nothing of it', async () => {
  const unitId = a.unitOf('D2001');
  const form = { unitId, move: 'within', effectiveOn: a.today(), reason: '岗位调整' };
  const changes = [{ item: '显示名', before: '甲', after: '=1+1' }];
  await a.begin('head', 'change', a.idOf('colleague'), { ...form, changes, systems: ['oa'] });
  const head = await as('unitHead');
  const shown = await head.get<RequestsAnswer>('/api/accounts/requests?kind=change');
  expect(shown.items).toHaveLength(1);
  const file = await fileOf(head, '/api/accounts/export/requests?kind=change');
  expect(file.rows.map(([number]) => number)).toEqual(shown.items.map(({ number }) => number));
  expect(file.said).toContain(`${demoCast.unitHead.name}导出 · 变更 · 1 条`);
  expect((await fileOf(head, '/api/accounts/export/requests?kind=lock')).rows).toEqual([]);
  expect((await fileOf(await as('applicant'), '/api/accounts/export/requests')).rows).toEqual([]);
  expect((await fileOf(head, '/api/accounts/late/export')).rows).toEqual([]);
  expect((await acts('accounts.export_requests'))[0]).toEqual([
    a.idOf('unitHead'),
    { box: 'all', kind: 'change', rows: 1 },
  ]);
  expect(await acts('accounts.export_late')).toHaveLength(1);
});

it('H1 S2-15b who has no photo and what waits for an answer: within the scope, others are refused', async () => {
  const hr = await as('hrMaintainer');
  const shown = await hr.get<MissingAnswer>('/api/photos/missing?limit=100');
  const file = await fileOf(hr, '/api/photos/missing/export');
  expect(file.rows.map(([staffNo]) => staffNo)).toEqual(shown.items.map(({ staffNo }) => staffNo));
  expect(file.rows.length).toBe(shown.total);
  const [unit] = shown.units.filter(({ missing, unitId }) => missing > 0 && unitId !== null);
  const part = await fileOf(hr, `/api/photos/missing/export?unitId=${unit?.unitId}`);
  expect(part.rows).toHaveLength(unit?.missing ?? -1);
  expect(part.said).toContain(unit?.name);
  expect((await fileOf(hr, '/api/corrections/export/list')).rows).toEqual([]);
  const stranger = await as('applicant');
  for (const path of ['/api/photos/missing/export', '/api/corrections/export/list'])
    expect((await stranger.raw('GET', path)).status).toBe(403);
  expect(await acts('corrections.export_missing_photos')).toHaveLength(2);
});
