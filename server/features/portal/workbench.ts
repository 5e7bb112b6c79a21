/**
 * 工作台: what one owes and waits for, as numbers on the app's tile in 企业微信 (key data, page 92535). What moves is noted
 * in the unit of work that moves it; many changes of a quarter of a minute are one push of what is so by then, which
 * keeps within ten a minute for a member, and none where the numbers are those that stand there. A push that fails
 * because 企业微信 is down runs again until it succeeds.
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
import type { TileNumbers } from './tables.ts';
import { beginShowing, dropTile, endShowing, forgetShown, loadTile, notShownAfter } from './tile-store.ts';
import { countTodos, firstOf, holdersAfter, type TodoDeps } from './todos.ts';

export interface WorkbenchDeps extends TodoDeps {
  readonly db: Db;
  readonly approvals: TodoDeps['approvals'] & Pick<Approvals, 'countOwnRunning'>;
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

/** 待办, 待阅, 我发起的在办, each leading to its list. */
export const keyData = ({ todo, unread, running }: WorkbenchCounts, publicUrl: string) => ({
  type: 'keydata' as const,
  keydata: {
    items: [
      { key: '待办', data: String(todo), jump_url: `${publicUrl}/todo` },
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
          await deps.db.write(actor, forgetShown);
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

/**
 * Counted, and set where that differs from what stands there. Two at once for one person know of each other by the row's
 * version: which call 企业微信 took last is not known then, and it is set again.
 */
async function show(deps: WorkbenchDeps, call: Call, { payload, now }: Job): Promise<void> {
  const { db } = deps;
  const { personId } = payload as { personId: string };
  const userid = await deps.useridOf(personId);
  if (userid === null) return db.write(actor, (tx) => dropTile(tx, personId));
  const known = await db.read((reads) => loadTile(reads, personId));
  const count = (): Promise<TileNumbers> =>
    db.read((reads) => numbersOf(deps, reads, personId, known?.numbers.todo ?? {}));
  if (known?.isShown && sameShown(known.numbers, await count())) return;
  const version = await db.write(actor, (tx) => beginShowing(tx, personId));
  // Counted after that: whoever begins later has later numbers.
  const numbers = await count();
  if (!(await call(now, () => put(deps, userid, numbers)))) return;
  const isLast = await db.write(actor, (tx) => endShowing(tx, personId, version, numbers));
  if (!isLast) throw new RunAgain(now + TOGETHER_MS, 'another push was under way');
}

async function put(deps: WorkbenchDeps, userid: string, numbers: TileNumbers): Promise<void> {
  const set = (): Promise<void> => deps.workbench.setData(userid, keyData(shownOf(numbers), deps.publicUrl));
  try {
    await set();
  } catch (error) {
    if (!(error instanceof WeComError) || error.errcode !== NO_TEMPLATE) throw error;
    // Somebody took it away there, and with it perhaps what everybody had.
    await putTemplate(deps);
    await deps.db.write(actor, async (tx) => {
      await forgetShown(tx);
      enqueue(tx, { name: ALL_JOB, key: `template:${String(tx.now)}`, payload: {} });
    });
    await set();
  }
}

const putTemplate = ({ workbench: port, publicUrl }: WorkbenchDeps): Promise<void> =>
  port.setTemplate(keyData(NOTHING, publicUrl));

/** @param before what stood there by source: the number of a room that cannot be read stays what it was */
async function numbersOf(
  deps: WorkbenchDeps,
  reads: Reads,
  personId: string,
  before: TileNumbers['todo'],
): Promise<TileNumbers> {
  const { bySource, unread } = await countTodos(deps, reads, personId);
  const todo = Object.fromEntries(
    Object.entries(bySource).map(([key, count]) => [key, count ?? before[key] ?? 0]),
  );
  return { todo, unread, running: await deps.approvals.countOwnRunning(reads, personId) };
}

const shownOf = ({ todo, ...others }: TileNumbers): WorkbenchCounts => ({
  ...others,
  todo: Object.values(todo).reduce((all, one) => all + one, 0),
});

function sameShown(a: TileNumbers, b: TileNumbers): boolean {
  const [x, y] = [shownOf(a), shownOf(b)];
  return x.todo === y.todo && x.unread === y.unread && x.running === y.running;
}

/** Whoever holds anything, and whoever may see an old number. */
async function noteAll(deps: WorkbenchDeps): Promise<void> {
  const { db } = deps;
  for (let after = ''; ;) {
    const people = await db.read(async (reads) =>
      firstOf([await holdersAfter(deps, reads, after, PAGE), await notShownAfter(reads, after, PAGE)], PAGE),
    );
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
