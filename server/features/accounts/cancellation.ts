/**
 * S2-16, C13: told → disabled → hands empty → grace → deleted with proof. Each step with what must be true before it.
 * Pure.
 */
import { assertNever, refused } from '../../kernel/errors.ts';
import { DAY_MS } from '../../kernel/dates.ts';

export interface Backup {
  /** The person's own word, or the unit's statement that it cannot be had (S2-16a). */
  readonly by: 'person' | 'unit';
  readonly byPersonId: string;
  readonly at: number;
  readonly statement: string;
}

export interface CancellationState {
  readonly step: 'told' | 'disabled' | 'grace' | 'deleting' | 'deleted' | 'recalled';
  readonly toldAt: number;
  readonly backup: Backup | null;
  readonly disabledAt: number | null;
  readonly handedOverAt: number | null;
  readonly graceUntilAt: number | null;
  /** Who let it be deleted; another person than who accepted (two people). */
  readonly releasedBy: string | null;
  readonly deletedAt: number | null;
}

export type CancellationCommand =
  | { readonly type: 'backUp'; readonly backup: Omit<Backup, 'at'> }
  | { readonly type: 'disabled'; readonly graceDays: number }
  | { readonly type: 'handedOver'; readonly openHoldings: number; readonly graceDays: number }
  | {
      readonly type: 'release';
      readonly byPersonId: string;
      readonly acceptedById: string | null;
      readonly openHoldings: number;
    }
  /** What was handed over came back. */
  | { readonly type: 'handoverUndone' }
  | { readonly type: 'deleted' }
  | { readonly type: 'recall' };

/** S2-16a: the cancellation begins with telling the person what will be cleared. */
export const beginCancellation = (now: number): CancellationState => ({
  step: 'told',
  toldAt: now,
  backup: null,
  disabledAt: null,
  handedOverAt: null,
  graceUntilAt: null,
  releasedBy: null,
  deletedAt: null,
});

/** @throws `accounts.cancel_order`, `accounts.backup_statement`, `accounts.hands_not_empty`, `accounts.cancel_obstacle`, `accounts.second_person` */
export function stepCancellation(
  state: CancellationState,
  command: CancellationCommand,
  now: number,
): CancellationState {
  switch (command.type) {
    case 'backUp':
      return backUp(state, command.backup, now);
    case 'disabled':
      return disabled(state, command.graceDays, now);
    case 'handedOver':
      return handedOver(state, command, now);
    case 'handoverUndone':
      return handoverUndone(state);
    case 'release':
      return release(state, command, now);
    case 'deleted':
      if (state.step === 'deleted') return state;
      mustBe(state, 'deleting');
      return { ...state, step: 'deleted', deletedAt: now };
    case 'recall':
      if (state.step === 'deleting' || state.step === 'deleted') throw refused('accounts.too_late_to_recall');
      return { ...state, step: 'recalled' };
    default:
      return assertNever(command);
  }
}

export type Obstacle = 'disabled' | 'handedOver' | 'backup' | 'grace' | 'holdings';

/** What still stands between now and deletion. */
export function obstaclesOf(
  state: CancellationState,
  openHoldings: number,
  now: number,
): readonly Obstacle[] {
  return [
    ...(state.disabledAt === null ? (['disabled'] as const) : []),
    ...(state.handedOverAt === null ? (['handedOver'] as const) : []),
    ...(state.backup === null ? (['backup'] as const) : []),
    ...(state.graceUntilAt === null || now < state.graceUntilAt ? (['grace'] as const) : []),
    ...(openHoldings > 0 ? (['holdings'] as const) : []),
  ];
}

export const OBSTACLE_WORDS: Readonly<Record<Obstacle, string>> = {
  disabled: '还没停用',
  handedOver: '交接没有办完',
  backup: '本人没有确认备份，单位也没有说明',
  grace: '等待期没有满',
  holdings: '名下还有东西',
};

/** The first word stands: the person's own is not replaced by the unit's. */
function backUp(state: CancellationState, backup: Omit<Backup, 'at'>, now: number): CancellationState {
  if (state.backup !== null) return state;
  mustRun(state);
  if (backup.by === 'unit' && backup.statement === '') throw refused('accounts.backup_statement');
  return { ...state, backup: { ...backup, at: now } };
}

/** The hands may be empty before the account is disabled: then the grace begins with the disabling. */
function disabled(state: CancellationState, graceDays: number, now: number): CancellationState {
  if (state.disabledAt !== null) return state;
  mustBe(state, 'told');
  const next = { ...state, step: 'disabled' as const, disabledAt: now };
  return state.handedOverAt === null ? next : inGrace(next, graceDays, now);
}

const inGrace = (state: CancellationState, graceDays: number, now: number): CancellationState => ({
  ...state,
  step: 'grace',
  graceUntilAt: now + graceDays * DAY_MS,
});

/** Who holds something again must hand it over again, and the grace begins anew after that. */
function handoverUndone(state: CancellationState): CancellationState {
  if (state.step === 'deleting' || state.step === 'deleted') throw refused('accounts.too_late_to_recall');
  if (state.step === 'recalled' || state.handedOverAt === null) return state;
  const step = state.disabledAt === null ? 'told' : 'disabled';
  return { ...state, step, handedOverAt: null, graceUntilAt: null };
}

/** S2-16b */
function handedOver(
  state: CancellationState,
  { openHoldings, graceDays }: Extract<CancellationCommand, { type: 'handedOver' }>,
  now: number,
): CancellationState {
  if (state.handedOverAt !== null) return state;
  mustRun(state);
  if (openHoldings > 0) throw refused('accounts.hands_not_empty', { count: openHoldings });
  const next = { ...state, handedOverAt: now };
  return state.disabledAt === null ? next : inGrace(next, graceDays, now);
}

/** Two people, after everything that stood before it. */
export const mayRelease = (
  state: CancellationState,
  byPersonId: string,
  acceptedById: string | null,
  openHoldings: number,
  now: number,
): boolean =>
  isRunning(state) && obstaclesOf(state, openHoldings, now).length === 0 && byPersonId !== acceptedById;

function release(
  state: CancellationState,
  { byPersonId, acceptedById, openHoldings }: Extract<CancellationCommand, { type: 'release' }>,
  now: number,
): CancellationState {
  if (state.step === 'deleting') return state;
  mustRun(state);
  const [obstacle] = obstaclesOf(state, openHoldings, now);
  if (obstacle) throw refused('accounts.cancel_obstacle', { obstacle: OBSTACLE_WORDS[obstacle] });
  if (byPersonId === acceptedById) throw refused('accounts.second_person');
  return { ...state, step: 'deleting', releasedBy: byPersonId };
}

function mustBe(state: CancellationState, step: CancellationState['step']): void {
  if (state.step !== step) throw refused('accounts.cancel_order');
}

/** Not deleted, not about to be, and not taken back. */
export const isRunning = ({ step }: CancellationState): boolean =>
  step !== 'deleting' && step !== 'deleted' && step !== 'recalled';

function mustRun(state: CancellationState): void {
  if (!isRunning(state)) throw refused('accounts.cancel_order');
}
