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
      if (!call) continue;
      const isOurs = mirror?.state === 'writing';
      if (call.kind === 'create' && !isOurs)
        await begin(deps, mirrorRow(unitId, desired, mirror, call, null, now));
      rows.push(mirrorRow(unitId, desired, mirror, call, await write(deps, desired, call, isOurs, now), now));
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

const begin = (deps: PushDeps, row: DepartmentMirrorRow): Promise<void> =>
  deps.db.write(PUSH_ACTOR, (tx) => saveDepartmentMirrors(tx, [row]));

/**
 * D5: a department that exists already is ours only if an earlier creation of ours was begun and not finished;
 * then it is brought up to date. Any other is a conflict for a person to settle, never renamed or moved by us.
 */
function write(
  { wecom }: PushDeps,
  desired: DesiredDepartment,
  call: DepartmentCall,
  isOurs: boolean,
  now: number,
): Promise<Outcome> {
  const update = () => wecom.department.update(call.body);
  return call.kind === 'create'
    ? attempt(now, () => wecom.department.create(desired), isOurs ? update : undefined)
    : attempt(now, update);
}

function mirrorRow(
  unitId: string,
  desired: DesiredDepartment,
  mirror: DepartmentMirrorRow | undefined,
  call: DepartmentCall,
  /** Null: the call is about to be made. */
  outcome: Outcome | null,
  now: number,
): DepartmentMirrorRow {
  const failed = outcome !== null && !outcome.ok;
  return {
    id: unitId,
    departmentId: desired.id,
    written: outcome?.ok ? { ...desired } : (mirror?.written ?? {}),
    state: outcome === null ? 'writing' : failed ? 'failed' : 'written',
    errorCode: failed ? outcome.errcode : null,
    errorFields: failed ? Object.keys(call.body).join(',') : null,
    updatedAt: now,
  };
}
