import type { Failure } from '../../api/failure.ts';
import { t } from '../phrases.ts';

/** The console says 您, so failures made in the browser get their own words here; the server's stand. */
export function failureWords(failure: Failure): string {
  const own: Readonly<Record<string, string>> = t.failure.own;
  const found = own[failure.code];
  if (found) return found;
  if (/^http\.\d+$/.test(failure.code)) {
    return failure.status >= 500 ? t.failure.server : t.failure.refused(failure.status);
  }
  return failure.message;
}

/** Somebody else was faster, or what was looked at is no longer so. */
export const changedMeanwhile = (failure: Failure): boolean => failure.status === 409;
