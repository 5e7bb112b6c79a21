/** What proves use and is not our own record: brought by a person, or pulled from the system. */
import { actorId, systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { dateOf, instantOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { AccountTable } from '../tables.ts';
import { ImportedSourceTable } from './tables.ts';
import { endedMonth, windowOf } from './window.ts';

export interface ImportedEvidence {
  readonly systemCode: string;
  readonly month: string;
  readonly source: string;
  readonly cutOffAt: number;
  readonly rows: readonly { readonly personId: string; readonly lastAt: number }[];
}

/** An export of a console, brought by a person with the time it was taken. Again: it replaces the former. */
export async function importEvidence(
  ctx: AccountsContext,
  actor: PersonActor,
  evidence: ImportedEvidence,
): Promise<void> {
  await againOnClash(() =>
    ctx.db.write(actor, async (tx) => {
      const org = await ctx.orgOf(tx);
      mustBeIt(viewerOf(org, actor.personId), ctx.settings);
      if (!systemOf(ctx.settings, evidence.systemCode)?.inspected) throw refused('accounts.not_inspected');
      if (evidence.cutOffAt > tx.now) throw refused('accounts.future_date');
      if (evidence.rows.some(({ personId }) => !org.person(personId)))
        throw refused('accounts.unknown_person');
      await keepEvidence(tx, evidence);
    }),
  );
}

async function keepEvidence(
  tx: Tx,
  { systemCode, month, source, cutOffAt, rows }: ImportedEvidence,
): Promise<void> {
  const lastByPerson: Record<string, number> = {};
  for (const { personId, lastAt } of rows)
    lastByPerson[personId] = Math.max(lastAt, lastByPerson[personId] ?? 0);
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
    keepEvidence(tx, { systemCode, month, source: SOURCE, cutOffAt: until, rows }),
  );
}
