/** May this person do this? One answer for the page's buttons and for the commands. */
import { forbidden, notFound } from '../../kernel/errors.ts';
import type { RequestState } from './model.ts';
import type { AccountsOrg, HeldRole } from './org.ts';
import { isSecret } from './secret.ts';
import { acceptorsOf, type AccountsSettings } from './settings.ts';

export interface Viewer {
  readonly personId: string;
  /** Roles with their scope, as the directory and the grants say now. */
  readonly held: readonly HeldRole[];
}

export interface PolicyContext {
  readonly settings: AccountsSettings;
  readonly org: Pick<AccountsOrg, 'isWithin' | 'placeOf'>;
}

/** Holds one of these roles for the whole institution. */
const hasRole = ({ held }: Viewer, roles: readonly string[]): boolean =>
  held.some(({ role, scopeUnitId }) => scopeUnitId === null && roles.includes(role));

export const isIt = (viewer: Viewer, { roles }: AccountsSettings): boolean => hasRole(viewer, roles.it);
export const isHr = (viewer: Viewer, { roles }: AccountsSettings): boolean => hasRole(viewer, roles.hr);

/** Liaison or head of the unit or of one above it; for one that is over, of the unit in its place. */
export function holdsUnit({ held }: Viewer, unitId: string, { settings, org }: PolicyContext): boolean {
  const place = org.placeOf(unitId);
  if (!place) return false;
  return held.some(
    ({ role, scopeUnitId }) =>
      scopeUnitId !== null &&
      settings.roles.unitSenders.includes(role) &&
      org.isWithin(place.unitId, scopeUnitId),
  );
}

/** A liaison or head sends for the own unit and those below it; HR for all. */
export const maySendFor = (viewer: Viewer, unitId: string, ctx: PolicyContext): boolean =>
  isHr(viewer, ctx.settings) || holdsUnit(viewer, unitId, ctx);

/** S2-14b: who accepts is a setting per kind (the college: only HR starts invitation and cancellation). */
export const mayAccept = (viewer: Viewer, state: RequestState, { settings }: PolicyContext): boolean =>
  hasRole(viewer, acceptorsOf(settings, state.kind)) && !isOwn(viewer, state);

export const mayExecute = (viewer: Viewer, state: RequestState, { settings }: PolicyContext): boolean =>
  isIt(viewer, settings) && viewer.personId !== state.personId;

/** H5: named roles, and nobody about themselves. */
export const mayReadReason = (viewer: Viewer, personId: string, { settings }: PolicyContext): boolean =>
  hasRole(viewer, settings.roles.reasonReaders) && viewer.personId !== personId;

/** H1, H5: the proof of an exchange file names everybody who was opened, locked or cancelled in it. */
export const mayReadProofFile = (viewer: Viewer, { settings }: PolicyContext): boolean =>
  isIt(viewer, settings) || isHr(viewer, settings);

/** H3 */
const isOwn = (viewer: Viewer, state: RequestState): boolean =>
  state.personId === viewer.personId || state.senders.some(({ by }) => by?.personId === viewer.personId);

/** Senders, acceptors, IT and HR; the person of all but locks, which are told by other means. */
export function maySee(viewer: Viewer, state: RequestState, ctx: PolicyContext): boolean {
  const { settings } = ctx;
  if (state.personId === viewer.personId) return state.kind !== 'lock';
  return (
    isIt(viewer, settings) ||
    isHr(viewer, settings) ||
    hasRole(viewer, acceptorsOf(settings, state.kind)) ||
    state.senders.some(({ unitId }) => maySendFor(viewer, unitId, ctx))
  );
}

/** S3-0b: the accounts of a person: they themselves, their unit, IT and HR. */
export function maySeeAccounts(
  viewer: Viewer,
  personId: string,
  mainUnitId: string | null,
  ctx: PolicyContext,
): boolean {
  return (
    viewer.personId === personId ||
    isIt(viewer, ctx.settings) ||
    isHr(viewer, ctx.settings) ||
    (mainUnitId !== null && maySendFor(viewer, mainUnitId, ctx))
  );
}

