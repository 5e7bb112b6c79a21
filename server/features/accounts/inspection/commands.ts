import { actorId, type PersonActor } from '../../../kernel/actor.ts';
import { instantOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, LETTER, viewerOf } from '../commands/context.ts';
import { roleHolder, unitHolder, type AccountsOrg } from '../org.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf, type AccountsSettings } from '../settings.ts';
import { oweEvidence } from './evidence-clock.ts';
import { inspectedAccounts, lastVersion, readSources, toldAlready } from './facts.ts';
import { lettersFor, type PlannedLetter } from './letters.ts';
import {
  FindingTable,
  InspectionTable,
  LetterItemTable,
  LetterTable,
  type InspectionRow,
  type LetterRow,
} from './tables.ts';
import { figuresOf, inspect, missingSources, sourceStates, type Finding } from './verdict.ts';
import { windowOf } from './window.ts';

/**
 * S3-4a: one inspection of one system for one month, after its window has ended. Again for the same month: a new
 * version; accounts that are in a letter already get no second one (G8).
 */
export async function runInspection(
  ctx: AccountsContext,
  actor: PersonActor,
  wanted: { readonly systemCode: string; readonly month: string },
): Promise<string> {
  // Two at once want the same version: the second gives the next one.
  return againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustBeIt(viewerOf(org, actor.personId), ctx.settings);
      return inspectMonth(ctx, tx, org, wanted.systemCode, wanted.month);
    }),
  );
}

/** In the caller's unit of work; who may was asked before. */
export async function inspectMonth(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  systemCode: string,
  month: string,
): Promise<string> {
  const system = systemOf(ctx.settings, systemCode);
  if (!system?.inspected) throw refused('accounts.not_inspected');
  const window = windowOf(month, ctx.settings.inspection.dayOfMonth);
  if (tx.now < instantOf(window.untilOn)) throw refused('accounts.window_open', { day: window.untilOn });
  const sources = await readSources(ctx, tx, systemCode, month, window);
  const findings = inspect(await inspectedAccounts(ctx, tx, systemCode, window), sources, window);
  const row: InspectionRow = {
    id: newId(),
    systemCode,
    inspectedMonth: month,
    versionNumber: (await lastVersion(tx, systemCode, month)) + 1,
    ...window,
    ranAt: tx.now,
    ranBy: actorId(tx.actor).slice(0, 64),
    state: missingSources(sources, window).length > 0 ? 'undecided' : 'decided',
    figures: figuresOf(findings),
    sources: sourceStates(sources, window),
  };
  await insertRows(tx, InspectionTable, [row]);
  const unitOf = (personId: string) => countedIn(org, personId);
  await insertRows(
    tx,
    FindingTable,
    findings.map((finding) => ({
      id: newId(),
      inspectionId: row.id,
      unitId: unitOf(finding.personId),
      ...finding,
    })),
  );
  await sendLetters(ctx, tx, org, row, findings);
  await oweEvidence(ctx, tx, org, row);
  recordAct(tx, {
    action: 'accounts.inspect',
    targetType: 'account_inspection',
    targetId: row.id,
    after: { systemCode, month, versionNumber: row.versionNumber, figures: row.figures },
  });
  return row.id;
}

/** The department a person is counted in; who has no post any more is the whole institution's. */
export function countedIn(org: AccountsOrg, personId: string): string | null {
  const post = org.mainAssignmentOf(personId);
  if (post) return org.departmentOf(post.unitId)?.unitId ?? post.unitId;
  return org.units().find(({ unitId }) => org.ancestors(unitId).length === 0)?.unitId ?? null;
}

async function sendLetters(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  row: InspectionRow,
  findings: readonly Finding[],
): Promise<void> {
  const told = await toldAlready(tx, row.systemCode, row.inspectedMonth);
  const listed = findings
    .filter(({ verdict }) => verdict === 'listed')
    .map(({ personId }) => ({
      personId,
      unitId: countedIn(org, personId),
      leadersOfficeId: leadersOffice(ctx.settings, org, personId),
    }));
  const { letters } = lettersFor(listed, told);
  for (const letter of letters) await sendLetter(ctx, tx, org, row, letter);
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

async function sendLetter(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  { id: inspectionId, systemCode, inspectedMonth }: InspectionRow,
  { unitId, forLeaders, personIds }: PlannedLetter,
): Promise<void> {
  const month = { systemCode, inspectedMonth };
  const id = newId();
  const letter: LetterRow = {
    id,
    inspectionId,
    ...month,
    unitId,
    forLeaders,
    sentAt: tx.now,
    repliedAt: null,
    version: 1,
  };
  await insertRows(tx, LetterTable, [letter]);
  const unanswered = {
    replyKind: null,
    replyReason: null,
    repliedBy: null,
    repliedAt: null,
    requestId: null,
  };
  await insertRows(
    tx,
    LetterItemTable,
    personIds.map((personId) => ({
      id: newId(),
      letterId: id,
      ...month,
      personId,
      ...unanswered,
      version: 1,
    })),
  );
  // HR answers where a unit has nobody who could.
  const holderPersonId = unitHolder(org, ctx.settings, unitId) ?? roleHolder(org, ctx.settings.roles.hr);
  const path = `/accounts/letters/${id}`;
  const title = `${systemOf(ctx.settings, systemCode)?.name ?? ''}账号巡检函（${inspectedMonth}）：${personIds.length} 个账号待答复`;
  ctx.supervision.openObligations(tx, [
    {
      kind: 'accounts.reply',
      subjectType: LETTER,
      subjectId: id,
      stepRef: 'reply',
      title,
      path,
      holderPersonId,
      holderUnitId: unitId,
      // S3-4e: received on D, due by the end of D + 3 working days.
      budget: { workdays: ctx.settings.replyWorkdays, end: 'midnight' },
    },
  ]);
  if (holderPersonId !== null)
    ctx.notify(tx, { key: `accounts.letter:${id}`, personId: holderPersonId, words: title, path });
}
