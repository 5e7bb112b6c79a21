import { RunAgain } from '../../../platform/jobs/index.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Personal } from '../commands/protect-personal.ts';
import type { MemberMirrorRow } from '../tables.ts';
import { attempt, MOBILE_TAKEN, type DirectoryClient, type Outcome } from './client.ts';
import { freeingCall, managerCall, overwriting, type MemberCall } from './difference.ts';
import { hide, type Due } from './due-members.ts';
import { factsOf, type PushFacts } from './facts.ts';
import { claimMembers, holderOfMobile, releaseMembers, writtenOf } from './mirror-store.ts';
import { PUSH_ACTOR } from './push-actor.ts';

/** Another push writes to the member: how long to wait for it. */
export const CLAIMED_PAUSE_MS = 2_000;

export interface PushDeps {
  readonly db: Db;
  readonly wecom: DirectoryClient;
  readonly vault: Vault;
  readonly personal: Personal;
}

/**
 * Everything that is to be written of one member: the member, then the reference to the direct superior (C15).
 * @returns the row of the mirror afterwards
 * @throws as `attempt` does
 */
export async function writeOne(deps: PushDeps, due: Due, now: number): Promise<MemberMirrorRow> {
  const row = startOf(due, now);
  if (due.missing.length > 0 && due.desired) return refusedRow(row, null, 'department');
  const after = due.call ? await writeMember(deps, due, due.call, row, now) : row;
  if (after.state !== 'written' || !due.manager) return after;
  const call = managerCall(due.manager, writtenOf(after));
  return call ? writeManager(deps, call, after, now) : after;
}

const startOf = ({ facts, mirror }: Due, now: number): MemberMirrorRow => ({
  id: facts.personId,
  userid: facts.userid,
  written: {},
  state: 'written',
  errorCode: null,
  errorFields: null,
  mobilePrint: null,
  managerErrorCode: null,
  claim: null,
  claimUntilAt: null,
  ...mirror,
  updatedAt: now,
});

async function writeMember(
  deps: PushDeps,
  { desired, facts }: Due,
  call: MemberCall,
  row: MemberMirrorRow,
  now: number,
): Promise<MemberMirrorRow> {
  let written = call.written;
  const make = () => {
    if (call.kind === 'update' || !desired) return attempt(now, () => deps.wecom.user.update(call.body));
    const whole = overwriting(desired, hide(deps.vault));
    const overwrite = () => {
      written = whole.written;
      return deps.wecom.user.update(whole.body);
    };
    return attempt(now, () => deps.wecom.user.create(call.body), overwrite);
  };
  let outcome: Outcome = await make();
  if (!outcome.ok && outcome.errcode === MOBILE_TAKEN) outcome = await afterFreeing(deps, facts, make, now);
  if (!outcome.ok) return refusedRow(row, outcome.errcode, Object.keys(call.body).join(','));
  return { ...row, ...writtenRow(written), state: 'written', errorCode: null, errorFields: null };
}

export const writtenRow = (written: Readonly<Record<string, unknown>>) => ({
  written: { ...written },
  userid: String(written.userid),
  mobilePrint: typeof written.mobile === 'string' && written.mobile !== '' ? written.mobile : null,
});

const refusedRow = (row: MemberMirrorRow, errorCode: number | null, fields: string): MemberMirrorRow => ({
  ...row,
  state: 'failed',
  errorCode,
  errorFields: fields.slice(0, 191),
});

/** C15: a refused reference is noted apart and fails nobody; the next run tries it again. */
async function writeManager(
  { wecom }: PushDeps,
  call: MemberCall,
  row: MemberMirrorRow,
  now: number,
): Promise<MemberMirrorRow> {
  const outcome = await attempt(now, () => wecom.user.update(call.body));
  if (!outcome.ok) return { ...row, managerErrorCode: outcome.errcode };
  return { ...row, ...writtenRow(call.written), managerErrorCode: null };
}

/**
 * B4: the number is with another member of ours who has it no more, a former one or one whose new number is still to
 * be written: taken from there first, then the refused call once again. Anybody else keeps it.
 */
async function afterFreeing(
  deps: PushDeps,
  facts: PushFacts,
  make: () => Promise<Outcome>,
  now: number,
): Promise<Outcome> {
  const { db, vault, personal } = deps;
  const taken: Outcome = { ok: false, errcode: MOBILE_TAKEN };
  const print = facts.mobile === null ? '' : hide(vault)(facts.mobile);
  const holder = await db.read((reads) => holderOfMobile(reads, print, facts.personId));
  if (!holder) return taken;
  const { claim, personIds } = await db.write(PUSH_ACTOR, (tx) =>
    claimMembers(tx, [{ personId: holder.id, userid: holder.userid }]),
  );
  if (personIds.size === 0)
    throw new RunAgain(now + CLAIMED_PAUSE_MS, 'the holder of the mobile is being written');
  const rows: MemberMirrorRow[] = [];
  try {
    const [present] = await db.read((reads) => factsOf(reads, [holder.id], personal));
    const call = present ? givingUp(present, holder, hide(vault)) : null;
    if (!call) return taken;
    const freed = await attempt(now, () => deps.wecom.user.update(call.body));
    if (!freed.ok) return taken;
    const outcome = await make();
    // An activated member's mobile cannot be changed from outside, and 企业微信 does not say so (page 90197).
    if (outcome.ok) rows.push({ ...holder, ...writtenRow(call.written), updatedAt: now });
    return outcome;
  } finally {
    await db.write(PUSH_ACTOR, (tx) => releaseMembers(tx, claim, personIds, rows));
  }
}

/** The call that takes the mobile from who holds it there and not here; null when it is theirs. */
function givingUp(
  holder: PushFacts,
  mirror: MemberMirrorRow,
  hidden: (value: string) => string,
): MemberCall | null {
  const written = writtenOf(mirror);
  if (holder.state === 'left' || holder.mobile === null) return freeingCall(written, hidden);
  if (written === null || hidden(holder.mobile) === written.mobile) return null;
  const userid = String(written.userid);
  return {
    kind: 'update',
    body: { userid, mobile: holder.mobile },
    written: { ...written, mobile: hidden(holder.mobile) },
  };
}
