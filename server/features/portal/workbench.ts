/**
 * 工作台: what one owes and waits for, as numbers on the app's tile in 企业微信 (key data, page 92535). What moves is noted
 * in the unit of work that moves it; many changes of a quarter of a minute are one push of what is so by then, which
 * keeps within ten a minute for a member. A push that fails because 企业微信 is down runs again until it succeeds.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { systemActor } from '../../kernel/actor.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import {
  dailyAt,
  enqueue,
  type Job,
  type JobDefinition,
  RunAgain,
  type Schedule,
} from '../../platform/jobs/index.ts';
import { FixData, FixPermission, RetryLater, StopAll, type WeCom, WeComError } from '../../wecom/index.ts';
import type { Approvals } from '../approvals/index.ts';

export interface WorkbenchDeps {
  readonly db: Db;
  readonly approvals: Pick<Approvals, 'countsOf' | 'countOwnRunning' | 'holdersAfter'>;
  readonly workbench: Pick<WeCom['workbench'], 'setTemplate' | 'setData'>;
  readonly publicUrl: string;
  /** The member behind a person who can use the app now; null for locked, left or unknown people. */
  readonly useridOf: (personId: string) => Promise<string | null>;
}

export interface WorkbenchCounts {
  readonly todo: number;
  readonly unread: number;
  readonly running: number;
}

const TEMPLATE_JOB = 'portal.set_workbench';
const SHOW_JOB = 'portal.show_workbench';
const ALL_JOB = 'portal.show_workbench_to_all';
const TOGETHER_MS = 15_000;
const PAUSE_MS = 60_000;
/** An administrator who has not switched 工作台自定义展示 on is not asked again with every act. */
const OFF_MS = 3_600_000;
const NO_TEMPLATE = 94008;
/** 自定义展示 is off, or has no template and takes none. */
const SWITCHED_OFF = new Set([94000, NO_TEMPLATE]);
const PAGE = 200;
const actor = systemActor(`job:${SHOW_JOB}`);

/** 待我审批, 待阅, 我发起的在办, each leading to its list. */
export const keyData = ({ todo, unread, running }: WorkbenchCounts, publicUrl: string) => ({
  type: 'keydata' as const,
  keydata: {
    items: [
      { key: '待我审批', data: String(todo), jump_url: `${publicUrl}/todo` },
      { key: '待阅', data: String(unread), jump_url: `${publicUrl}/todo?tab=cc` },
      { key: '我发起的在办', data: String(running), jump_url: `${publicUrl}/todo?tab=mine` },
    ],
  },
});

const NOTHING: WorkbenchCounts = { todo: 0, unread: 0, running: 0 };

/** In the unit of work that changes what these people see. */
export function noteMoved(tx: Tx, personIds: Iterable<string>): void {
  const runAt = (Math.floor(tx.now / TOGETHER_MS) + 1) * TOGETHER_MS;
  for (const personId of new Set(personIds))
    enqueue(tx, { name: SHOW_JOB, key: `${personId}:${String(runAt)}`, payload: { personId }, runAt });
}

/** What stands there for whoever was never told of; put in place once per content, called at every start. */
export function enqueueWorkbench(tx: Tx, publicUrl: string): void {
  const key = createHash('sha256')
    .update(canonicalJson(keyData(NOTHING, publicUrl)))
    .digest('hex');
  enqueue(tx, { name: TEMPLATE_JOB, key, payload: {} });
}

export function workbench(deps: WorkbenchDeps): {
  jobs: readonly JobDefinition[];
  schedules: readonly Schedule[];
} {
  const call = callOrWait();
  return {
    jobs: [
      {
        name: TEMPLATE_JOB,
        handle: async ({ now }) => {
          // Switched on some time after the first start: until then it is asked for once an hour.
          if (!(await call(now, () => putTemplate(deps)))) throw new RunAgain(now + OFF_MS, 'switched off');
          await noteAll(deps);
        },
      },
      { name: SHOW_JOB, handle: (job) => show(deps, call, job) },
      { name: ALL_JOB, handle: () => noteAll(deps) },
    ],
    // Whatever was missed, and whoever has just come into the app's visible range, stands right every morning.
    schedules: [dailyAt(ALL_JOB, 6, 40)],
  };
}

async function show(deps: WorkbenchDeps, call: Call, { payload, now }: Job): Promise<void> {
  const { personId } = payload as { personId: string };
  const userid = await deps.useridOf(personId);
  if (userid === null) return;
  const counts = await deps.db.read((reads) => countsOf(deps, reads, personId));
  const put = (): Promise<void> => deps.workbench.setData(userid, keyData(counts, deps.publicUrl));
  await call(now, async () => {
    try {
      await put();
    } catch (error) {
      if (!(error instanceof WeComError) || error.errcode !== NO_TEMPLATE) throw error;
      // Somebody took it away there.
      await putTemplate(deps);
      await put();
    }
  });
}

const putTemplate = ({ workbench: port, publicUrl }: WorkbenchDeps): Promise<void> =>
  port.setTemplate(keyData(NOTHING, publicUrl));

async function countsOf(
  { approvals }: WorkbenchDeps,
  reads: Reads,
  personId: string,
): Promise<WorkbenchCounts> {
  const { todo, cc } = await approvals.countsOf(reads, personId);
  return { todo, unread: cc, running: await approvals.countOwnRunning(reads, personId) };
}

async function noteAll({ db, approvals }: WorkbenchDeps): Promise<void> {
  for (let after = ''; ;) {
    const people = await db.read((reads) => approvals.holdersAfter(reads, after, PAGE));
    const last = people.at(-1);
    if (last === undefined) return;
    await db.write(actor, async (tx) => noteMoved(tx, people));
    after = last;
  }
}

/** @returns false: not asked, or refused, because it is switched off */
type Call = (now: number, ask: () => Promise<void>) => Promise<boolean>;

/** @throws RunAgain where it will pass; what somebody must set right, or no longer fits, is left until the next change */
function callOrWait(): Call {
  let offUntil = 0;
  return async (now, ask) => {
    if (now < offUntil) return false;
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof RetryLater || error instanceof StopAll)
        throw new RunAgain(Math.max(error.retryAt ?? 0, now + PAUSE_MS), error.message);
      if (!(error instanceof FixPermission) && !(error instanceof FixData)) throw error;
      const isOff = SWITCHED_OFF.has(error.errcode ?? 0);
      if (isOff) offUntil = now + OFF_MS;
      return !isOff;
    }
  };
}
