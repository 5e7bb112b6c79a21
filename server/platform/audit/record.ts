import { randomBytes } from 'node:crypto';
import { actorId } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Gathered, Tx } from '../db/unit-of-work.ts';
import { BLINDED } from './chain.ts';
import { type AuditEntryRow, AuditEntryTable } from './tables.ts';

export interface Act {
  /** `<room>.<verb>`, e.g. `approvals.decide`. */
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  /** What changed, masked; ids and states rather than contents. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** `ok` unless the act was refused and the refusal itself is worth keeping. */
  readonly result?: string;
  readonly personal?: Personal | undefined;
}

/**
 * H9: what is somebody's own in this act: a name, an account, a reason in words. Sealed with that person's key
 * outside the chain. Masked values, ids and states need no key and stay in `before` and `after`.
 */
export interface Personal {
  /** Whose it is; not necessarily who the act was done to. */
  readonly personId: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** An entry that waits for the digest of its personal part. */
export interface PersonalAct {
  readonly entry: AuditEntryRow;
  readonly personal: Personal;
}

export const PERSONAL: Gathered<PersonalAct> = { name: 'audit.personal' };

export const AUDIT_SIGNAL = 'audit';

/** Rule H7: who, as what, did what to what, when, from where, with which result — in the act's own unit of work. */
export function recordAct(tx: Tx, act: Act): void {
  const { actor } = tx;
  const address = actor.kind === 'person' ? (actor.address ?? null) : null;
  const entry: AuditEntryRow = {
    id: newId(),
    at: tx.now,
    actorKind: actor.kind,
    actorId: actorId(actor).slice(0, 64),
    actorRoles: actor.kind === 'person' ? actor.roles.join(',').slice(0, 191) : '',
    via: actor.kind === 'person' ? actor.via : 'system',
    action: act.action,
    targetType: act.targetType,
    targetId: act.targetId,
    before: act.before ?? null,
    after: act.after ?? null,
    result: act.result ?? 'ok',
    requestId: actor.requestId ?? null,
    address,
    seq: null,
    prevHash: null,
    hash: null,
    format: BLINDED,
    salt: address === null ? null : randomBytes(16).toString('hex'),
    personalDigest: null,
  };
  const { personal } = act;
  if (personal && !isEmpty(personal)) tx.gather(PERSONAL, { entry, personal });
  else tx.append(AuditEntryTable, entry);
  tx.signal(AUDIT_SIGNAL);
}

const isEmpty = ({ before, after }: Personal): boolean =>
  [before, after].every((part) => part === undefined || Object.keys(part).length === 0);
