import { actorId } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { AuditEntryTable } from './tables.ts';

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
}

export const AUDIT_SIGNAL = 'audit';

/** Rule H7: who, as what, did what to what, when, from where, with which result — in the act's own unit of work. */
export function recordAct(tx: Tx, act: Act): void {
  const { actor } = tx;
  tx.append(AuditEntryTable, {
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
    address: actor.kind === 'person' ? (actor.address ?? null) : null,
    seq: null,
    prevHash: null,
    hash: null,
  });
  tx.signal(AUDIT_SIGNAL);
}
