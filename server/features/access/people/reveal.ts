import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory } from '../../directory/index.ts';
import type { RightsLoader } from '../load-rights.ts';
import type { OrgWithRoles } from '../rights.ts';
import type { RevealRequest } from './contract.ts';
import { visibleTo } from './visible.ts';

export const REVEALED = 'people.reveal';
/** A copy of everything was taken. */
export const COPIED = 'people.dataExport';

/** In full: oneself, and whoever manages the person's record. */
export const mayReveal = (org: OrgWithRoles, actorId: string, personId: string): boolean =>
  actorId === personId || visibleTo(org, org.scopeOf(actorId), 'manage').has(personId);

export interface RevealDeps {
  readonly directory: Pick<Directory, 'revealField'>;
  readonly rights: RightsLoader;
}

/**
 * One personal value in full. The look and what it was for are in the record before the value leaves (H6); the value
 * is not.
 */
export async function revealField(
  tx: Tx,
  { directory, rights }: RevealDeps,
  { personId: actorId }: PersonActor,
  personId: string,
  { field, purpose }: RevealRequest,
): Promise<string> {
  const { org } = await rights(tx);
  if (!mayReveal(org, actorId, personId)) {
    const isSeen = visibleTo(org, org.scopeOf(actorId)).has(personId);
    throw isSeen ? forbidden('access.may_not_reveal') : notFound('access.unknown_person');
  }
  const value = await directory.revealField(tx, personId, field);
  if (value === null) throw notFound('access.nothing_to_reveal');
  recordAct(tx, {
    action: REVEALED,
    targetType: 'person',
    targetId: personId,
    after: { field },
    personal: { personId, after: { purpose } },
  });
  return value;
}
