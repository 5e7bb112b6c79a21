import { notFound, refused } from '../../../kernel/errors.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { newId } from '../../../kernel/id.ts';
import { recordChange } from '../history.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import type { MemberField } from '../push/difference.ts';
import { DepartmentMirrorTable, MemberMirrorTable } from '../tables.ts';
import { pushPerson, pushUnits } from './consequences.ts';
import { knownPerson } from './person-here.ts';

export const DELETE_MEMBER = 'directory.deleteMember';

/**
 * Remove a former person's member from 企业微信, for good (C13: after hand-over and grace, which is the caller's to
 * know). Their record stays here.
 */
export async function deleteMember(tx: Tx, personId: string): Promise<void> {
  mustMaintainAnother(tx.actor, personId);
  const person = await knownPerson(tx, personId);
  if (person.state !== 'left') throw refused('directory.still_here');
  const mirror = await tx.em.getRepository(MemberMirrorTable).findOneBy({ id: personId });
  if (!mirror) return;
  recordChange(tx, { type: 'person', id: personId, kind: 'deletionAsked', after: { userid: mirror.userid } });
  // Asked again after a refusal (creator, C11) it is tried again.
  const key = [personId, person.leftAt ?? 0, mirror.updatedAt, mirror.errorCode ?? ''].join(':');
  enqueue(tx, { name: DELETE_MEMBER, key, payload: { personId } });
}

/** Forget what was written of these fields, so that the next push writes them again (D11, "put back"). */
export async function rewriteMember(tx: Tx, personId: string, fields: readonly MemberField[]): Promise<void> {
  mustMaintain(tx.actor);
  await knownPerson(tx, personId);
  const mirrors = tx.em.getRepository(MemberMirrorTable);
  const mirror = await mirrors.findOneBy({ id: personId });
  const written = Object.fromEntries(
    Object.entries(mirror?.written ?? {}).filter(([field]) => !fields.some((one) => one === field)),
  );
  if (mirror) await mirrors.update({ id: personId }, { written: written as object });
  recordChange(tx, { type: 'person', id: personId, kind: 'rewritten', after: { fields } });
  pushPerson(tx, personId, newId());
}

export async function rewriteDepartment(tx: Tx, unitId: string): Promise<void> {
  mustMaintain(tx.actor);
  const mirrors = tx.em.getRepository(DepartmentMirrorTable);
  const mirror = await mirrors.findOneBy({ id: unitId });
  if (!mirror) throw notFound('directory.unknown_unit');
  await mirrors.update({ id: unitId }, { written: { id: mirror.departmentId } as object });
  recordChange(tx, { type: 'unit', id: unitId, kind: 'rewritten' });
  pushUnits(tx, newId());
}
