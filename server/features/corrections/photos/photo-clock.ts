import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';

/** As obligations name it; the subject is the person, who holds it too. */
export const PHOTO = 'photo';
export const PHOTO_KIND = 'corrections.photo';
const PATH = '/record/photo';

type Deps = Pick<CorrectionsContext, 'supervision' | 'notify' | 'settings'>;

interface Asked {
  readonly personId: string;
  /** Department of the main post. */
  readonly unitId: string | null;
}

export const askPerson = (deps: Deps, tx: Tx, person: Asked): void =>
  startClock(deps, tx, person, {
    title: '上传证件照',
    words: (until) => `档案里还没有你的证件照，请上传一张${until}。`,
  });

/** The photo there is will not do: what the person owes begins anew. */
export async function askAgain(deps: Deps, tx: Tx, person: Asked, why: string): Promise<void> {
  await stopPhotoClock(deps, tx, person.personId, 'rejected');
  startClock(deps, tx, person, {
    title: '重新上传证件照',
    words: (until) => `照片没有通过：${why}，请重新上传${until}。`,
  });
}

/** One clock a person; it closes by itself when the photo is there. */
function startClock(
  { supervision, notify, settings }: Deps,
  tx: Tx,
  { personId, unitId }: Asked,
  { title, words }: { readonly title: string; readonly words: (until: string) => string },
): void {
  const { id, dueAt, provisional } = supervision.openObligation(tx, {
    kind: PHOTO_KIND,
    subjectType: PHOTO,
    subjectId: personId,
    stepRef: personId,
    title,
    path: PATH,
    holderPersonId: personId,
    holderUnitId: unitId,
    budget: { workdays: settings.photoWorkdays },
  });
  const until = dueAt === null ? '' : `，${wordsOfDeadline(tx.now, dueAt, provisional)}`;
  notify(tx, {
    key: `photo:${id}`,
    personId,
    words: words(until),
    path: PATH,
  });
}

/** A rejection was taken back. */
export async function letPersonBe(deps: Deps, tx: Tx, personId: string): Promise<void> {
  await stopPhotoClock(deps, tx, personId, 'accepted');
  deps.notify(tx, {
    key: `photoAccepted:${personId}:${tx.now}`,
    personId,
    words: '你的证件照已改为合格，不用再传。',
    path: PATH,
  });
}

export async function stopPhotoClock({ supervision }: Deps, tx: Tx, personId: string, outcome: string) {
  await supervision.closeObligations(tx, { subjectType: PHOTO, subjectId: personId, outcome });
}

/** Each rung once (R37). */
export function remindPhotos({ supervision, notify }: Deps): void {
  supervision.onReminder(PHOTO_KIND, async (tx, row, rung) => {
    if (row.holderPersonId === null || row.dueAt === null) return;
    notify(tx, {
      key: `rung:${row.id}:${rung.rung}`,
      personId: row.holderPersonId,
      words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
      path: row.path,
    });
  });
}
