import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { CorrectionsContext } from './commands/context.ts';
import { ALL_FIELDS } from './fields.ts';
import { PhotoTable } from './photos/tables.ts';
import { presentOf } from './present.ts';
import type { State } from './contract.ts';
import { STATE_WORDS } from './words.ts';

export interface RecordItem {
  readonly field: string;
  /** As the record has it, masked; null: nothing. */
  readonly present: string | null;
  /** The latest correction asked for since then, however it ended; not one taken back. */
  readonly correction: { readonly id: string; readonly state: string; readonly words: string } | null;
}

/** One's record as it stands, field by field, for a room that has it checked (S1-7.1). The right to look is the caller's to check. */
export async function recordOf(
  ctx: Pick<CorrectionsContext, 'orgOf' | 'directory'>,
  reads: Reads,
  personId: string,
  since: number,
): Promise<RecordItem[]> {
  const org = await ctx.orgOf(reads);
  const record = await ctx.directory.personRecord(reads, personId);
  const asked = await reads.em.query<{ id: string; field: string; state: State }[]>(
    `select id, field, state from correction
     where personId = ? and state <> 'withdrawn' and (raisedAt >= ? or state = 'open') order by id`,
    [personId, since],
  );
  const latest = new Map(
    asked.map(({ id, field, state }) => [field, { id, state, words: STATE_WORDS[state] }]),
  );
  const hasPhoto = await reads.em.getRepository(PhotoTable).existsBy({ id: personId });
  return [
    ...ALL_FIELDS.filter((field) => field !== 'other').map((field) => ({
      field,
      present: record === null ? null : presentOf(org, record, personId, field),
      correction: latest.get(field) ?? null,
    })),
    { field: 'photo', present: hasPhoto ? '有' : null, correction: null },
  ];
}
