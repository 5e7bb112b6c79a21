import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { IdType } from '../known.ts';
import type { PersonState } from '../org.ts';

/** Somebody, as far as it tells whether they are the one meant; former people too. */
export interface PersonLike {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  readonly state: PersonState;
  readonly idType: IdType | null;
  readonly idNumberPrint: string | null;
  readonly mobilePrint: string | null;
  /** Since when the status holds: of somebody who left, the day of leaving. */
  readonly statusOn: string | null;
}

export interface Likeness {
  readonly personIds?: readonly string[];
  readonly idNumberPrints?: readonly string[];
  readonly mobilePrints?: readonly string[];
  /** As written, without regard to case. */
  readonly names?: readonly string[];
}

/** More people of one name or number than this tell no more. */
const MOST = 50;
const IN_CHUNK = 200;

/** Everybody who has one of these; each question by an index of its own. */
export async function peopleLike(reads: Reads, likeness: Likeness): Promise<PersonLike[]> {
  const found = new Map<string, PersonLike>();
  const ask = async (where: string, values: readonly string[] = []): Promise<void> => {
    const each = [...new Set(values)];
    for (let at = 0; at < each.length; at += IN_CHUNK) {
      const some = each.slice(at, at + IN_CHUNK);
      const rows: PersonLike[] = await reads.em.query(
        `select id as personId, staffNo, name, state, idType, idNumberPrint, mobilePrint, statusOn from person
         where ${where} in (${some.map(() => '?').join(', ')}) order by id limit ${MOST * some.length}`,
        some,
      );
      for (const row of rows) found.set(row.personId, row);
    }
  };
  await ask('id', likeness.personIds);
  await ask('idNumberPrint', likeness.idNumberPrints);
  await ask('mobilePrint', likeness.mobilePrints);
  await ask(`state in ('active', 'locked', 'left') and name`, likeness.names);
  return [...found.values()];
}
