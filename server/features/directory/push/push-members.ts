import { systemActor } from '../../../kernel/actor.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Mobiles } from '../commands/protect-mobile.ts';
import type { OrgLoader } from '../load-org.ts';
import type { MemberMirrorRow } from '../tables.ts';
import { attempt, inParallel, type DirectoryClient, type Outcome } from './client.ts';
import { desiredMember, type DesiredMember } from './desired.ts';
import { memberCall, overwriting, type MemberCall, type Pass } from './difference.ts';
import { contactsOf, memberMirrors, saveMemberMirrors } from './mirror-store.ts';

export const PUSH_ACTOR = systemActor('job:directory.push');
const CALLS_AT_ONCE = 8;

export interface PushDeps {
  readonly db: Db;
  readonly wecom: DirectoryClient;
  readonly vault: Vault;
  readonly mobiles: Mobiles;
  readonly loadOrg: OrgLoader;
}

/**
 * Bring these members to what they should be, as far as `pass` goes. What was written is recorded even when the
 * run ends early; a refused record is marked and the rest goes on (D9).
 * @returns the revision the members were computed from
 */
export async function pushMembers(
  deps: PushDeps,
  personIds: readonly string[],
  pass: Pass,
  now: number,
): Promise<string> {
  const { stamp, due } = await dueCalls(deps, personIds, pass);
  if (due.length === 0) return stamp;
  const rows: MemberMirrorRow[] = [];
  try {
    await inParallel(due, CALLS_AT_ONCE, async (one) => {
      rows.push(await pushOne(deps, one, now));
    });
  } finally {
    await deps.db.write(PUSH_ACTOR, (tx) => saveMemberMirrors(tx, rows));
  }
  return stamp;
}

interface Due {
  readonly personId: string;
  readonly desired: DesiredMember;
  readonly call: MemberCall;
  readonly mirror: MemberMirrorRow | undefined;
}

function dueCalls(
  deps: PushDeps,
  personIds: readonly string[],
  pass: Pass,
): Promise<{ stamp: string; due: Due[] }> {
  return deps.db.read(async (reads) => {
    const { org, stamp } = await deps.loadOrg(reads);
    const mirrors = await memberMirrors(reads, personIds);
    const contacts = await contactsOf(reads, personIds, deps.mobiles);
    const due = personIds.flatMap((personId): Due[] => {
      const contact = contacts.get(personId);
      const desired = contact ? desiredMember(org, personId, contact) : null;
      const mirror = mirrors.get(personId);
      const call = desired && memberCall(desired, writtenOf(mirror), pass, hide(deps.vault));
      return desired && call ? [{ personId, desired, call, mirror }] : [];
    });
    return { stamp, due };
  });
}

/** A member whose creation was refused has a mirror row but was never written. */
const writtenOf = (mirror: MemberMirrorRow | undefined) =>
  mirror && Object.keys(mirror.written).length > 0 ? mirror.written : null;

const hide = (vault: Vault) => (value: string) => vault.fingerprint('wecom.mirror', value);

async function pushOne(
  { wecom, vault }: PushDeps,
  { personId, desired, call, mirror }: Due,
  now: number,
): Promise<MemberMirrorRow> {
  const overwrite = overwriting(desired, hide(vault));
  let outcome: Outcome;
  let written = call.written;
  if (call.kind === 'create') {
    outcome = await attempt(
      now,
      () => wecom.user.create(call.body),
      () => {
        written = overwrite.written;
        return wecom.user.update(overwrite.body);
      },
    );
  } else {
    outcome = await attempt(now, () => wecom.user.update(call.body));
  }
  return {
    id: personId,
    userid: desired.userid,
    written: outcome.ok ? { ...written } : (mirror?.written ?? {}),
    state: outcome.ok ? 'written' : 'failed',
    errorCode: outcome.ok ? null : outcome.errcode,
    errorFields: outcome.ok ? null : Object.keys(call.body).join(',').slice(0, 191),
    updatedAt: now,
  };
}
