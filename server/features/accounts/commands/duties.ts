import { dateOf } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import type { ObligationRow } from '../../supervision/index.ts';
import type { Filled } from '../contract.ts';
import { roleHolder, unitHolder } from '../org.ts';
import { INSPECTED } from '../inspection/evidence-clock.ts';
import { acceptorsOf } from '../settings.ts';
import { loadRequest } from '../store.ts';
import { RequestTable } from '../tables.ts';
import { eventOn } from '../clocks.ts';
import { type AccountsContext, LETTER, LOCK, REQUEST, SHEET } from './context.ts';
import { beginRequest } from './requests.ts';

export interface Duty {
  readonly personId: string;
  /** What HR knows of it; the unit fills in the rest. */
  readonly filled: Filled;
  /** From `reserveNumber`, taken before the unit of work. */
  readonly number: string;
}

/**
 * S3-0a: HR says that a post was taken, changed or left, so the unit owes the request from that day on. Said twice, it
 * is owed once: a request of the same kind that is under way, or was done for the same day, stands. Returns the request's id, null when it was there.
 */
export async function noteDuty(
  ctx: AccountsContext,
  tx: Tx,
  { personId, filled, number }: Duty,
): Promise<string | null> {
  // Two news of one person at once would both find nothing and begin two requests.
  await ctx.lockPeople(tx);
  const on = eventOn(filled) ?? dateOf(tx.now);
  const known = await tx.em.getRepository(RequestTable).findBy({ personId, kind: filled.kind });
  const stands = known.some(({ status, eventOn: of }) =>
    status === 'done' ? of === on : status !== 'withdrawn',
  );
  if (stands) return null;
  const org = await ctx.orgOf(tx);
  const origin = { type: 'hr', ref: null } as const;
  const decision = await beginRequest(ctx, tx, org, number, { personId, filled, origin });
  return decision.state.requestId;
}

const OURS: readonly string[] = [REQUEST, LOCK, SHEET, LETTER, INSPECTED];
const PAGE = 200;

/** Who cannot act any more owes nothing: the same clocks go to the unit's next (G9: a breach that happened stays). */
export async function onPersonChanged(ctx: AccountsContext, tx: Tx, change: PersonChange): Promise<void> {
  if (change.kind !== 'locked' && change.kind !== 'left') return;
  const { supervision, settings } = ctx;
  const held = await allHeld(ctx, tx, change.personId);
  if (held.length === 0) return;
  const org = await ctx.orgOf(tx);
  for (const row of held) {
    const { subjectType, subjectId, stepRef, holderUnitId } = row;
    const roles = holderUnitId === null ? await rolesFor(ctx, tx, row) : [];
    await supervision.transferObligations(tx, {
      subjectType,
      subjectId,
      refs: [stepRef],
      toPersonId:
        holderUnitId === null
          ? roleHolder(org, roles, change.personId)
          : unitHolder(org, settings, holderUnitId, change.personId),
      toUnitId: holderUnitId,
      reason: `holder_${change.kind}`,
    });
  }
}

/** What no unit owes is owed by those who accept this kind, else by IT. */
async function rolesFor(
  { settings }: AccountsContext,
  tx: Tx,
  row: ObligationRow,
): Promise<readonly string[]> {
  if (row.kind === 'accounts.newcomer') return settings.roles.hr;
  if (row.kind !== 'accounts.review') return settings.roles.it;
  const { kind } = await loadRequest(tx, row.subjectId);
  return acceptorsOf(settings, kind);
}

async function allHeld({ supervision }: AccountsContext, tx: Tx, personId: string) {
  const held = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await supervision.listHeld(tx, personId, { limit: PAGE, offset });
    held.push(...page.filter(({ subjectType }) => OURS.includes(subjectType)));
    if (page.length < PAGE) return held;
  }
}
