/** What proves use and is not our own record: brought by a person, or pulled from the system. */
import { actorId, systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { dateOf, instantOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import type { ImportEvidenceAnswer, ImportEvidenceRequest } from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { AccountTable } from '../tables.ts';
import { nameRows, type Names } from './name-rows.ts';
import { ImportedSourceTable } from './tables.ts';
import { endedMonth, telling, windowOf, type InspectionWindow } from './window.ts';

/** As many faults as an answer names; the rest is counted. */
const NAMED_FAULTS = 200;

/**
 * An export of a console, brought by a person with the time it was taken. Again: it replaces the former. Rows in doubt
 * are told and left out; of a sheet without a single good row nothing is kept, or everybody would look idle.
 */
export async function importEvidence(
  ctx: AccountsContext,
  actor: PersonActor,
  evidence: ImportEvidenceRequest,
): Promise<ImportEvidenceAnswer> {
  const { systemCode, cutOffAt } = evidence;
  return againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustBeIt(viewerOf(org, actor.personId), ctx.settings);
      if (!systemOf(ctx.settings, systemCode)?.inspected) throw refused('accounts.not_inspected');
      if (cutOffAt > tx.now) throw refused('accounts.future_date');
      mustBeTyped(evidence.rows.length, `导入${evidence.rows.length}行`, evidence.phrase);
      const { rows, faults } = nameRows(evidence.rows, await namesIn(tx, org, systemCode), cutOffAt);
      if (rows.length > 0 || evidence.rows.length === 0)
        await keepEvidence(tx, windowOf(evidence.month, ctx.settings.inspection.dayOfMonth), {
          ...evidence,
          rows,
        });
      return { taken: rows.length, faulty: faults.length, faults: faults.slice(0, NAMED_FAULTS) };
    }),
  );
}

async function namesIn(tx: Tx, org: AccountsOrg, systemCode: string): Promise<Names> {
  const people = org.people();
  const byStaffNo = new Map(people.map(({ staffNo, personId }) => [staffNo, personId]));
  const accounts = await tx.em.query<{ personId: string }[]>(
    'select personId from account where systemCode = ?',
    [systemCode],
  );
  const withAccount = new Set(accounts.map(({ personId }) => personId));
  return {
    byId: (personId) => org.person(personId)?.personId ?? null,
    byStaffNo: (staffNo) => byStaffNo.get(staffNo) ?? null,
    byUserid: (userid) => org.personByUserid(userid)?.personId ?? null,
    hasAccount: (personId) => withAccount.has(personId),
  };
}

interface KeptEvidence extends Omit<ImportEvidenceRequest, 'rows'> {
  readonly rows: readonly { readonly personId: string; readonly lastAt: number }[];
}

async function keepEvidence(
  tx: Tx,
  window: InspectionWindow,
  { systemCode, month, source, cutOffAt, rows }: KeptEvidence,
): Promise<void> {
  const lastByPerson: Record<string, number> = {};
  for (const { personId, lastAt } of rows)
    lastByPerson[personId] = telling(lastByPerson[personId], lastAt, window);
  const key = { systemCode, inspectedMonth: month, source };
  const facts = { cutOffAt, importedAt: tx.now, importedBy: actorId(tx.actor).slice(0, 64), lastByPerson };
  const known = await tx.em.getRepository(ImportedSourceTable).findOneBy(key);
  if (known) await saveWithVersion(tx, ImportedSourceTable, known, facts);
  else await insertRows(tx, ImportedSourceTable, [{ id: newId(), ...key, ...facts, version: 1 }]);
  recordAct(tx, {
    action: 'accounts.import_evidence',
    targetType: 'account_evidence',
    targetId: `${systemCode}:${month}:${source}`.slice(0, 64),
    after: { rows: Object.keys(lastByPerson).length, cutOffOn: dateOf(cutOffAt) },
  });
}

export const PULL_JOB = 'accounts.pullLog';
const MECHANISM = systemActor(`job:${PULL_JOB}`);
const SOURCE = 'operLog';

/**
 * H10: the log of the month that ended last, kept once. Where it may not be read the inspection says that it lacks it;
 * it is tried again tomorrow.
 */
export async function pullMemberLog(ctx: AccountsContext, now: number): Promise<void> {
  const log = ctx.memberLog;
  if (log === null) return;
  const { systemCode } = log;
  const { dayOfMonth } = ctx.settings.inspection;
  const month = endedMonth(dateOf(now), dayOfMonth);
  const isDue = await ctx.db.read(async ({ em }) => {
    const key = { systemCode, inspectedMonth: month, source: SOURCE };
    if (await em.getRepository(ImportedSourceTable).existsBy(key)) return false;
    return em.getRepository(AccountTable).existsBy({ systemCode });
  });
  if (!isDue) return;
  const window = windowOf(month, dayOfMonth);
  const [from, until] = [instantOf(window.fromOn), instantOf(window.untilOn)];
  const last = new Map<string, number>();
  try {
    for await (const { personId, at } of log.read({ from, until }))
      if (personId !== null) last.set(personId, Math.max(at, last.get(personId) ?? 0));
  } catch (error) {
    return ctx.onTrouble({ err: error, month }, 'the log of members could not be read');
  }
  const rows = [...last].map(([personId, lastAt]) => ({ personId, lastAt }));
  await ctx.db.write(MECHANISM, (tx) =>
    keepEvidence(tx, window, { systemCode, month, source: SOURCE, cutOffAt: until, rows }),
  );
}
