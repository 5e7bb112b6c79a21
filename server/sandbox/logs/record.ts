import { DAY } from '../limits.ts';
import type { AdminRecord, MemberRecord } from '../state/records.ts';
import { nextNumber } from '../state/ids.ts';
import type { World } from '../world.ts';

/** 企业微信 keeps both logs for 180 days. */
export const LOG_LIFE = 180 * DAY;
const MAX_RECORDS = 50_000;

type Act<T extends { seq: number; at: number }> = Omit<T, 'seq' | 'at'> & { at?: number };

export function recordAdminAct(world: World, act: Act<AdminRecord>): AdminRecord {
  return append(world, world.data.adminLog, {
    ...act,
    seq: nextNumber(world.data),
    at: act.at ?? world.now(),
  });
}

export function recordMemberAct(world: World, act: Act<MemberRecord>): MemberRecord {
  return append(world, world.data.memberLog, {
    ...act,
    seq: nextNumber(world.data),
    at: act.at ?? world.now(),
  });
}

/** Keeps the list in the order of time, and short. */
function append<T extends { seq: number; at: number }>(world: World, log: T[], made: T): T {
  log.push(made);
  const before = log.at(-2);
  if (before !== undefined && before.at > made.at) log.sort((a, b) => a.at - b.at || a.seq - b.seq);
  const oldest = log[0];
  if (oldest !== undefined && (oldest.at < world.now() - LOG_LIFE || log.length > MAX_RECORDS)) log.shift();
  world.touch();
  return made;
}
