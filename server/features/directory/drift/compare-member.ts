import { maskMobile } from '../../../platform/vault/index.ts';
import { maskEmail } from '../commands/protect-personal.ts';
import type { DesiredMember } from '../push/desired.ts';
import type { DesiredManager, Written } from '../push/difference.ts';
import { PERSON_FIELDS, type PersonField } from './fields.ts';
import { differences, type Found, type SecretValue, type Value, type Values } from './values.ts';

/** A member as 企业微信 answered; what it does not tell is left out. */
export interface ReadMember {
  readonly userid: string;
  /** Only from user/list_id: user/get and user/list name the departments that the app may see. */
  readonly departments?: readonly number[] | undefined;
  readonly details?: ReadDetails | undefined;
}

export interface ReadDetails {
  readonly name: string;
  readonly department: readonly number[];
  readonly order: readonly number[];
  readonly is_leader_in_dept: readonly number[];
  /** Userids; empty also when the app does not see the superior. */
  readonly direct_leader: readonly string[];
  readonly main_department?: number | null | undefined;
  readonly position?: string | null | undefined;
  readonly status?: number | null | undefined;
  readonly mobile?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** Our side: what was last written, and what it should be now. */
export interface OurMember {
  readonly state: 'active' | 'locked' | 'left';
  /** Null for who has left or holds no post: then nothing of the person is wanted there. */
  readonly desired: DesiredMember | null;
  /** Null while 企业微信 does not know the superior: nothing is said about it. */
  readonly manager: DesiredManager | null;
  readonly written: Readonly<Record<string, unknown>>;
}

export interface Secrets {
  /** As the mirror keeps a personal value. */
  readonly hide: (value: string) => string;
  /** One form per number, so that equal ones have equal prints. */
  readonly mobileForm: (value: string) => string;
  readonly personOf: (userid: string) => string | null;
}

const DISABLED = 2;
const LEFT_CORP = 5;

export interface MemberCompared {
  /** Fields that 企业微信 told; the others are neither equal nor different. */
  readonly fields: readonly PersonField[];
  readonly found: readonly Found<PersonField>[];
}

/** What differs of one member we have written. */
export function compareMember(read: ReadMember, our: OurMember, secrets: Secrets): MemberCompared {
  const over = common(read, our);
  const theirs = valuesOfRead(read, our, over, secrets);
  const written = valuesOfWritten(our.written, over);
  const wanted = wantedValues(our, over, secrets, written);
  return {
    fields: PERSON_FIELDS.filter((field) => theirs[field] !== undefined),
    found: differences(PERSON_FIELDS, theirs, written, wanted),
  };
}

/** Flags and order values go with a department, so they are compared where all three sides have it. */
function common(read: ReadMember, { desired, written }: OurMember): number[] {
  const theirs = read.details?.department ?? [];
  const wrote = numbers(written.department);
  const wanted = desired?.department ?? wrote;
  return sorted(theirs.filter((id) => wrote.includes(id) && wanted.includes(id)));
}

function wantedValues(our: OurMember, over: readonly number[], secrets: Secrets, written: Values): Values {
  // A former member stays disabled until deletion; the rest of the record is nobody's business any more.
  if (our.state === 'left') return written.enabled === undefined ? {} : { enabled: false };
  if (!our.desired) return {};
  const { desired, manager } = our;
  const secret = (value: string, masked: string | null): SecretValue | null =>
    value === '' ? null : { print: secrets.hide(value), masked: masked ?? '' };
  return {
    ...seats(desired.department, desired.is_leader_in_dept, desired.order, over),
    department: sorted(desired.department),
    mainDepartment: desired.main_department,
    name: desired.name,
    position: desired.position,
    enabled: desired.enable === 1,
    ...(manager && { manager: manager.personId === null ? null : { personId: manager.personId } }),
    mobile: secret(desired.mobile, maskMobile(desired.mobile)),
    email: secret(desired.email, maskEmail(desired.email)),
  };
}

/** What the mirror does not hold is still to be written and so not compared; no superior was ever written: none. */
function valuesOfWritten(written: NonNullable<Written>, over: readonly number[]): Values {
  const departments = numbers(written.department);
  const print = (value: unknown): Value | undefined =>
    typeof value !== 'string' ? undefined : value === '' ? null : { print: value, masked: '' };
  return defined({
    ...(departments.length > 0 && {
      department: sorted(departments),
      ...seats(departments, list(written.is_leader_in_dept), list(written.order), over),
    }),
    mainDepartment: typeof written.main_department === 'number' ? written.main_department : undefined,
    name: text(written.name),
    position: text(written.position),
    enabled: written.enable === undefined ? undefined : written.enable === 1,
    manager: managerWritten(written.manager),
    mobile: print(written.mobile),
    email: print(written.email),
  });
}

const managerWritten = (value: unknown): Value =>
  typeof value === 'string' ? { personId: value } : isUserid(value) ? { userid: value.userid } : null;

const isUserid = (value: unknown): value is { userid: string } =>
  typeof value === 'object' && value !== null && 'userid' in value && typeof value.userid === 'string';

function valuesOfRead(
  { departments, details }: ReadMember,
  our: OurMember,
  over: readonly number[],
  secrets: Secrets,
): Values {
  return defined({
    department: departments && sorted(departments),
    ...(details && valuesOfDetails(details, our, over, secrets)),
    ...(details && { manager: managerRead(details, our, secrets) }),
  });
}

/**
 * None named: there is none, or the app does not see them (page 90196). That is not told apart, so it is compared
 * only where none is wanted.
 */
function managerRead(
  { direct_leader: [leader] }: ReadDetails,
  { manager }: OurMember,
  { personOf }: Secrets,
) {
  if (leader === undefined) return manager?.personId === null ? null : undefined;
  const personId = personOf(leader);
  return personId === null ? { userid: leader } : { personId };
}

function valuesOfDetails(
  details: ReadDetails,
  { desired }: OurMember,
  over: readonly number[],
  secrets: Secrets,
): Values {
  const { status, mobile, email } = details;
  // Whoever is no longer in the main department at all has another one: that is told by the departments.
  const hasMain = desired !== null && over.includes(desired.main_department);
  return defined({
    ...seats(details.department, details.is_leader_in_dept, details.order, over),
    name: details.name,
    position: details.position ?? undefined,
    mainDepartment: hasMain ? (details.main_department ?? undefined) : undefined,
    enabled:
      status === null || status === undefined || status === LEFT_CORP ? undefined : status !== DISABLED,
    mobile: mobile ? secretOf(secrets.mobileForm(mobile), maskMobile, secrets) : undefined,
    email: email ? secretOf(email, (value) => maskEmail(value) ?? '', secrets) : undefined,
  });
}

const secretOf = (value: string, mask: (value: string) => string, { hide }: Secrets): SecretValue => ({
  print: hide(value),
  masked: mask(value),
});

/** A list the mirror does not hold is not compared. */
function seats(
  departments: readonly number[],
  leads: readonly number[] | null,
  order: readonly number[] | null,
  over: readonly number[],
): { leader?: Value; order?: Value } {
  const at = (id: number) => departments.indexOf(id);
  return {
    ...(leads && { leader: over.filter((id) => leads[at(id)] === 1) }),
    ...(order && { order: over.map((id) => [id, order[at(id)] ?? 0] as const) }),
  };
}

const sorted = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b);
const numbers = (value: unknown): number[] => list(value) ?? [];
const list = (value: unknown): number[] | null => (Array.isArray(value) ? value.map(Number) : null);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Without what is not known. */
function defined(values: Readonly<Record<string, Value | undefined>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}
