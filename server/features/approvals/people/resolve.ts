/**
 * Who decides a step, asked of the organisation as it is when the step opens (R24). Whatever a rule answers, the
 * applicant never decides their own request (R17), people who are locked or gone are passed over, and an empty
 * answer fails closed: next fallback, then the admin queue (R18).
 */
import type {
  AssigneeRule,
  AssigneeSpec,
  Candidate,
  Resolution,
  ResolveContext,
  RuleCode,
  RuleSpec,
} from '../template/assignee.ts';
import type { Seat } from '../model/steps.ts';
import { isActive, snapshot, type Org } from '../model/org.ts';
import { choiceHead } from './choice-head.ts';
import { applicantChoice, headOfUnit, managerChain, named, roleInScope, unitHead } from './rules.ts';

/** The registry; the form designer lists it. */
export const ASSIGNEE_RULES: { readonly [C in RuleCode]: AssigneeRule<C> } = {
  unitHead,
  headOfUnit,
  managerChain,
  roleInScope,
  named,
  applicantChoice,
  choiceHead,
};

export function applyRule(args: RuleSpec, label: string, ctx: ResolveContext): Resolution {
  switch (args.rule) {
    case 'unitHead':
      return ASSIGNEE_RULES.unitHead.resolve(args, label, ctx);
    case 'headOfUnit':
      return ASSIGNEE_RULES.headOfUnit.resolve(args, label, ctx);
    case 'managerChain':
      return ASSIGNEE_RULES.managerChain.resolve(args, label, ctx);
    case 'roleInScope':
      return ASSIGNEE_RULES.roleInScope.resolve(args, label, ctx);
    case 'named':
      return ASSIGNEE_RULES.named.resolve(args, label, ctx);
    case 'applicantChoice':
      return ASSIGNEE_RULES.applicantChoice.resolve(args, label, ctx);
    case 'choiceHead':
      return ASSIGNEE_RULES.choiceHead.resolve(args, label, ctx);
  }
}

/** The seats of a step, in order, one per person; a seat without a person says what is missing. */
export function resolveSeats(specs: readonly AssigneeSpec[], ctx: ResolveContext): Seat[] {
  const seats: Seat[] = [];
  for (const spec of specs) {
    const { people, missing } = resolveSpec(spec, ctx);
    for (const candidate of people) addSeat(seats, spec.label, candidate, ctx.org);
    if (missing !== null) {
      seats.push({ seat: seats.length, label: spec.label, person: null, why: '', missing, mergedInto: null });
    }
  }
  return seats;
}

/** One person holds one seat and has one vote, however many rules name them. */
function addSeat(seats: Seat[], label: string, candidate: Candidate, org: Org): void {
  const person = snapshot(org, candidate.personId, candidate.assignmentId);
  if (person === null) return;
  const known = seats.findIndex((seat) => seat.person?.personId === person.personId);
  const before = seats[known];
  if (before === undefined) {
    seats.push({
      seat: seats.length,
      label,
      person,
      why: candidate.why,
      missing: null,
      mergedInto: null,
    });
    return;
  }
  if (before.label === label) return;
  seats[known] = { ...before, label: `${before.label}、${label}`, why: `${before.why}；${candidate.why}` };
}

function resolveSpec(spec: AssigneeSpec, ctx: ResolveContext): Resolution {
  const first = applyRule(spec.by, spec.label, ctx);
  if (first.missing === null) return usable(first, ctx);
  for (const fallback of spec.fallback) {
    const next = usable(applyRule(fallback, spec.label, ctx), ctx);
    const fresh = next.people.filter((c) => !first.people.some((p) => p.personId === c.personId));
    if (next.missing !== null || fresh.length === 0) continue;
    const why = (c: Candidate): string => `${first.missing}，改由备选人审批：${c.why}`;
    const people = [...first.people, ...fresh.map((c) => ({ ...c, why: why(c) }))];
    return usable({ people, missing: null }, ctx);
  }
  return usable(first, ctx);
}

/** Last line of defence for every rule: never the applicant, never somebody who cannot act. */
function usable(found: Resolution, ctx: ResolveContext): Resolution {
  const people = found.people.filter(
    (c) => c.personId !== ctx.applicant.personId && isActive(ctx.org, c.personId),
  );
  const missing = people.length === 0 ? (found.missing ?? '没有可审批的人') : found.missing;
  return { people, missing };
}
