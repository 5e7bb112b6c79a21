/**
 * An inspection goes slice by slice, each a unit of work of its own, so that the largest one shuts nobody out: first
 * every finding, then the letters with their accounts, then they are sent and their clocks begin. How far it is stands
 * in its row and is written with the slice: cut off anywhere, whoever goes on does what is missing and nothing twice.
 */
import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import type { AccountsSettings } from '../settings.ts';
import { oweEvidence } from './evidence-clock.ts';
import { type Facts, inspectedAccounts, readFacts, toldAlready } from './facts.ts';
import { lettersFor } from './letters.ts';
import { addToLetter, sendLetters } from './send-letters.ts';
import { FindingTable, InspectionTable, type InspectionRow, type Progress } from './tables.ts';
import { figuresOf, inspect, sourceStates, type Source, type SourceState } from './verdict.ts';

export const STEPS_JOB = 'accounts.inspectSteps';
const MECHANISM = systemActor(`job:${STEPS_JOB}`);
/** Accounts of one unit of work. */
const SLICE = 500;
const LETTERS_AT_ONCE = 50;

export interface Pace {
  /** Steps at most; without it, to the end. */
  readonly most?: number;
  readonly slice?: number;
}

/** @returns whether it is finished */
export async function carryOn(ctx: AccountsContext, inspectionId: string, pace: Pace = {}): Promise<boolean> {
  const facts = await ctx.db.read(async (reads) => {
    const row = await reads.em.getRepository(InspectionTable).findOneBy({ id: inspectionId });
    if (row?.state !== 'running') return null;
    await ctx.orgOf(reads);
    return readFacts(ctx, reads, row.systemCode, row.inspectedMonth, row);
  });
  if (facts === null) return true;
  const { most = Number.MAX_SAFE_INTEGER, slice = SLICE } = pace;
  for (let done = 0; done < most; done += 1) {
    const isFinished = await ctx.db.write(MECHANISM, (tx) => oneStep(ctx, tx, inspectionId, facts, slice));
    if (isFinished) return true;
  }
  return false;
}

async function oneStep(
  ctx: AccountsContext,
  tx: Tx,
  inspectionId: string,
  facts: Facts,
  slice: number,
): Promise<boolean> {
  const row = await lockInspection(tx, inspectionId);
  if (row.state !== 'running' || row.progress === null) return true;
  const org = await ctx.orgOf(tx);
  if (row.progress.step === 'findings') await findSome(tx, org, row, facts, slice);
  else if (row.progress.step === 'letters') await writeSome(ctx, tx, org, row, slice);
  else return sendSome(ctx, tx, org, row);
  return false;
}

/** Two at work on one inspection wait for each other and take the next slice each; on SQLite the gate does that. */
async function lockInspection(tx: Tx, id: string): Promise<InspectionRow> {
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from account_inspection where id = ? for update', [id]);
  return tx.em.getRepository(InspectionTable).findOneByOrFail({ id });
}

const save = (tx: Tx, { id }: InspectionRow, changes: Partial<InspectionRow>): Promise<unknown> =>
  tx.em.getRepository(InspectionTable).update({ id }, changes);

/** What was had of each source is noted with the first slice and holds for all: one version is one judgement. */
async function findSome(
  tx: Tx,
  org: AccountsOrg,
  row: InspectionRow,
  facts: Facts,
  slice: number,
): Promise<void> {
  const after = row.progress?.after ?? '';
  const noted = after === '' ? sourceStates(facts.sources, row) : row.sources;
  const sources = asNoted(facts.sources, noted);
  const next = await inspectedAccounts(tx, row.systemCode, row, facts, { after, limit: slice });
  const findings = inspect(next.accounts, sources, row);
  await insertRows(
    tx,
    FindingTable,
    findings.map((finding) => ({
      id: newId(),
      inspectionId: row.id,
      unitId: countedIn(org, finding.personId),
      ...finding,
    })),
  );
  const found = figuresOf(findings);
  const figures = { ...row.figures };
  for (const each of Object.keys(found) as (keyof typeof found)[]) figures[each] += found[each];
  await save(tx, row, { sources: noted, figures, progress: afterFindings(next.after) });
}

const afterFindings = (after: string | null): Progress =>
  after === null ? { step: 'letters', after: '' } : { step: 'findings', after };

const asNoted = (sources: readonly Source[], noted: readonly SourceState[]): Source[] =>
  noted.flatMap(({ code, cutOffAt }) => {
    const source = sources.find((one) => one.code === code);
    return source ? [{ ...source, cutOffAt }] : [];
  });

/** S3-4c, 4d: the next listed accounts go into the letter of their unit or of the leaders' office. */
async function writeSome(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: InspectionRow,
  slice: number,
): Promise<void> {
  const listed = await tx.em.query<{ id: string; personId: string; unitId: string | null }[]>(
    `select id, personId, unitId from account_finding where inspectionId = ? and verdict = 'listed' and id > ?
     order by id limit ${slice}`,
    [row.id, row.progress?.after ?? ''],
  );
  const personIds = listed.map(({ personId }) => personId);
  const told = await toldAlready(tx, row.systemCode, row.inspectedMonth, personIds);
  const addressed = listed.map(({ personId, unitId }) => ({
    personId,
    unitId,
    leadersOfficeId: leadersOffice(ctx.settings, org, personId),
  }));
  for (const letter of lettersFor(addressed, told).letters) await addToLetter(tx, row, letter);
  const last = listed.length < slice ? null : (listed.at(-1)?.id ?? null);
  const progress: Progress =
    last === null ? { step: 'sending', after: '' } : { step: 'letters', after: last };
  await save(tx, row, { progress });
}

/** @returns whether nothing was left to send, and so it is finished */
async function sendSome(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: InspectionRow,
): Promise<boolean> {
  if ((await sendLetters(ctx, tx, org, row, LETTERS_AT_ONCE)) > 0) return false;
  const state = lacks(ctx.settings, row) ? 'undecided' : 'decided';
  await save(tx, row, { state, progress: null });
  await oweEvidence(ctx, tx, org, { ...row, state });
  recordAct(tx, {
    action: 'accounts.inspected',
    targetType: 'account_inspection',
    targetId: row.id,
    after: { figures: row.figures, state },
  });
  return true;
}

const lacks = ({ inspection }: AccountsSettings, { systemCode, sources }: InspectionRow): boolean =>
  (inspection.requiredSources[systemCode] ?? []).some(
    (required) => sources.find(({ code }) => code === required)?.enough !== true,
  );

/** The department a person is counted in; who has no post any more is the whole institution's. */
export function countedIn(org: AccountsOrg, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  if (post) return org.departmentOf(post.unitId)?.unitId ?? post.unitId;
  return org.units().find(({ unitId }) => org.ancestors(unitId).length === 0)?.unitId ?? null;
}

/** S3-4d: the office named for leaders of this kind; null for who is none. */
export function leadersOffice(
  { inspection }: AccountsSettings,
  org: AccountsOrg,
  personId: string,
): string | null {
  const held = org.rolesOf(personId);
  const rule = inspection.leaders.find(({ role }) => held.some((one) => one.role === role));
  if (!rule) return null;
  return org.units().find(({ code }) => code === rule.officeUnitCode)?.unitId ?? null;
}
