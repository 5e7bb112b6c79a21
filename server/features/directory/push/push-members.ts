import type { MemberMirrorRow } from '../tables.ts';
import { inParallel, Unanswered } from './client.ts';
import type { Pass } from './difference.ts';
import type { Due } from './due-members.ts';
import { holdAlone, type Holding } from './hold-members.ts';
import type { Claim } from './mirror-store.ts';
import { CLAIMED_PAUSE_MS, writeOne, type PushDeps } from './write-member.ts';

const CALLS_AT_ONCE = 8;
/** One member takes at most this long: five calls of 15 s. Whoever cannot be done within the claim is not begun. */
const ONE_MEMBER_MS = 75_000;
/** So many members without an answer, and it is the service that does not answer, not they. */
const MAX_UNANSWERED = 3;

/**
 * Bring these members to what they should be, as far as `pass` goes. What was written is recorded even when the
 * run ends early; a refused record is marked and the rest goes on (D9).
 * @returns who is still to be written and from when on: another push has them, or 企业微信 gave no answer
 */
export async function pushMembers(
  deps: PushDeps,
  personIds: readonly string[],
  pass: Pass,
  now: number,
): Promise<Left[]> {
  const holding = holdAlone(deps, pass);
  return pushDue(deps, holding, await holding.due(personIds), now);
}

/** As `pushMembers`, of people for whom there was something to write a moment ago. */
export async function pushDue(
  deps: PushDeps,
  holding: Holding,
  wanted: readonly Due[],
  now: number,
): Promise<Left[]> {
  if (wanted.length === 0) return [];
  const claimed = await holding.claim(wanted.map((due) => due.facts));
  const { claim, personIds: mine } = claimed;
  const taken = wanted.map((one) => one.facts.personId).filter((id) => !mine.has(id));
  const later = taken.map((personId) => ({ personId, at: now + CLAIMED_PAUSE_MS }));
  if (mine.size === 0) return later;
  const rows: MemberMirrorRow[] = [];
  try {
    // Read again: what changed until the claim is ours to write, what changes later has a push of its own.
    const due = await holding.due([...mine]);
    return [...later, ...(await pushClaimed(deps, due, claimed, now, rows))];
  } finally {
    await holding.release(claim, mine, rows);
  }
}

export interface Left {
  readonly personId: string;
  /** Epoch ms. */
  readonly at: number;
}

/** @param rows takes what became of each */
async function pushClaimed(
  deps: PushDeps,
  due: readonly Due[],
  { untilAt }: Claim,
  now: number,
  rows: MemberMirrorRow[],
): Promise<Left[]> {
  const left: Left[] = [];
  let unanswered = 0;
  await inParallel(due, CALLS_AT_ONCE, async (one) => {
    const { personId } = one.facts;
    const begun = await deps.db.read(async (reads) => reads.now);
    // An old state written after the claim could arrive after a newer one of the next push.
    if (begun + ONE_MEMBER_MS > untilAt) return void left.push({ personId, at: begun });
    try {
      rows.push(await writeOne(deps, one, now));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      unanswered += 1;
      if (unanswered > MAX_UNANSWERED) throw error;
      left.push({ personId, at: error.at });
    }
  });
  return left;
}
