import type { Org } from '../org.ts';
import type { DepartmentMirrorRow } from '../tables.ts';
import { topDown } from '../unit-tree.ts';
import { attempt, type Outcome } from './client.ts';
import { desiredDepartment, type DesiredDepartment } from './desired.ts';
import { departmentCall, type DepartmentCall } from './difference.ts';
import { departmentMirrors, saveDepartmentMirrors } from './mirror-store.ts';
import { PUSH_ACTOR, type PushDeps } from './push-members.ts';

/**
 * Create, rename and move departments, parents before children and one at a time: 企业微信 asks for that, and a
 * department's members can only be created after it (C1, C5).
 */
export async function pushDepartments(deps: PushDeps, now: number): Promise<void> {
  const { org, mirrors } = await deps.db.read(async (reads) => ({
    org: (await deps.loadOrg(reads)).org,
    mirrors: await departmentMirrors(reads),
  }));
  const rows: DepartmentMirrorRow[] = [];
  try {
    for (const { unitId, desired } of desiredDepartments(org)) {
      const mirror = mirrors.get(unitId);
      const written = mirror && Object.keys(mirror.written).length > 0 ? mirror.written : null;
      const call = departmentCall(desired, written);
      if (call)
        rows.push(mirrorRow(unitId, desired, mirror, call, await write(deps, desired, call, now), now));
    }
  } finally {
    if (rows.length > 0) await deps.db.write(PUSH_ACTOR, (tx) => saveDepartmentMirrors(tx, rows));
  }
}

function desiredDepartments(org: Org): { unitId: string; desired: DesiredDepartment }[] {
  return topDown(org.units()).flatMap((unit) => {
    const desired = desiredDepartment(org, unit);
    return desired ? [{ unitId: unit.unitId, desired }] : [];
  });
}

function write(
  { wecom }: PushDeps,
  desired: DesiredDepartment,
  call: DepartmentCall,
  now: number,
): Promise<Outcome> {
  const update = () => wecom.department.update(call.body);
  return call.kind === 'create'
    ? attempt(now, () => wecom.department.create(desired), update)
    : attempt(now, update);
}

function mirrorRow(
  unitId: string,
  desired: DesiredDepartment,
  mirror: DepartmentMirrorRow | undefined,
  call: DepartmentCall,
  outcome: Outcome,
  now: number,
): DepartmentMirrorRow {
  return {
    id: unitId,
    departmentId: desired.id,
    written: outcome.ok ? { ...desired } : (mirror?.written ?? {}),
    state: outcome.ok ? 'written' : 'failed',
    errorCode: outcome.ok ? null : outcome.errcode,
    errorFields: outcome.ok ? null : Object.keys(call.body).join(','),
    updatedAt: now,
  };
}
