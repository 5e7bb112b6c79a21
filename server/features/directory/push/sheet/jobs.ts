import { z } from 'zod';
import { MINUTE_MS } from '../../../../kernel/dates.ts';
import { enqueue, RunAgain, type Job } from '../../../../platform/jobs/index.ts';
import type { Tx } from '../../../../platform/db/unit-of-work.ts';
import { PUSH_ACTOR } from '../push-actor.ts';
import { MIN_ROWS } from './bulk-or-single.ts';
import { newPeople, openRun, openRunFor, runById, runOf, save } from './store.ts';
import { giveUp, sheetClient, takeIn, type TakeInDeps } from './take-in.ts';

export const PUSH_SHEETS = 'directory.pushSheets';

/** Newcomers wait for one another at most so long, should nobody say that they are all here. */
const GATHER_MS = 10 * MINUTE_MS;
/** Of five attempts of a job; after it the members must not wait for a sheet any more. */
const LAST_ATTEMPT = 4;

const Intake = z.object({ sheetRunId: z.string() });

/** Carries the intake of a personnel run to its end. */
export async function pushSheets(deps: TakeInDeps, { payload, attempt, now }: Job): Promise<void> {
  const { sheetRunId } = Intake.parse(payload);
  if (attempt >= LAST_ATTEMPT) await giveUpOpen(deps, sheetRunId);
  const at = await takeIn(deps, sheetRunId, now);
  if (at !== null) throw new RunAgain(at, 'an import is under way');
}

async function giveUpOpen(deps: TakeInDeps, id: string): Promise<void> {
  const run = await deps.db.read((reads) => runById(reads, id));
  if (run && run.state !== 'done') await giveUp(deps, run, null);
}

/**
 * So many people will be made one by one in units of work to come: from MIN_ROWS on they wait for one another and go
 * to 企业微信 by sheet.
 */
export async function gatherNewcomers(tx: Tx, count: number): Promise<void> {
  if (count < MIN_ROWS) return;
  const run = await openRunFor(tx, { state: 'gathering', run: null, nextAt: tx.now + GATHER_MS });
  // Should the one who gathers never come back; until then it is not due.
  if (run) later(tx, run.id, 'open', run.nextAt);
}

/** They are all here, or no more will come for now. */
export async function newcomersAreHere(tx: Tx): Promise<void> {
  const run = await openRun(tx);
  if (run?.state !== 'gathering') return;
  await save(tx, run, { state: 'collecting', nextAt: tx.now });
  later(tx, run.id, 'here', tx.now);
}

function later(tx: Tx, sheetRunId: string, why: string, runAt: number): void {
  enqueue(tx, { name: PUSH_SHEETS, key: `${sheetRunId}:${why}`, payload: { sheetRunId }, runAt });
}

/**
 * The part of a push of everybody that goes by sheet. Done when it returns.
 * @throws RunAgain while an import is under way
 */
export async function sheetPass(deps: TakeInDeps, run: string, { attempt, now }: Job): Promise<void> {
  const { db } = deps;
  if (!sheetClient(deps.wecom)) return;
  const intake = (await db.read((reads) => runOf(reads, run))) ?? (await begin(deps, run, now));
  if (!intake) return;
  if (attempt >= LAST_ATTEMPT) await giveUpOpen(deps, intake.id);
  const at = await takeIn(deps, intake.id, now);
  if (at !== null) throw new RunAgain(at, 'an import is under way');
}

async function begin({ db }: TakeInDeps, run: string, now: number) {
  const some = await db.read((reads) => newPeople(reads, { after: '', limit: MIN_ROWS, notIn: '' }));
  if (some.length < MIN_ROWS) return null;
  return db.write(PUSH_ACTOR, (tx) => openRunFor(tx, { state: 'collecting', run, nextAt: now }));
}
