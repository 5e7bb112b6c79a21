/** What a unit that is over leaves with us. Records keep its name; who answers for them is asked by `placeOf` (H1). */
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { UnitEnd } from '../directory/index.ts';
import { type AccountsContext, LETTER, LOCK, REQUEST, SHEET } from './commands/context.ts';
import type { RequestKind } from './model.ts';
import { unitHolder } from './org.ts';
import { KIND_WORDS } from './words.ts';

const OURS: readonly string[] = [REQUEST, LOCK, SHEET, LETTER];

/** Clocks that the unit held go on with whoever answers in its place; a breach that happened stays where it was (G9). */
export async function onUnitEnded(ctx: AccountsContext, tx: Tx, { unitId }: UnitEnd): Promise<void> {
  const { supervision, settings } = ctx;
  const org = await ctx.orgOf(tx);
  const place = org.placeOf(unitId);
  if (!place) return;
  for (const row of await supervision.listOfUnit(tx, unitId)) {
    const { subjectType, subjectId, stepRef } = row;
    if (!OURS.includes(subjectType)) continue;
    await supervision.transferObligations(tx, {
      subjectType,
      subjectId,
      refs: [stepRef],
      toPersonId: unitHolder(org, settings, place.unitId) ?? row.holderPersonId,
      toUnitId: place.unitId,
      reason: 'unit_ended',
    });
  }
}

export interface OpenOfUnit {
  readonly kind: 'requests' | 'letters' | 'sheets' | 'locks' | 'lateCases';
  readonly ref: string;
  /** A number or a month; names nobody. */
  readonly words: string;
}

/** What is open with exactly this unit and will lie with whoever takes its place. */
export async function openOfUnit(reads: Reads, unitId: string): Promise<OpenOfUnit[]> {
  const rows = <Row>(sql: string) => reads.em.query<Row[]>(sql, [unitId]);
  const requests = await rows<{ ref: string; requestNumber: string; kind: RequestKind }>(
    `select r.id as ref, r.requestNumber as requestNumber, r.kind as kind
     from account_sender s join account_request r on r.id = s.requestId
     where s.unitId = ? and r.status not in ('done', 'withdrawn') order by r.id`,
  );
  const letters = await rows<{ ref: string; inspectedMonth: string }>(
    `select l.id as ref, l.inspectedMonth as inspectedMonth from account_letter l where l.unitId = ? and exists (
       select 1 from account_letter_item i where i.letterId = l.id and i.repliedAt is null) order by l.id`,
  );
  const sheets = await rows<{ ref: string }>(
    `select id as ref from handover_sheet where unitId = ? and state in ('open', 'executed') order by id`,
  );
  const locks = await rows<{ ref: string }>(
    `select id as ref from account_lock where unitId = ? and state = 'on' and decision is null order by id`,
  );
  const lateCases = await rows<{ ref: string; eventOn: string }>(
    `select id as ref, eventOn from account_late_case where unitId = ? and state = 'open' order by id`,
  );
  return [
    ...requests.map(({ ref, requestNumber, kind }) => ({
      kind: 'requests' as const,
      ref,
      words: `${requestNumber} ${KIND_WORDS[kind]}`,
    })),
    ...letters.map(({ ref, inspectedMonth }) => ({ kind: 'letters' as const, ref, words: inspectedMonth })),
    ...sheets.map(({ ref }) => ({ kind: 'sheets' as const, ref, words: '' })),
    ...locks.map(({ ref }) => ({ kind: 'locks' as const, ref, words: '' })),
    ...lateCases.map(({ ref, eventOn }) => ({ kind: 'lateCases' as const, ref, words: eventOn })),
  ];
}
