/** S3-4g: a circular on instruction only: drafted, worded, and issued by a second person. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import { unitHolder, type AccountsOrg } from '../org.ts';
import { mustBeIt } from '../policy.ts';
import { LateCaseTable, RequestTable, type LateCaseRow } from '../tables.ts';
import { textOf } from './compose.ts';
import type { CircularWords, EditCircularRequest, IssueCircularRequest } from './contract.ts';
import { CircularTable, type CircularRow } from './tables.ts';
import { FIRST_WORDS, namesAPerson } from './text.ts';

const CIRCULAR = 'account_circular';
const IN_CHUNK = 200;

/** Cases of one instruction, none of them in another circular. */
export async function draftCircular(
  ctx: AccountsContext,
  actor: PersonActor,
  lateCaseIds: readonly string[],
): Promise<string> {
  return ctx.db.write(actor, async (tx) => {
    await mustHoldTheDuty(ctx, tx, actor);
    const cases: LateCaseRow[] = [];
    for (const id of new Set(lateCaseIds)) cases.push(await freeCase(tx, id));
    const [first] = cases;
    if (!first?.instruction) throw refused('accounts.no_instruction');
    const { instruction } = first;
    if (cases.some((one) => paperOf(one) !== paperOf(first))) throw refused('accounts.circular_mixed');
    const id = newId();
    await insertRows(tx, CircularTable, [
      {
        id,
        state: 'draft',
        ...FIRST_WORDS,
        instruction,
        unitIds: [...new Set(cases.map(({ unitId }) => unitId))].sort(),
        caseCount: cases.length,
        issuedText: null,
        textHash: null,
        draftedById: actor.personId,
        draftedByName: actor.name.slice(0, 64),
        draftedAt: tx.now,
        editedById: actor.personId,
        issuedById: null,
        issuedByName: null,
        issuedAt: null,
        version: 1,
      },
    ]);
    for (const one of cases) await saveWithVersion(tx, LateCaseTable, one, { circularId: id });
    note(tx, 'accounts.draft_circular', id, {
      cases: cases.length,
      documentNumber: instruction.documentNumber,
    });
    return id;
  });
}

/** Which paper a case rests on. */
const paperOf = ({ instruction }: LateCaseRow): string =>
  [instruction?.instructedBy, instruction?.instructedOn, instruction?.documentNumber].join('\n');

/** Without an instruction there is none. */
async function freeCase(tx: Tx, id: string): Promise<LateCaseRow> {
  const row = await tx.em.getRepository(LateCaseTable).findOneBy({ id });
  if (!row) throw refused('accounts.unknown_case');
  if (row.state !== 'instructed' || row.instruction === null) throw refused('accounts.no_instruction');
  if (row.circularId !== null) throw refused('accounts.in_circular');
  return row;
}

/** The words around the facts; the facts are nobody's to write. */
export async function editCircular(
  ctx: AccountsContext,
  actor: PersonActor,
  circularId: string,
  { version, ...words }: EditCircularRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const row = await draftOf(ctx, tx, actor, circularId, version);
    await mustNameNobody(tx, circularId, words);
    await saveWithVersion(tx, CircularTable, row, { ...words, editedById: actor.personId });
    note(tx, 'accounts.edit_circular', circularId, { title: words.title });
  });
}

/** Its cases are free again. */
export async function discardCircular(
  ctx: AccountsContext,
  actor: PersonActor,
  circularId: string,
  version: number,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const row = await draftOf(ctx, tx, actor, circularId, version);
    await saveWithVersion(tx, CircularTable, row, { state: 'discarded' });
    for (const one of await tx.em.getRepository(LateCaseTable).findBy({ circularId }))
      await saveWithVersion(tx, LateCaseTable, one, { circularId: null });
    note(tx, 'accounts.discard_circular', circularId, {});
  });
}

/** H3: by another person than who drafted it or wrote its words. The text is frozen as it was read. */
export async function issueCircular(
  ctx: AccountsContext,
  actor: PersonActor,
  circularId: string,
  { version, textHash }: IssueCircularRequest,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const row = await draftOf(ctx, tx, actor, circularId, version);
    if (!mayIssue(row, actor.personId)) throw forbidden('accounts.second_signer');
    const org = await ctx.orgOf(tx);
    const now = await textOf(ctx, tx, org, row);
    if (now.textHash !== textHash) throw conflict('accounts.circular_changed');
    await saveWithVersion(tx, CircularTable, row, {
      state: 'issued',
      issuedText: now.text,
      textHash,
      issuedById: actor.personId,
      issuedByName: actor.name.slice(0, 64),
      issuedAt: tx.now,
    });
    tellUnits(ctx, tx, org, row);
    note(tx, 'accounts.issue_circular', circularId, {
      textHash,
      cases: row.caseCount,
      units: row.unitIds.length,
      documentNumber: row.instruction.documentNumber,
    });
  });
}

export const mayIssue = ({ draftedById, editedById }: CircularRow, personId: string): boolean =>
  personId !== draftedById && personId !== editedById;

/** Heads of the units it names and of their departments, and who answers for them. */
function tellUnits(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  { id, title, unitIds }: CircularRow,
): void {
  const told = new Set<string>();
  for (const unitId of unitIds) {
    const above = org.departmentOf(unitId)?.unitId ?? unitId;
    const heads = [unitId, above].flatMap((each) => org.headsOf(each)).map(({ personId }) => personId);
    for (const personId of [...heads, unitHolder(org, ctx.settings, unitId)]) {
      if (personId === null || told.has(personId) || org.person(personId)?.active !== true) continue;
      told.add(personId);
      const words = `${title}：涉及${org.unit(unitId)?.name ?? ''}，请查看。`;
      ctx.notify(tx, { key: `accounts.circular:${id}`, personId, words, path: `/accounts/circulars/${id}` });
    }
  }
}

async function mustHoldTheDuty(ctx: AccountsContext, tx: Tx, actor: PersonActor): Promise<void> {
  mustBeIt(viewerOf(await ctx.orgOf(tx), actor.personId), ctx.settings);
}

async function draftOf(
  ctx: AccountsContext,
  tx: Tx,
  actor: PersonActor,
  id: string,
  version: number,
): Promise<CircularRow> {
  await mustHoldTheDuty(ctx, tx, actor);
  const row = await tx.em.getRepository(CircularTable).findOneBy({ id });
  if (!row) throw notFound('accounts.not_visible');
  if (row.state !== 'draft') throw conflict('accounts.circular_done');
  if (row.version !== version) throw conflict('db.changed_meanwhile');
  return row;
}

async function mustNameNobody(tx: Tx, circularId: string, words: CircularWords): Promise<void> {
  const cases = await tx.em.getRepository(LateCaseTable).findBy({ circularId });
  const requestIds = cases.map(({ requestId }) => requestId);
  const names: string[] = [];
  for (let at = 0; at < requestIds.length; at += IN_CHUNK) {
    const rows = await tx.em
      .getRepository(RequestTable)
      .createQueryBuilder('r')
      .select(['r.id', 'r.personName'])
      .whereInIds(requestIds.slice(at, at + IN_CHUNK))
      .getMany();
    names.push(...rows.map(({ personName }) => personName));
  }
  if (namesAPerson(words, names)) throw refused('accounts.circular_names');
}

const note = (tx: Tx, action: string, targetId: string, after: object): void =>
  recordAct(tx, { action, targetType: CIRCULAR, targetId, after });
