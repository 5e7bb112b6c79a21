import { notFound } from '../../kernel/errors.ts';
import { AuditEntryTable, type OpenPersonal } from '../../platform/audit/index.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { EntryAnswer } from './contract.ts';
import { mayOpenPersonal } from './policy.ts';
import { entryOf, partyOf } from './queries.ts';
import { DERIVED_ROLES, viaWords } from './words.ts';

export interface DetailDeps {
  readonly openPersonal: OpenPersonal;
  readonly roleName: (code: string) => string;
}

/** One entry with all it says; its personal part opened where that is allowed. @throws notFound `audit.unknown_entry` */
export async function readEntry(
  reads: Reads,
  { openPersonal, roleName }: DetailDeps,
  org: OrgWithRoles,
  entryId: string,
  knowsLockReasons: boolean,
): Promise<EntryAnswer> {
  const row = await reads.em.getRepository(AuditEntryTable).findOneBy({ id: entryId });
  if (!row) throw notFound('audit.unknown_entry');
  const opened = async (): Promise<EntryAnswer['personalPart']> => {
    if (row.personalDigest === null) return null;
    if (!mayOpenPersonal(row.action, knowsLockReasons)) return { state: 'closed' };
    const part = (await openPersonal(reads, [row.id])).get(row.id);
    if (!part) return { state: 'unreadable', person: partyOf(org, '') };
    const { personId, ...rest } = part;
    return { ...rest, person: partyOf(org, personId) };
  };
  const { via, address, requestId, before, after, prevHash, hash } = row;
  return {
    ...entryOf(org, row),
    roles: row.actorRoles
      .split(',')
      .flatMap((role) => (role === '' ? [] : [DERIVED_ROLES[role] ?? roleName(role)])),
    via,
    viaWords: viaWords(via),
    address,
    requestId,
    before: fieldsOf(before),
    after: fieldsOf(after),
    personalPart: await opened(),
    prevHash,
    hash,
  };
}

/** Acts say what they changed by field; what is not said so is shown as one value. */
function fieldsOf(said: unknown): EntryAnswer['after'] {
  if (said === null || said === undefined) return null;
  return typeof said === 'object' && !Array.isArray(said) ? { ...said } : { value: said };
}
