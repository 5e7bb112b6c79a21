import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Personal } from '../commands/protect-personal.ts';
import type { MemberMirrorRow } from '../tables.ts';
import { desiredMember, type DesiredMember } from './desired.ts';
import {
  leaverCall,
  managerCall,
  memberCall,
  type DesiredManager,
  type MemberCall,
  type Pass,
} from './difference.ts';
import { factsOf, type PushFacts } from './facts.ts';
import { departmentMirrors, memberMirrors, writtenOf } from './mirror-store.ts';

export interface Due {
  readonly facts: PushFacts;
  readonly desired: DesiredMember | null;
  readonly call: MemberCall | null;
  readonly mirror: MemberMirrorRow | undefined;
  /** Set when the direct superior is to be written in this pass, if it differs. */
  readonly manager: DesiredManager | null;
  /** Departments of the member that 企业微信 does not have: it would invent them (page 90195). */
  readonly missing: readonly string[];
}

/** A personal value as the mirror keeps it (H6). */
export const hide = (vault: Vault) => (value: string) => vault.fingerprint('wecom.mirror', value);

/** Those of these people for whom there is something to write. */
export async function dueMembers(
  deps: { readonly personal: Personal; readonly vault: Vault },
  reads: Reads,
  personIds: readonly string[],
  pass: Pass,
): Promise<Due[]> {
  const facts = await factsOf(reads, personIds, deps.personal);
  const mirrors = await memberMirrors(reads, personIds);
  const unitIds = facts.flatMap((one) => one.posts.map((post) => post.unitId));
  const departments = await departmentMirrors(reads, [...new Set(unitIds)]);
  return facts.flatMap((one): Due[] => {
    const mirror = mirrors.get(one.personId);
    const missing = one.posts.filter(
      (post) => post.departmentId > 1 && writtenOf(departments.get(post.unitId)) === null,
    );
    const due = dueOf(one, mirror, pass, hide(deps.vault));
    return due ? [{ ...due, missing: missing.map((post) => post.unitId) }] : [];
  });
}

function dueOf(
  facts: PushFacts,
  mirror: MemberMirrorRow | undefined,
  pass: Pass,
  hidden: (value: string) => string,
): Omit<Due, 'missing'> | null {
  const written = writtenOf(mirror);
  if (facts.state === 'left') {
    const call = pass === 'leavers' || pass === 'whole' ? leaverCall(written) : null;
    return call && { facts, desired: null, call, mirror, manager: null };
  }
  const desired = desiredMember(facts);
  if (!desired) return null;
  const call = memberCall(desired, written, pass, hidden);
  const manager = pass === 'managers' || pass === 'whole' ? facts.manager : null;
  // Somebody who is created now gets a superior afterwards, if there is one.
  const isManagerDue = manager !== null && (written ? managerCall(manager, written) !== null : false);
  return call || isManagerDue ? { facts, desired, call, mirror, manager } : null;
}
