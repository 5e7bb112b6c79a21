/** May this person read the record, or destroy what it holds of somebody? Pure. */
import { actorId, type Actor } from '../../kernel/actor.ts';
import { addDays, type CalendarDate, DAY_MS, dateOf } from '../../kernel/dates.ts';
import { type AppError, badRequest, conflict, forbidden, notFound, refused } from '../../kernel/errors.ts';
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

export type Asker = Actor;
const maySecure = (actor: Actor): boolean => hasRole(actor, ['securityAdmin']);

export function mustSecure(actor: Actor): void {
  if (!maySecure(actor)) throw forbidden('audit.may_not_forget');
}

const LEFT = ['left', 'retired'];
const ENDED = ['none', 'cancelled'];

export const FORGET_PHRASE = '销毁密钥';

/**
 * H9: a person's key is destroyed only after they have left, every account is cancelled and the keeping period is
 * over; by security administrators, who neither keep people's data nor read the record: one proposes, another confirms.
 */
export function whyNotForget(actor: Actor, facts: ForgetFacts, now: number): AppError | null {
  if (!maySecure(actor)) return forbidden('audit.may_not_forget');
  // H3: nobody decides about themselves.
  if (actor.kind === 'person' && actor.personId === facts.personId) return forbidden('audit.own_key');
  if (facts.status === null) return notFound('audit.unknown_person');
  if (!LEFT.includes(facts.status)) return refused('audit.still_here');
  if (facts.accounts.some((state) => !ENDED.includes(state))) return refused('audit.accounts_open');
  const until = facts.statusOn && addDays(facts.statusOn, facts.keepDays);
  // Without a day of leaving no period can be over.
  if (until === null || dateOf(now) < until)
    return refused('audit.still_kept', { until: until ?? '（没有离开日期）' });
  return null;
}

export interface Proposal {
  readonly proposedAt: number;
  readonly proposedBy: string;
}

/** A proposal holds a day, as the confirmation of a plan does (D3). */
export const isStanding = ({ proposedAt }: Proposal, now: number): boolean => now < proposedAt + DAY_MS;

export const whyNotPropose = (known: Proposal | null, now: number): AppError | null =>
  known !== null && isStanding(known, now) ? conflict('audit.proposed_already') : null;

/** What cannot be undone is done by a second person, who has typed what it is. */
export function whyNotConfirm(
  actor: Actor,
  proposal: Proposal | null,
  phrase: string,
  now: number,
): AppError | null {
  if (proposal === null || !isStanding(proposal, now)) return conflict('audit.no_proposal');
  if (actorId(actor) === proposal.proposedBy) return forbidden('audit.own_proposal');
  return samePhrase(phrase, FORGET_PHRASE) ? null : badRequest('audit.phrase', { phrase: FORGET_PHRASE });
}
