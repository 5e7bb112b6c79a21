import type { Clock } from '../kernel/clock.ts';
import { HOUR_MS, MINUTE_MS } from '../kernel/dates.ts';
import { isSecretFault } from './error-codes.ts';
import { RetryLater, StopAll, WeComError } from './errors.ts';
import type { Fault } from './errors.ts';

/**
 * Stops everything a credential does once 企业微信 says the credential itself is no good (D7 "stop all"). Repeating
 * a wrong secret gets the caller's address banned for an hour, so nothing loops: calls are refused locally, the alarm
 * rings once, and after a long pause one single call may find out whether somebody repaired it.
 */
export interface Circuit {
  /** Throws the stored StopAll while stopped and the pause not over. */
  check(api: string): void;
  /** The same, and after the pause lets exactly one call through as a probe. */
  enter(api: string): void;
  /** The outcome of a call that `enter` let through; undefined is success. */
  report(error: unknown): void;
  reset(): void;
  readonly stopped: WeComError | undefined;
}

export type CircuitAlarm = { readonly state: 'stopped' | 'recovered'; readonly error: WeComError };

const SECRET_PAUSE_MS = HOUR_MS;
/** An untrusted address or a switched-off app is repaired in the console; asking again cannot get us banned. */
const OTHER_PAUSE_MS = 5 * MINUTE_MS;

export function createCircuit(clock: Clock, onAlarm: (alarm: CircuitAlarm) => void): Circuit {
  let error: WeComError | undefined;
  let probeAt = 0;

  const pauseOf = (fault: WeComError): number =>
    isSecretFault(fault.errcode) ? SECRET_PAUSE_MS : OTHER_PAUSE_MS;

  function check(api: string): void {
    if (error !== undefined && clock.now() < probeAt) throw new StopAll(localFault(api, error, probeAt));
  }

  function enter(api: string): void {
    check(api);
    // The probe: until it reports, everyone else waits for another pause.
    if (error !== undefined) probeAt = clock.now() + pauseOf(error);
  }

  function report(outcome: unknown): void {
    if (outcome instanceof WeComError && outcome.handling === 'stopAll') {
      if (outcome.reason === 'closed') return;
      const first = error === undefined;
      error = outcome;
      probeAt = clock.now() + pauseOf(outcome);
      if (first) onAlarm({ state: 'stopped', error: outcome });
      return;
    }
    if (error === undefined || !showsAcceptance(outcome)) return;
    const cured = error;
    error = undefined;
    onAlarm({ state: 'recovered', error: cured });
  }

  return {
    check,
    enter,
    report,
    reset() {
      error = undefined;
      probeAt = 0;
    },
    get stopped() {
      return error;
    },
  };
}

/** Success, or a refusal of something else than the credential. No answer, or a failing store, says nothing. */
const showsAcceptance = (outcome: unknown): boolean =>
  outcome === undefined ||
  (outcome instanceof WeComError && outcome.errcode !== undefined && !(outcome instanceof RetryLater));

const localFault = (api: string, error: WeComError, retryAt: number): Fault => ({
  api,
  reason: 'closed',
  errcode: error.errcode,
  stem: error.stem,
  hint: error.hint,
  ip: error.ip,
  retryAt,
});
