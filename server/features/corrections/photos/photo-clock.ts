import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { wordsOfDeadline } from '../../supervision/index.ts';
import type { CorrectionsContext } from '../commands/context.ts';

/** As obligations name it; the subject is the person, who holds it too. */
export const PHOTO = 'photo';
export const PHOTO_KIND = 'corrections.photo';
const TITLE = '上传证件照';
const PATH = '/record/photo';

type Deps = Pick<CorrectionsContext, 'supervision' | 'notify' | 'settings'>;

/** One clock a person; it closes by itself when the photo is there. */
export function askPerson(
  { supervision, notify, settings }: Deps,
  tx: Tx,
  { personId, unitId }: { readonly personId: string; readonly unitId: string | null },
): void {
  const { id, dueAt, provisional } = supervision.openObligation(tx, {
    kind: PHOTO_KIND,
    subjectType: PHOTO,
    subjectId: personId,
    stepRef: personId,
    title: TITLE,
    path: PATH,
    holderPersonId: personId,
    holderUnitId: unitId,
    budget: { workdays: settings.photoWorkdays },
  });
  const until = dueAt === null ? '' : `，${wordsOfDeadline(tx.now, dueAt, provisional)}`;
  notify(tx, {
    key: `photo:${id}`,
    personId,
    words: `档案里还没有你的证件照，请上传一张${until}。`,
    path: PATH,
  });
}

export async function stopPhotoClock({ supervision }: Deps, tx: Tx, personId: string, outcome: string) {
  await supervision.closeObligations(tx, { subjectType: PHOTO, subjectId: personId, outcome });
}

/** Each rung once (R37). */
export function remindPhotos({ supervision, notify }: Deps): void {
  supervision.onRung(PHOTO_KIND, async (tx, row, rung) => {
    if (row.holderPersonId === null || row.dueAt === null) return;
    notify(tx, {
      key: `rung:${row.id}:${rung.rung}`,
      personId: row.holderPersonId,
      words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
      path: row.path,
    });
  });
}
