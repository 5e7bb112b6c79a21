/** May this person read the record, or destroy what it holds of somebody? Pure. */
import type { Actor } from '../../kernel/actor.ts';
import { addDays, type CalendarDate, dateOf } from '../../kernel/dates.ts';
import { type AppError, badRequest, forbidden, notFound, refused } from '../../kernel/errors.ts';
import { samePhrase } from '../../kernel/typed-phrase.ts';

const hasRole = (actor: Actor, roles: readonly string[]): boolean =>
  actor.kind === 'person' && actor.roles.some((role) => roles.includes(role));

/** H4: auditors alone; whoever runs the system or gives rights is who they check. */
export function mustAudit(actor: Actor): void {
  if (!hasRole(actor, ['auditAdmin'])) throw forbidden('audit.auditors_only');
}

/** H5: what an entry says about why somebody is locked is for whom that may be told. */
export const mayOpenPersonal = (action: string, knowsLockReasons: boolean): boolean =>
  action !== 'accounts.read_lock_reason' || knowsLockReasons;

export interface ForgetFacts {
  readonly personId: string;
  /** HR's word; null: nobody by this id. */
  readonly status: string | null;
  readonly statusOn: CalendarDate | null;
  /** States of the person's accounts, of every system. */
  readonly accounts: readonly string[];
  /** How long what is personal is kept after somebody left. */
  readonly keepDays: number;
}

const LEFT = ['left', 'retired'];
const ENDED = ['none', 'cancelled'];

export const FORGET_PHRASE = '销毁密钥';

/**
 * H9: a person's key is destroyed only after they have left, every account is cancelled and the keeping period is
 * over; by the security administrator, who neither keeps people's data nor reads the record.
 */
export function whyNotForget(actor: Actor, facts: ForgetFacts, phrase: string, now: number): AppError | null {
  if (!hasRole(actor, ['securityAdmin'])) return forbidden('audit.may_not_forget');
  // H3: nobody decides about themselves.
  if (actor.kind === 'person' && actor.personId === facts.personId) return forbidden('audit.own_key');
  if (facts.status === null) return notFound('audit.unknown_person');
  if (!LEFT.includes(facts.status)) return refused('audit.still_here');
  if (facts.accounts.some((state) => !ENDED.includes(state))) return refused('audit.accounts_open');
  const until = facts.statusOn && addDays(facts.statusOn, facts.keepDays);
  // Without a day of leaving no period can be over.
  if (until === null || dateOf(now) < until)
    return refused('audit.still_kept', { until: until ?? '（没有离开日期）' });
  if (!samePhrase(phrase, FORGET_PHRASE)) return badRequest('audit.phrase', { phrase: FORGET_PHRASE });
  return null;
}
