import type { Tx } from '../../platform/db/unit-of-work.ts';
import { wordsOfDeadline, type ObligationRow } from '../supervision/index.ts';
import { CHECK, type SignsContext } from './context.ts';
import { answerersOf, duesOf, settlersOf, type SignsOrg, unitOf } from './policy.ts';
import type { CheckRow } from './tables.ts';

const KINDS = { unit: 'signs.answer', security: 'signs.settle' } as const;

/** For whoever answers, on the phone; for whoever settles, in the console. */
const pathOf = (asks: 'unit' | 'security', checkId: string): string =>
  asks === 'unit' ? `/account-checks/${checkId}` : `/console/account-signs/${checkId}`;

const titleOf = (asks: 'unit' | 'security', name: string): string =>
  asks === 'unit' ? `核对${name}的账号是否本人在用` : `处理${name}账号的核对结果`;

/** One clock at a time; whoever can act is told, the first of them holds it. The signs are in none of the words. */
export function startClock(
  { supervision, notify, settings }: SignsContext,
  tx: Tx,
  org: SignsOrg,
  { id, personId, round }: Pick<CheckRow, 'id' | 'personId' | 'round'>,
  asks: 'unit' | 'security',
): void {
  const people = asks === 'unit' ? answerersOf(org, personId) : settlersOf(org, personId);
  const [holder = null] = people;
  const title = titleOf(asks, org.person(personId)?.name ?? '');
  const path = pathOf(asks, id);
  const clock = supervision.openObligation(tx, {
    kind: KINDS[asks],
    subjectType: CHECK,
    subjectId: id,
    stepRef: `${asks}:${round}`,
    title,
    path,
    holderPersonId: holder,
    holderUnitId: holder === null ? null : unitOf(org, holder),
    budget: { workdays: asks === 'unit' ? settings.answerWorkdays : settings.settleWorkdays },
  });
  // A unit's liaison is asked, not everybody in it who could; of the security administrators all.
  const told = asks === 'unit' ? people.slice(0, 1) : people.slice(0, MOST_TOLD);
  for (const each of told)
    notify(tx, {
      key: `${asks}:${id}:${round}`,
      personId: each,
      words: `${title}${deadline(tx.now, clock)}。`,
      path,
    });
}

const MOST_TOLD = 20;

const deadline = (now: number, { dueAt, provisional }: ObligationRow): string =>
  dueAt === null ? '' : `，${wordsOfDeadline(now, dueAt, provisional)}`;

export const stopClock = (
  { supervision }: SignsContext,
  tx: Tx,
  checkId: string,
  outcome: string,
): Promise<unknown> => supervision.closeObligations(tx, { subjectType: CHECK, subjectId: checkId, outcome });

/** Each rung once (R37). */
export function remindHolders({ supervision, notify }: SignsContext): void {
  for (const kind of Object.values(KINDS))
    supervision.onReminder(kind, async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      notify(tx, {
        key: `rung:${row.id}:${rung.rung}`,
        personId: row.holderPersonId,
        words: `${row.title}${deadline(tx.now, row)}。`,
        path: row.path,
      });
    });
}

/** Who holds the clock can act, or it goes to who can: the same clock, and a breach stays with whom it was (G9). */
export async function rehome(
  { supervision }: SignsContext,
  tx: Tx,
  org: SignsOrg,
  row: CheckRow,
): Promise<void> {
  const clocks = await supervision.listOfSubjects(tx, CHECK, [row.id]);
  const holder = clocks.find(({ state }) => state === 'open')?.holderPersonId ?? null;
  const people = duesOf(org, row.state, row.personId);
  const [next = null] = people;
  if (holder === next || (holder !== null && people.includes(holder))) return;
  await supervision.transferObligations(tx, {
    subjectType: CHECK,
    subjectId: row.id,
    toPersonId: next,
    toUnitId: next === null ? null : unitOf(org, next),
    reason: 'holder_without_right',
  });
}
