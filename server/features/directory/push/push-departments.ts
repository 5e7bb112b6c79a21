import type { Db, Reads } from '../../../platform/db/unit-of-work.ts';
import type { DepartmentMirrorRow } from '../tables.ts';
import { topDown } from '../unit-tree.ts';
import { attempt, attemptRemoval, NAME_TAKEN, type DirectoryClient, type Outcome } from './client.ts';
import { desiredDepartment, type DesiredDepartment } from './desired.ts';
import { departmentCall, type DepartmentCall } from './difference.ts';
import { departmentMirrors, forgetDepartments, saveDepartmentMirrors, writtenOf } from './mirror-store.ts';
import { PUSH_ACTOR } from './push-actor.ts';
import { withTurn, type Turn } from './turn.ts';

const TURN = 'directory.departments';

interface DepartmentDeps {
  readonly db: Db;
  readonly wecom: DirectoryClient;
}

interface UnitColumns {
  readonly unitId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly state: 'active' | 'removed';
  readonly sortOrder: number;
  readonly departmentId: number;
}

type Mirrors = ReadonlyMap<string, DepartmentMirrorRow>;

export interface DepartmentPusher {
  /** Create, rename and move, parents before children (C1). */
  write(now: number): Promise<void>;
  /** Delete those of dissolved units, children before parents. */
  remove(now: number): Promise<void>;
}

/**
 * One department at a time: 企业微信 asks for that, and a department's members can only be created after it (C1, C5).
 * Whoever asks while another push of this process runs waits for it; while one of another instance runs, RunAgain: an
 * older state must not arrive after a newer one (D12).
 */
export function createDepartmentPusher(deps: DepartmentDeps): DepartmentPusher {
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = (work: (turn: Turn) => Promise<void>): Promise<void> => {
    const result = tail.then(() => withTurn(deps.db, TURN, work));
    tail = result.catch(() => undefined);
    return result;
  };
  return {
    write: (now) => inTurn((turn) => writeAll(deps, turn, now)),
    remove: (now) => inTurn((turn) => removeAll(deps, turn, now)),
  };
}

function load({ db }: DepartmentDeps): Promise<{ units: UnitColumns[]; mirrors: Mirrors }> {
  return db.read(async (reads: Reads) => {
    const units: UnitColumns[] = await reads.em.query(
      'select id as unitId, parentId, name, state, sortOrder, departmentId from unit order by sortOrder, code',
    );
    return { units, mirrors: await departmentMirrors(reads) };
  });
}

interface Due {
  readonly unitId: string;
  readonly desired: DesiredDepartment;
  readonly call: DepartmentCall;
  readonly mirror: DepartmentMirrorRow | undefined;
}

async function writeAll(deps: DepartmentDeps, turn: Turn, now: number): Promise<void> {
  const { units, mirrors } = await load(deps);
  const rows = new Map<string, DepartmentMirrorRow>();
  const put = async (one: Due) => {
    await turn.keep();
    rows.set(one.unitId, await writeOne(deps, one, now));
  };
  try {
    const due = dueDepartments(units, mirrors);
    for (const one of due) await put(one);
    // C4: a name that another department gave up in this very run.
    const late = due.filter((one) => rows.get(one.unitId)?.errorCode === NAME_TAKEN);
    if (late.length < due.length) for (const one of late) await put(one);
  } finally {
    if (rows.size > 0) await deps.db.write(PUSH_ACTOR, (tx) => saveDepartmentMirrors(tx, [...rows.values()]));
  }
}

function dueDepartments(units: readonly UnitColumns[], mirrors: Mirrors): Due[] {
  const active = units.filter((unit) => unit.state === 'active');
  const byId = new Map(active.map((unit) => [unit.unitId, unit]));
  return topDown(active).flatMap((unit): Due[] => {
    const desired = desiredDepartment(unit, byId.get(unit.parentId ?? ''));
    const mirror = mirrors.get(unit.unitId);
    const call = desired && departmentCall(desired, writtenOf(mirror));
    return desired && call ? [{ unitId: unit.unitId, desired, call, mirror }] : [];
  });
}

/**
 * D5: a department that exists already is ours only if an earlier creation of ours was begun and not finished;
 * then it is brought up to date. Any other is a conflict for a person to settle, never renamed or moved by us.
 */
async function writeOne(deps: DepartmentDeps, due: Due, now: number): Promise<DepartmentMirrorRow> {
  const { wecom, db } = deps;
  const { desired, call, mirror } = due;
  const update = () => wecom.department.update(call.body);
  if (call.kind === 'update') return mirrorRow(due, await attempt(now, update), now);
  const isOurs = mirror?.state === 'writing';
  if (!isOurs) await db.write(PUSH_ACTOR, (tx) => saveDepartmentMirrors(tx, [mirrorRow(due, null, now)]));
  const create = () => wecom.department.create(desired);
  return mirrorRow(due, await attempt(now, create, isOurs ? update : undefined), now);
}

function mirrorRow(
  { unitId, desired, mirror, call }: Due,
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

/** Its creation was refused, so what 企业微信 has under this number is somebody else's and stays. */
const isNotOurs = (mirror: DepartmentMirrorRow): boolean =>
  writtenOf(mirror) === null && mirror.state === 'failed';

/**
 * Bottom-up (C1). One that still has members there, perhaps former ones waiting for their deletion, is refused
 * (60005, 60006), marked and tried again by the next run (C6).
 */
async function removeAll(deps: DepartmentDeps, turn: Turn, now: number): Promise<void> {
  const { units, mirrors } = await load(deps);
  const gone: string[] = [];
  const kept: DepartmentMirrorRow[] = [];
  try {
    for (const { unitId, state } of topDown(units).reverse()) {
      const mirror = mirrors.get(unitId);
      if (state !== 'removed' || !mirror) continue;
      if (isNotOurs(mirror)) {
        gone.push(unitId);
        continue;
      }
      await turn.keep();
      const outcome = await attemptRemoval(now, () => deps.wecom.department.delete(mirror.departmentId));
      if (outcome.ok) gone.push(unitId);
      else
        kept.push({
          ...mirror,
          state: 'failed',
          errorCode: outcome.errcode,
          errorFields: 'delete',
          updatedAt: now,
        });
    }
  } finally {
    await deps.db.write(PUSH_ACTOR, async (tx) => {
      await forgetDepartments(tx, gone);
      await saveDepartmentMirrors(tx, kept);
    });
  }
}
