/** What the administrators' log of 企业微信 says against the rights given here (S2-9). Pure. */
import type { AdminAct } from '../../../wecom/index.ts';
import { isRightsAct } from '../../../wecom/index.ts';

/** `stranger`: a userid we do not know. `unregistered`: a person without a right to administer at that moment. */
export type FindingKind = 'stranger' | 'unregistered' | 'rightsChanged';

/** Who stands behind a userid, and whether this person was entitled to act at the console at that moment. */
export interface Operator {
  readonly personId: string | null;
  isEntitled(at: number): boolean;
}

/** When somebody held a right; until is half-open. */
export interface Span {
  readonly sinceAt: number;
  readonly untilAt: number | null;
}

const SECOND_MS = 1000;

/** Was the right held at that moment? The log counts in whole seconds, so the second it began in belongs to it. */
export const covers = ({ sinceAt, untilAt }: Span, at: number): boolean =>
  Math.floor(sinceAt / SECOND_MS) * SECOND_MS <= at && (untilAt === null || at < untilAt);

/** Acts of one operator who should not be there, counted together. */
export interface OperatorFinding {
  readonly kind: 'stranger' | 'unregistered';
  readonly userid: string;
  readonly personId: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly times: number;
}

/** Administrators added, removed or given other rights at the console: one by one. */
export interface RightsFinding {
  readonly kind: 'rightsChanged';
  readonly userid: string;
  readonly personId: string | null;
  readonly act: AdminAct;
}

export interface Findings {
  readonly operators: readonly OperatorFinding[];
  readonly rights: readonly RightsFinding[];
}

/**
 * Every act at the console is somebody's who administers (S2-9b, S2-9d); changes of administrators there are shown,
 * because they give or take rights that are not written here.
 */
export function judge(acts: Iterable<AdminAct>, operatorOf: (userid: string) => Operator): Findings {
  const operators = new Map<string, OperatorFinding>();
  const rights: RightsFinding[] = [];
  for (const act of acts) {
    const { userid, at } = act;
    const operator = operatorOf(userid);
    if (isRightsAct(act)) rights.push({ kind: 'rightsChanged', userid, personId: operator.personId, act });
    if (operator.isEntitled(at)) continue;
    const key = userid.toLowerCase();
    const known = operators.get(key);
    operators.set(key, {
      kind: operator.personId === null ? 'stranger' : 'unregistered',
      userid,
      personId: operator.personId,
      firstAt: Math.min(known?.firstAt ?? at, at),
      lastAt: Math.max(known?.lastAt ?? at, at),
      times: (known?.times ?? 0) + 1,
    });
  }
  return { operators: [...operators.values()], rights };
}
