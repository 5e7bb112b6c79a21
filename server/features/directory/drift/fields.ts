import { FIELDS, PERSON_FIELDS, POLICY_ACTIONS, UNIT_FIELDS } from './contract.ts';

export { FIELDS, PERSON_FIELDS, POLICY_ACTIONS, UNIT_FIELDS };

/**
 * What is compared with 企业微信, and what may be done about a difference of each kind (D11). Pure.
 *
 * A mobile and an e-mail are read only by apps older than 2022-06-20 (page 90196); for all others they are written
 * and never seen again, which is "not compared", not "equal".
 */
export type PersonField = (typeof PERSON_FIELDS)[number];
export type UnitField = (typeof UNIT_FIELDS)[number];
export type Field = (typeof FIELDS)[number];

/** `person`, `unit`: ours. `member`, `department`: in 企业微信 only. */
export type SubjectType = 'person' | 'unit' | 'member' | 'department';

export type PolicyAction = (typeof POLICY_ACTIONS)[number];

export interface FieldPolicy {
  readonly action: PolicyAction;
  /** Done without asking as soon as a difference is found; otherwise the page only proposes it. */
  readonly automatic: boolean;
}

interface FieldRule {
  /** 放回 is possible at all. */
  readonly putsBack: boolean;
  /** 放回 may happen without a person: never what creates, disables or lets in. */
  readonly putsBackAlone: boolean;
  readonly policy: FieldPolicy;
}

const ask: FieldPolicy = { action: 'ask', automatic: false };
const propose = (action: PolicyAction): FieldPolicy => ({ action, automatic: false });
const ordinary: FieldRule = { putsBack: true, putsBackAlone: true, policy: propose('putBack') };

export const FIELD_RULES: Readonly<Record<Field, FieldRule>> = {
  // Written by us and gone: creating it again is a person's decision.
  presence: { putsBack: true, putsBackAlone: false, policy: ask },
  department: ordinary,
  mainDepartment: ordinary,
  name: ordinary,
  position: { ...ordinary, policy: propose('take') },
  leader: ordinary,
  manager: ordinary,
  // Somebody at the console locked or unlocked: a security matter, never answered by a machine.
  enabled: { putsBack: true, putsBackAlone: false, policy: ask },
  // 企业微信 ignores a new mobile of an activated member in silence (page 90197).
  mobile: { putsBack: false, putsBackAlone: false, policy: propose('take') },
  email: { putsBack: true, putsBackAlone: false, policy: propose('take') },
  order: { ...ordinary, policy: { action: 'ignore', automatic: true } },
  unitPresence: { putsBack: true, putsBackAlone: false, policy: ask },
  unitName: { ...ordinary, policy: propose('take') },
  unitParent: ordinary,
  unitOrder: { ...ordinary, policy: { action: 'ignore', automatic: true } },
  // Never deleted from here: recognised by a person, or ignored with a reason.
  stranger: { putsBack: false, putsBackAlone: false, policy: propose('take') },
  foreignDepartment: { putsBack: false, putsBackAlone: false, policy: ask },
};

/** Why this policy cannot be set; null when it can. */
export function whyNotPolicy(
  field: Field,
  { action, automatic }: FieldPolicy,
): 'putBack' | 'automatic' | null {
  const rule = FIELD_RULES[field];
  if (action === 'putBack' && !rule.putsBack) return 'putBack';
  if (!automatic) return null;
  return action === 'ask' || (action === 'putBack' && !rule.putsBackAlone) ? 'automatic' : null;
}

/** Read from 企业微信 whatever the app's age. */
export const READABLE: readonly Field[] = FIELDS.filter((field) => field !== 'mobile' && field !== 'email');