/** S3-2.4b, 2.5b: what follows a lock is the unit's decision, and nobody's about themselves (H3). */
export const mayDecide = (
  viewer: Viewer,
  { personId, unitId }: { readonly personId: string; readonly unitId: string },
  ctx: PolicyContext,
): boolean => viewer.personId !== personId && maySendFor(viewer, unitId, ctx);

/** S2-16a: the person says so themselves, else a unit that sends the request states that it cannot be had. */
export const mayBackUp = (viewer: Viewer, state: RequestState, ctx: PolicyContext): boolean =>
  viewer.personId === state.personId || state.senders.some(({ unitId }) => maySendFor(viewer, unitId, ctx));

/** S3-4e: the unit the letter went to answers; nobody about themselves (H3). */
export const mayReply = (
  viewer: Viewer,
  letterUnitId: string,
  aboutId: string,
  ctx: PolicyContext,
): boolean => viewer.personId !== aboutId && maySendFor(viewer, letterUnitId, ctx);

/** A hand-over sheet belongs to the unit; never to the person it is about. */
export const mayHandOver = (
  viewer: Viewer,
  personId: string,
  unitId: string | null,
  ctx: PolicyContext,
): boolean =>
  viewer.personId !== personId &&
  (isIt(viewer, ctx.settings) ||
    isHr(viewer, ctx.settings) ||
    (unitId !== null && maySendFor(viewer, unitId, ctx)));

/** Unknown and invisible look alike. */
export function mustSee(viewer: Viewer, state: RequestState, ctx: PolicyContext): void {
  if (!maySee(viewer, state, ctx)) throw notFound('accounts.not_visible');
}

export function mustSendFor(viewer: Viewer, unitId: string, ctx: PolicyContext): void {
  if (!maySendFor(viewer, unitId, ctx)) throw forbidden('accounts.not_your_unit');
}

/** H3: nobody reports what concerns themselves, nor takes it back. */
export function mustNotBeAbout({ personId }: Viewer, aboutId: string): void {
  if (personId === aboutId) throw forbidden('accounts.own_request');
}

export function mustBeIt(viewer: Viewer, settings: AccountsSettings): void {
  if (!isIt(viewer, settings)) throw forbidden('accounts.not_it');
}

export function mustBeHr(viewer: Viewer, settings: AccountsSettings): void {
  if (!isHr(viewer, settings)) throw forbidden('accounts.not_hr');
}

/** S2-8, H3: who maintains the record says who somebody is; not of themselves, nor of whom they reported. */
export const mayLink = (viewer: Viewer, state: RequestState, { settings }: PolicyContext): boolean =>
  isHr(viewer, settings) && !isOwn(viewer, state);

export interface Can {
  readonly fill: boolean;
  readonly submit: string[];
  readonly accept: boolean;
  readonly giveBack: boolean;
  readonly execute: boolean;
  readonly confirm: boolean;
  readonly withdraw: boolean;
  readonly readReason: boolean;
}

/** Which buttons this person gets now. */
export function canOf(viewer: Viewer, state: RequestState, ctx: PolicyContext): Can {
  const isDraft = state.status === 'draft' || state.status === 'returned';
  const owed = state.senders.filter(({ submittedAt }) => submittedAt === null).map(({ unitId }) => unitId);
  const isAbout = state.personId === viewer.personId;
  const maySend = (unitId: string) => !isAbout && maySendFor(viewer, unitId, ctx);
  const sends = state.senders.some(({ unitId }) => maySend(unitId));
  const accepts = state.status === 'submitted' && mayAccept(viewer, state, ctx);
  const executes = mayExecute(viewer, state, ctx);
  const waits = state.status === 'awaiting' && mayAccept(viewer, state, ctx);
  return {
    fill: isDraft && sends,
    submit: isDraft ? owed.filter(maySend) : [],
    accept: accepts,
    giveBack: accepts || waits,
    execute: executes && state.status === 'accepted',
    confirm: executes && state.status === 'executing',
    withdraw: sends && (isDraft || ['awaiting', 'submitted', 'accepted'].includes(state.status)),
    readReason: isSecret(state.kind) && mayReadReason(viewer, state.personId, ctx),
  };
}
