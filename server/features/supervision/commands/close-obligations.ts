import { updateCount } from '../../../platform/db/rows.ts';
import type { Statement } from '../../../platform/db/statement.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';

export interface ObligationSelector {
  readonly subjectType: string;
  readonly subjectId: string;
  /** `stepRef`s; all open ones of the subject when left out. */
  readonly refs?: readonly string[];
}

/** How a closing is told. */
export interface Closing extends ObligationSelector {
  readonly outcome: string;
  /**
   * Epoch ms: when it was done, where that is learned later (another system tells us); now when left out. A breach
   * recorded since then is taken back: whoever was in time is not accused because the news was late.
   */
  readonly doneAt?: number;
}

/** Who holds the open ones a selector means. */
export async function holdersOf(tx: Tx, selector: ObligationSelector): Promise<string[]> {
  if (selector.refs?.length === 0) return [];
  const { where, params } = openOnes(selector);
  const rows = await tx.em.query<{ holderPersonId: string }[]>(
    `select distinct holderPersonId from obligation where ${where} and holderPersonId is not null`,
    params,
  );
  return rows.map(({ holderPersonId }) => holderPersonId);
}

/**
 * What was due before now is recorded as a breach of its present holder (G9). Closing what is closed or was never
 * opened changes nothing. Returns how many were closed.
 */
export async function closeObligations(tx: Tx, closing: Closing): Promise<number> {
  let closed = 0;
  for (const { sql, params } of closingStatements(tx, closing))
    closed = await updateCount(tx.em, sql, [...params]);
  return closed;
}

/** The same at the end of the unit of work, by an act that reads none of these clocks again. */
export function closeAtTheEnd(tx: Tx, closing: Closing): void {
  for (const statement of closingStatements(tx, closing)) tx.defer(statement);
}

/** The last of them closes. */
function closingStatements(tx: Tx, { outcome, doneAt = tx.now, ...selector }: Closing): Statement[] {
  if (selector.refs?.length === 0) return [];
  const { where, params } = openOnes(selector);
  const takenBack: Statement = {
    sql: `update obligation set breachedAt = null, breachPersonId = null, breachUnitId = null
       where ${where} and breachedAt > ?`,
    params: [...params, doneAt],
  };
  // MySQL assigns from left to right and sees new values: `breachedAt` must come after what asks for its old one.
  const late = 'breachedAt is null and provisional = 0 and dueAt is not null and dueAt <= ?';
  const closed: Statement = {
    sql: `update obligation set
       breachPersonId = case when ${late} then holderPersonId else breachPersonId end,
       breachUnitId = case when ${late} then holderUnitId else breachUnitId end,
       breachedAt = case when ${late} then dueAt else breachedAt end,
       state = 'closed', closedAt = ?, outcome = ?, nextCheckAt = null, version = version + 1
     where ${where}`,
    params: [doneAt, doneAt, doneAt, doneAt, outcome, ...params],
  };
  return doneAt < tx.now ? [takenBack, closed] : [closed];
}

/** SQL condition for the open obligations a selector means. */
export function openOnes({ subjectType, subjectId, refs }: ObligationSelector): {
  where: string;
  params: string[];
} {
  const steps = refs ? ` and stepRef in (${refs.map(() => '?').join(', ')})` : '';
  return {
    where: `subjectType = ? and subjectId = ? and state = 'open'${steps}`,
    params: [subjectType, subjectId, ...(refs ?? [])],
  };
}
