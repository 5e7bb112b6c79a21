/** Forms of 企业微信's own 审批 app. Times are epoch seconds, as in the API; 0 is not yet. */

export const PENDING = 1;
export const AGREED = 2;
export const REJECTED = 3;
export const WITHDRAWN = 4;
export const REVOKED = 6;
const HANDED_ON = 4;
const HANDLED = 14;
const PASSED_ON = 15;

export interface NativeSeat {
  userid: string;
  status: number;
  speech: string;
  time: number;
}

export interface NativeNode {
  /** 1 approver, 2 cc, 3 handler. */
  type: 1 | 2 | 3;
  /** 1 all, 2 any, 3 one after the other. */
  rel: 1 | 2 | 3;
  status: number;
  seats: NativeSeat[];
}

export interface NativeForm {
  number: string;
  title: string;
  templateId: string;
  recordType: number | null;
  status: number;
  appliedAt: number;
  /** As written. */
  applicant: string;
  party: string;
  nodes: NativeNode[];
  contents: Record<string, unknown>[];
  legacy: boolean;
}

const isOpen = ({ type, status }: NativeNode): boolean => type !== 2 && status === PENDING;

/** Whose turn it is: the first open node; one after the other, the first of its seats. */
export function turnOf(form: NativeForm): { node: NativeNode; seats: NativeSeat[] } | null {
  const node = form.status === PENDING ? form.nodes.find(isOpen) : undefined;
  if (node === undefined) return null;
  const waiting = node.seats.filter(({ status }) => status === PENDING);
  return { node, seats: node.rel === 3 ? waiting.slice(0, 1) : waiting };
}

/** The seat of this member whose turn it is; userids are compared without case. */
function seatOf(form: NativeForm, userid: string): { node: NativeNode; seat: NativeSeat } | null {
  const turn = turnOf(form);
  const seat = turn?.seats.find((one) => one.userid.toLowerCase() === userid.toLowerCase());
  return turn && seat ? { node: turn.node, seat } : null;
}

export interface Said {
  words: string;
  /** Epoch seconds. */
  time: number;
}

/** @returns the number of the change for the event; null: not this member's turn */
export function agree(form: NativeForm, userid: string, { words, time }: Said): number | null {
  const found = seatOf(form, userid);
  if (found === null) return null;
  const { node, seat } = found;
  const done = node.type === 3 ? HANDLED : AGREED;
  Object.assign(seat, { status: done, speech: words, time });
  if (node.rel === 2 || !node.seats.some(({ status }) => status === PENDING)) node.status = done;
  if (!form.nodes.some(isOpen)) form.status = AGREED;
  return done;
}

export function reject(form: NativeForm, userid: string, { words, time }: Said): number | null {
  const found = seatOf(form, userid);
  if (found === null || found.node.type === 3) return null;
  Object.assign(found.seat, { status: REJECTED, speech: words, time });
  found.node.status = REJECTED;
  form.status = REJECTED;
  return REJECTED;
}

/** The seat behind the one that is given up is the other's. */
export function handOn(form: NativeForm, userid: string, to: string, { words, time }: Said): number | null {
  const found = seatOf(form, userid);
  if (found === null) return null;
  const { node, seat } = found;
  const change = node.type === 3 ? PASSED_ON : HANDED_ON;
  Object.assign(seat, { status: change, speech: words, time });
  const heir = { userid: to, status: PENDING, speech: '', time: 0 };
  node.seats.splice(node.seats.indexOf(seat) + 1, 0, heir);
  return change;
}

/** By the applicant: 6 while it runs, 8 after it passed. */
export function takeBack(form: NativeForm, how: 'withdraw' | 'revoke'): number | null {
  if (form.status !== (how === 'withdraw' ? PENDING : AGREED)) return null;
  form.status = how === 'withdraw' ? WITHDRAWN : REVOKED;
  return how === 'withdraw' ? 6 : 8;
}
