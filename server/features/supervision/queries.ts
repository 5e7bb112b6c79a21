import { In } from 'typeorm';
import { addDays, dateOf, instantOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { ObligationEventTable, ObligationRungTable, ObligationTable, type ObligationRow } from './tables.ts';

export interface HolderCounts {
  readonly total: number;
  readonly overdue: number;
  readonly today: number;
  /** After today, provisional ones that passed among today's, paused ones among these. */
  readonly later: number;
}

/** What a person owes, counted the way the lists are grouped (`bucketOf`). @param besides kinds of subject to leave out */
export async function countHeld(
  { em, now }: Reads,
  holderPersonId: string,
  besides: readonly string[] = [],
): Promise<HolderCounts> {
  const endOfToday = instantOf(addDays(dateOf(now), 1));
  const [row] = await em.query<Record<'total' | 'overdue' | 'dueByTonight', string | number | null>[]>(
    `select count(*) as total,
       sum(case when dueAt <= ? and provisional = 0 then 1 else 0 end) as overdue,
       sum(case when dueAt <= ? then 1 else 0 end) as dueByTonight
     from obligation where holderPersonId = ? and state = 'open'${without(besides)}`,
    [now, endOfToday, holderPersonId, ...besides],
  );
  const total = Number(row?.total ?? 0);
  const overdue = Number(row?.overdue ?? 0);
  const dueByTonight = Number(row?.dueByTonight ?? 0);
  return { total, overdue, today: dueByTonight - overdue, later: total - dueByTonight };
}

const without = (besides: readonly string[]): string =>
  besides.length === 0 ? '' : ` and subjectType not in (${besides.map(() => '?').join(', ')})`;

/** What an obligation is sorted by: its due time; those whose clock stands come last. */
export const sortAtOf = (dueAt: number | null): number => dueAt ?? LAST;
const LAST = Number.MAX_SAFE_INTEGER;
const SORT = `coalesce(o.dueAt, ${LAST})`;

/**
 * A person's open obligations, most urgent first, paused ones last.
 * @param page `besides`: kinds of subject to leave out; `only`: the one kind to list; `after`: the last one shown (`sortAtOf`)
 */
export async function listHeld(
  { em }: Reads,
  holderPersonId: string,
  page: {
    readonly limit: number;
    readonly offset?: number;
    readonly besides?: readonly string[];
    readonly only?: string;
    readonly after?: { readonly sortAt: number; readonly id: string } | null;
  },
): Promise<ObligationRow[]> {
  const { besides = [], after = null } = page;
  return em
    .getRepository(ObligationTable)
    .createQueryBuilder('o')
    .where(`o.holderPersonId = :holderPersonId and o.state = 'open'`, { holderPersonId })
    .andWhere(besides.length === 0 ? '1 = 1' : 'o.subjectType not in (:...besides)', { besides })
    .andWhere(page.only === undefined ? '1 = 1' : 'o.subjectType = :only', { only: page.only })
    .andWhere(
      after === null ? '1 = 1' : `(${SORT} > :sortAt or (${SORT} = :sortAt and o.id > :id))`,
      after ?? {},
    )
    .orderBy(SORT)
    .addOrderBy('o.id')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .getMany();
}

/** People who hold an open obligation, by id, after the one given. @param besides kinds of subject to leave out */
export async function holdersAfter(
  { em }: Reads,
  personId: string,
  limit: number,
  besides: readonly string[] = [],
): Promise<string[]> {
  const rows = await em.query<{ holderPersonId: string }[]>(
    `select distinct holderPersonId from obligation
     where state = 'open' and holderPersonId > ?${without(besides)} order by holderPersonId limit ${limit}`,
    [personId, ...besides],
  );
  return rows.map((row) => row.holderPersonId);
}

/** Of a person's clocks that have reached a rung: how many, and how urgent (`bucketOf`). */
export interface RemindedCounts {
  readonly total: number;
  readonly overdue: number;
  readonly today: number;
  readonly kinds: readonly string[];
}

export async function countReminded({ em, now }: Reads, personId: string): Promise<RemindedCounts> {
  const endOfToday = instantOf(addDays(dateOf(now), 1));
  const rows = await em.query<
    { kind: string; total: string | number; overdue: string | number; dueByTonight: string | number }[]
  >(
    `select kind, count(*) as total, sum(case when dueAt <= ? and provisional = 0 then 1 else 0 end) as overdue,
       sum(case when dueAt <= ? then 1 else 0 end) as dueByTonight
     from obligation
     where holderPersonId = ? and state = 'open' and rungLevel > 0 and dueAt is not null group by kind`,
    [now, endOfToday, personId],
  );
  const sum = (name: 'total' | 'overdue' | 'dueByTonight') =>
    rows.reduce((all, row) => all + Number(row[name]), 0);
  const overdue = sum('overdue');
  return {
    total: sum('total'),
    overdue,
    today: sum('dueByTonight') - overdue,
    kinds: rows.map(({ kind }) => kind),
  };
}

/** The same, most urgent first. */
export const listReminded = (
  { em }: Reads,
  personId: string,
  limit: number,
): Promise<Pick<ObligationRow, 'title' | 'path' | 'dueAt' | 'provisional'>[]> =>
  em
    .getRepository(ObligationTable)
    .createQueryBuilder('o')
    .select(['o.id', 'o.title', 'o.path', 'o.dueAt', 'o.provisional'])
    .where(`o.holderPersonId = :personId and o.state = 'open'`, { personId })
    .andWhere('o.rungLevel > 0 and o.dueAt is not null')
    .orderBy('o.dueAt')
    .addOrderBy('o.id')
    .limit(limit)
    .getMany();

/** Open obligations that a unit answers for, whoever holds them. */
export const listOfUnit = ({ em }: Reads, holderUnitId: string): Promise<ObligationRow[]> =>
  em.getRepository(ObligationTable).find({ where: { holderUnitId, state: 'open' }, order: { id: 'ASC' } });

/** All obligations of some subjects, open and closed, oldest first: for lists and timelines, one query. */
export async function listOfSubjects(
  { em }: Reads,
  subjectType: string,
  subjectIds: readonly string[],
): Promise<ObligationRow[]> {
  if (subjectIds.length === 0) return [];
  return em
    .getRepository(ObligationTable)
    .find({ where: { subjectType, subjectId: In([...subjectIds]) }, order: { openedAt: 'asc', id: 'asc' } });
}

export interface UnitFigures {
  /** Null: of no unit. */
  readonly unitId: string | null;
  readonly open: number;
  /** Of the open ones. */
  readonly overdue: number;
  /** Open or closed, ran out at or after `since` while this unit held them (S1-6.1b). */
  readonly late: number;
}

/** How units keep to the clocks of one kind of subject. @param since epoch ms */
export async function figuresByUnit(
  { em, now }: Reads,
  subjectType: string,
  since: number,
): Promise<UnitFigures[]> {
  type Counted = { unitId: string | null; n: number | string; overdue?: number | string | null };
  const open = await em.query<Counted[]>(
    `select holderUnitId as unitId, count(*) as n,
       sum(case when dueAt <= ? and provisional = 0 then 1 else 0 end) as overdue
     from obligation where subjectType = ? and state = 'open' group by holderUnitId`,
    [now, subjectType],
  );
  // A breach is written by the sweep; what ran out in this very minute counts already.
  const late = await em.query<Counted[]>(
    `select case when breachedAt is null then holderUnitId else breachUnitId end as unitId, count(*) as n
     from obligation where subjectType = ?
       and (breachedAt >= ? or (breachedAt is null and state = 'open' and provisional = 0 and dueAt <= ?))
     group by case when breachedAt is null then holderUnitId else breachUnitId end`,
    [subjectType, since, now],
  );
  return [...new Set([...open, ...late].map(({ unitId }) => unitId))].map((unitId) => {
    const held = open.find((one) => one.unitId === unitId);
    return {
      unitId,
      open: Number(held?.n ?? 0),
      overdue: Number(held?.overdue ?? 0),
      late: Number(late.find((one) => one.unitId === unitId)?.n ?? 0),
    };
  });
}

/** Everything that happened to one obligation: transfers, pauses, moves, warnings. */
export async function historyOf({ em }: Reads, obligationId: string) {
  const order = { id: 'asc' } as const;
  return {
    events: await em.getRepository(ObligationEventTable).find({ where: { obligationId }, order }),
    rungs: await em.getRepository(ObligationRungTable).find({ where: { obligationId }, order }),
  };
}

/** Open clocks that rest on an unpublished year, and how many of them are past their provisional date. */
export async function countProvisional({ em, now }: Reads): Promise<{ open: number; past: number }> {
  const [row] = await em.query<Record<'n' | 'past', string | number | null>[]>(
    `select count(*) as n, sum(case when dueAt <= ? then 1 else 0 end) as past
     from obligation where state = 'open' and provisional = 1`,
    [now],
  );
  return { open: Number(row?.n ?? 0), past: Number(row?.past ?? 0) };
}
