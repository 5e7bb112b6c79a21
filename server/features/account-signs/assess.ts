/**
 * S2-15d: signs that an account is used by somebody else than its owner. Whether it is cannot be proved through any API
 * of 企业微信, so signs ask a person and decide nothing. Pure: the only thing that comes out is whether to ask.
 */
import { DAY_MS } from '../../kernel/dates.ts';
import type { SignKind, SignSource } from './contract.ts';
import type { SignSettings } from './settings.ts';

export interface Sign {
  readonly kind: SignKind;
  readonly source: SignSource;
  /** Beginning of the day it was seen; of nobody's day more is kept. */
  readonly seenAt: number;
}

export interface Standing {
  /** A check waits for somebody already. */
  readonly hasOpen: boolean;
  /** When a check of this person ended last: what was seen up to then was looked at. */
  readonly lookedAt: number | null;
}

export type Rule = Pick<SignSettings, 'windowDays' | 'weights' | 'leastKinds' | 'leastWeight'>;

/** Fewer than two independent kinds never ask, whatever a site's file says. */
const LEAST_KINDS = 2;

/** @returns the signs to ask about, oldest first; null: nothing to ask */
export function assess(
  signs: readonly Sign[],
  { hasOpen, lookedAt }: Standing,
  { windowDays, weights, leastKinds, leastWeight }: Rule,
  now: number,
): readonly Sign[] | null {
  if (hasOpen) return null;
  const from = now - windowDays * DAY_MS;
  const counted = signs
    .filter(({ seenAt }) => seenAt >= from && seenAt <= now && (lookedAt === null || seenAt > lookedAt))
    .filter(({ kind }) => weights[kind] > 0);
  const kinds = [...new Set(counted.map(({ kind }) => kind))];
  if (kinds.length < Math.max(LEAST_KINDS, leastKinds)) return null;
  const weight = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  return weight < leastWeight ? null : counted.sort((a, b) => a.seenAt - b.seenAt);
}
