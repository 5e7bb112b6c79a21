import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { wordsOfDeadline, type ObligationRow } from '../supervision/index.ts';
import type { UndertakingsContext } from './context.ts';
import type { Text } from './text.ts';

/** As obligations name it; the subject is the person, who holds it too. */
const UNDERTAKING = 'undertaking';
const KIND = 'undertakings.give';
const TITLE = '阅读并承诺使用规定';
export const OWN_PATH = '/undertakings';

type Deps = Pick<UndertakingsContext, 'supervision' | 'notify'>;

/** Open clocks, by person. */
export async function clocksOf(
  { supervision }: Pick<Deps, 'supervision'>,
  reads: Reads,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ObligationRow>> {
  if (personIds.length === 0) return new Map();
  const rows = await supervision.listOfSubjects(reads, UNDERTAKING, [...personIds]);
  return new Map(rows.filter(({ state }) => state === 'open').map((row) => [row.subjectId, row]));
}

/** One clock a person for all they owe, so that the home page is not filled by it; the shortest time of them counts. */
export function startClock(
  { supervision }: Deps,
  tx: Tx,
  person: { readonly personId: string; readonly unitId: string | null },
  texts: readonly Pick<Text, 'workdays'>[],
): void {
  supervision.openObligation(tx, {
    kind: KIND,
    subjectType: UNDERTAKING,
    subjectId: person.personId,
    stepRef: person.personId,
    title: TITLE,
    path: OWN_PATH,
    holderPersonId: person.personId,
    holderUnitId: person.unitId,
    budget: { workdays: Math.min(...texts.map(({ workdays }) => workdays)) },
  });
}

export async function stopClock(
  { supervision }: Deps,
  tx: Tx,
  personId: string,
  outcome: string,
): Promise<void> {
  await supervision.closeObligations(tx, { subjectType: UNDERTAKING, subjectId: personId, outcome });
}

/** Each rung once (R37). */
export function remindHolders({ supervision, notify }: Deps): void {
  supervision.onReminder(KIND, async (tx, row, rung) => {
    if (row.holderPersonId === null || row.dueAt === null) return;
    notify(tx, {
      key: `rung:${row.id}:${rung.rung}`,
      personId: row.holderPersonId,
      words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
      path: row.path,
    });
  });
}
