import { systemActor } from '../../server/kernel/actor.ts';
import { newId } from '../../server/kernel/id.ts';
import type { Directory } from '../../server/features/directory/index.ts';
import { AskTable, GivenTable } from '../../server/features/undertakings/index.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import type { Db } from '../../server/platform/db/unit-of-work.ts';

const FIRST_SIGN_IN = ['purpose', 'account-keeping', 'work-only'];

/**
 * The college gave the texts of the first sign-in before: nobody is led to them, nobody owes them. Written into the
 * tables, since by the door nobody gives in another's name.
 * @param gave who did; everybody by default
 */
export async function giveBefore(
  { db, directory }: { readonly db: Db; readonly directory: Directory },
  gave: (person: { readonly userid: string; readonly place: number }) => boolean = () => true,
): Promise<void> {
  await db.write(systemActor('cli:seed'), async (tx) => {
    const texts = await tx.em.query<{ textId: string; textVersion: number; sha256: string }[]>(
      `select textId, textVersion, sha256 from undertaking_text
       where textId in (${FIRST_SIGN_IN.map(() => '?').join(', ')})`,
      FIRST_SIGN_IN,
    );
    const people = (await directory.orgOf(tx))
      .people()
      .filter(({ userid, active }, place) => active && gave({ userid: userid ?? '', place }));
    const rows = people.flatMap(({ personId }) =>
      texts.map(({ textId, textVersion, sha256 }) => ({
        id: newId(),
        personId,
        textId,
        textVersion: Number(textVersion),
        stay: 0,
        sha256,
      })),
    );
    const at = tx.now;
    await insertRows(
      tx,
      GivenTable,
      rows.map((row) => ({ ...row, givenAt: at, via: 'h5', sessionTag: null, requestId: null })),
    );
    await insertRows(
      tx,
      AskTable,
      rows.map(({ personId, textId, textVersion, stay }) => ({
        id: newId(),
        personId,
        textId,
        textVersion,
        stay,
        askedAt: at,
        ledAt: at,
        remindedOn: null,
      })),
    );
  });
}
