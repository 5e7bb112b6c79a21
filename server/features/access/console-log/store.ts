import { newId } from '../../../kernel/id.ts';
import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Findings, OperatorFinding, RightsFinding } from './judge.ts';
import {
  ConsoleFindingTable,
  ConsoleLogMarkTable,
  type ConsoleFindingRow,
  type ConsoleLogMarkRow,
} from './tables.ts';

const MARK = 'admin';
/** 企业微信's words are free text without a limit on its page. */
const MAX_INFO = 500;

export const markOf = (reads: Reads): Promise<ConsoleLogMarkRow | null> =>
  reads.em.getRepository(ConsoleLogMarkTable).findOneBy({ id: MARK });

export async function saveMark(tx: Tx, mark: Omit<ConsoleLogMarkRow, 'id'>): Promise<void> {
  const known = await markOf(tx);
  if (known) await tx.em.getRepository(ConsoleLogMarkTable).update({ id: MARK }, mark);
  else await insertRows(tx, ConsoleLogMarkTable, [{ id: MARK, ...mark }]);
}

/** @returns how many are new to whoever settles them */
export async function saveFindings(tx: Tx, { operators, rights }: Findings): Promise<number> {
  let opened = 0;
  for (const finding of operators) if (await gather(tx, finding)) opened += 1;
  if (rights.length > 0) await insertRows(tx, ConsoleFindingTable, rights.map(ofAct));
  return opened + rights.length;
}

const openKeyOf = (userid: string): string => `operator:${userid.toLowerCase()}`;

/** To what is open about this operator, or a new one. */
async function gather(tx: Tx, finding: OperatorFinding): Promise<boolean> {
  const { kind, userid, personId, firstAt, lastAt, times } = finding;
  const openKey = openKeyOf(userid);
  const added = await updateCount(
    tx.em,
    `update console_finding set times = times + ?, kind = ?, personId = ?,
       lastAt = case when lastAt < ? then ? else lastAt end,
       firstAt = case when firstAt > ? then ? else firstAt end
     where openKey = ?`,
    [times, kind, personId, lastAt, lastAt, firstAt, firstAt, openKey],
  );
  if (added > 0) return false;
  await insertRows(tx, ConsoleFindingTable, [
    { ...blank(), kind, userid, personId, firstAt, lastAt, times, openKey },
  ]);
  return true;
}

const ofAct = ({ kind, userid, personId, act }: RightsFinding): ConsoleFindingRow => ({
  ...blank(),
  kind,
  userid,
  personId,
  firstAt: act.at,
  lastAt: act.at,
  times: 1,
  detailType: act.detailType,
  info: act.info.slice(0, MAX_INFO),
});

const blank = () => ({
  id: newId(),
  detailType: null,
  info: '',
  openKey: null,
  settledAt: null,
  settledBy: null,
  note: '',
});

/** @returns false when it is settled already */
export const settle = async (
  tx: Tx,
  id: string,
  change: { settledAt: number; settledBy: string; note: string },
): Promise<boolean> =>
  (await updateCount(
    tx.em,
    'update console_finding set settledAt = ?, settledBy = ?, note = ?, openKey = null where id = ? and settledAt is null',
    [change.settledAt, change.settledBy, change.note, id],
  )) === 1;
