/**
 * Carries a plan out on the known model, change by change, and refuses what 企业微信 or the directory would refuse at
 * that moment. So a test that applies a plan also tests its order.
 */
import type { Known, KnownPerson, KnownPost, KnownUnit, Secret } from '../../model.ts';
import { MAX_DEPTH } from '../unit-goals.ts';
import type { MadePlan, PlannedChange } from '../types.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Model {
  readonly rootCode: string;
  readonly units: Map<string, Mutable<KnownUnit>>;
  readonly people: Map<string, Mutable<KnownPerson>>;
  /** Person ids by staff number and by mobile: each has one holder at most, whatever their state. */
  readonly numbers: Map<string, string>;
  readonly mobiles: Map<string, string>;
}

export interface Applied {
  readonly known: Known;
  /** Changes that wait for a later day. */
  readonly pending: readonly PlannedChange[];
}

/** @throws Error naming the change whose precondition does not hold at its place */
export function applyToModel(
  known: Known,
  { changes, withdrawn }: Pick<MadePlan, 'changes' | 'withdrawn'>,
  today: string,
  pendingBefore: readonly PlannedChange[] = [],
): Applied {
  const model: Model = {
    rootCode: known.rootCode,
    units: new Map(known.units.map((unit) => [unit.code, { ...unit }])),
    people: new Map(known.people.map((person) => [person.personId, { ...person }])),
    numbers: new Map(known.people.map(({ staffNo, personId }) => [staffNo, personId])),
    mobiles: new Map(
      known.people.flatMap(({ mobile, personId }) => (mobile ? [[mobile.print, personId]] : [])),
    ),
  };
  const gone = new Set(withdrawn);
  const pending = pendingBefore.filter((change) => !gone.has(change));
  const done = new Set<string>();
  const places = new Map(changes.map(({ key }, at) => [key, at]));
  for (const [at, change] of changes.entries()) {
    for (const need of change.needs) {
      const place = places.get(need);
      if (place === undefined) throw new Error(`${change.key} needs ${need}, which is not planned`);
      if (place < at && change.effectiveOn <= today && !done.has(need))
        throw new Error(`${change.key} was done without ${need}`);
    }
    if (change.effectiveOn > today) {
      pending.push(change);
      continue;
    }
    if (change.target.type === 'unit') applyUnit(model, change);
    else applyPerson(model, change);
    done.add(change.key);
  }
  return {
    known: { rootCode: known.rootCode, units: [...model.units.values()], people: [...model.people.values()] },
    pending,
  };
}

function must(condition: boolean, change: PlannedChange, what: string): asserts condition {
  if (!condition) throw new Error(`${change.key}: ${what}`);
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/* ---------- units ---------- */

const isActive = (unit: KnownUnit | undefined): unit is KnownUnit => unit?.state === 'active';

function childrenOf({ units }: Model, code: string): KnownUnit[] {
  return [...units.values()].filter((unit) => isActive(unit) && unit.parentCode === code);
}

function applyUnit(model: Model, change: PlannedChange): void {
  const { set, kind, target } = change;
  const code = target.ref;
  must(code !== model.rootCode, change, 'the institution is never written');
  const unit = model.units.get(code);
  if (kind === 'unitCreate') {
    must(unit?.state !== 'active', change, 'exists already');
    model.units.set(code, newUnit(change, unit?.unitId ?? `new-${code}`));
  } else {
    must(isActive(unit), change, 'does not exist');
    if (kind === 'unitDissolve') dissolve(model, change, code);
    else Object.assign(unit, patchOf(set, ['name', 'parentCode', 'category', 'sortOrder']));
    for (const field of ['headStaffNo', 'leaderStaffNo'] as const) {
      if (!(field in set)) continue;
      const staffNo = text(set[field]);
      must(staffNo === null || employed(model, staffNo) !== undefined, change, `${field} is nobody`);
      (unit as Mutable<KnownUnit>)[field] = staffNo;
    }
  }
  if (kind !== 'unitDissolve') checkPlace(model, change, code);
}

function newUnit({ set, target }: PlannedChange, unitId: string): Mutable<KnownUnit> {
  return {
    unitId,
    code: target.ref,
    name: text(set['name']) ?? '',
    parentCode: text(set['parentCode']),
    headStaffNo: null,
    leaderStaffNo: null,
    sortOrder: Number(set['sortOrder'] ?? 0),
    category: text(set['category']),
    state: 'active',
  };
}

function dissolve(model: Model, change: PlannedChange, code: string): void {
  must(childrenOf(model, code).length === 0, change, 'has sub-units');
  const members = [...model.people.values()].filter(({ posts }) =>
    posts.some((post) => post.unitCode === code),
  );
  must(members.length === 0, change, `has members: ${members.map(({ staffNo }) => staffNo).join()}`);
  const unit = model.units.get(code);
  if (unit) unit.state = 'removed';
}

function checkPlace(model: Model, change: PlannedChange, code: string): void {
  const unit = model.units.get(code);
  must(isActive(unit), change, 'is not there');
  must(isActive(model.units.get(unit.parentCode ?? '')), change, `no parent ${unit.parentCode}`);
  const twins = childrenOf(model, unit.parentCode ?? '').filter(({ name }) => name === unit.name);
  must(twins.length === 1, change, `name taken: ${unit.name}`);
  let depth = 1;
  for (let at: KnownUnit | undefined = unit; at && at.code !== model.rootCode; depth += 1) {
    must(depth <= MAX_DEPTH, change, 'under itself, or too deep');
    at = model.units.get(at.parentCode ?? '');
  }
  for (let level: KnownUnit[] = [unit]; level.length > 0; depth += 1) {
    must(depth <= MAX_DEPTH, change, 'too deep');
    level = level.flatMap((one) => childrenOf(model, one.code));
  }
}

/* ---------- people ---------- */

const PLAIN = [
  'name',
  'staffNo',
  'sourceId',
  'sex',
  'idType',
  'email',
  'grade',
  'category',
  'establishment',
  'employedOn',
  'contractUntilOn',
  'status',
  'statusOn',
  'leaveReason',
  'sortOrder',
  'managerStaffNo',
] as const;
const SECRET = ['idNumber', 'bornOn', 'mobile'] as const;

function patchOf(set: PlannedChange['set'], fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => field in set).map((field) => [field, set[field]]));
}

const withNumber = ({ people, numbers }: Model, staffNo: string) => people.get(numbers.get(staffNo) ?? '');

function employed(model: Model, staffNo: string): KnownPerson | undefined {
  const person = withNumber(model, staffNo);
  return person && person.status !== 'left' && person.status !== 'retired' ? person : undefined;
}

function applyPerson(model: Model, change: PlannedChange): void {
  const { kind, set, target } = change;
  if (kind === 'hire') {
    must(!model.numbers.has(target.ref), change, 'staff number taken');
    model.people.set(`new-${target.ref}`, blank(target.ref));
    model.numbers.set(target.ref, `new-${target.ref}`);
  }
  const person = target.id === null ? withNumber(model, target.ref) : model.people.get(target.id);
  must(person !== undefined, change, 'is nobody');
  const before = { ...person };
  Object.assign(person, patchOf(set, PLAIN), secretsOf(change));
  exchange(model.numbers, before.staffNo, person.staffNo, person, change, 'staff number taken');
  exchange(model.mobiles, before.mobile?.print, person.mobile?.print, person, change, 'mobile taken');
  if (person.staffNo !== before.staffNo) renumber(model, before.staffNo, person.staffNo);
  applyPosts(model, person, change);
  applyState(person, kind);
  const hadContact = before.mobile !== null || before.email !== null;
  const hasContact = person.mobile !== null || person.email !== null;
  // Of somebody who leaves in the same plan the mobile may go before they do.
  const leaves = change.needs.some((key) => /:(leave|retire)$/.test(key));
  must(hasContact || !hadContact || person.state === 'left' || leaves, change, 'no contact left');
  if (typeof set['managerStaffNo'] === 'string') checkManager(model, person, change);
}

/** What one has nobody else may have; it is free once given up. */
function exchange(
  holders: Map<string, string>,
  before: string | undefined,
  after: string | undefined,
  { personId }: KnownPerson,
  change: PlannedChange,
  what: string,
): void {
  if (before === after) return;
  if (before !== undefined) holders.delete(before);
  if (after === undefined) return;
  must(!holders.has(after), change, what);
  holders.set(after, personId);
}

function secretsOf({ set, fields }: PlannedChange): Record<string, Secret | null> {
  const entries = SECRET.filter((field) => field in set).map((field): [string, Secret | null] => {
    const print = text(set[field]);
    const masked = fields.find((one) => one.field === field)?.after ?? '';
    return [field, print === null ? null : { print, masked }];
  });
  return Object.fromEntries(entries);
}

function blank(staffNo: string): Mutable<KnownPerson> {
  return {
    personId: `new-${staffNo}`,
    staffNo,
    sourceId: null,
    name: '',
    sex: null,
    idType: null,
    idNumber: null,
    bornOn: null,
    mobile: null,
    email: null,
    posts: [],
    grade: null,
    managerStaffNo: null,
    category: 'internal',
    establishment: null,
    employedOn: null,
    contractUntilOn: null,
    status: 'working',
    statusOn: null,
    leaveReason: null,
    sortOrder: 0,
    state: 'active',
  };
}

/** References are by person, staff numbers are how they are told. */
function renumber({ units, people }: Model, before: string, after: string): void {
  for (const one of people.values()) if (one.managerStaffNo === before) one.managerStaffNo = after;
  for (const unit of units.values()) {
    if (unit.headStaffNo === before) unit.headStaffNo = after;
    if (unit.leaderStaffNo === before) unit.leaderStaffNo = after;
  }
}

function applyPosts(model: Model, person: Mutable<KnownPerson>, change: PlannedChange): void {
  const { kind, set, effectiveOn } = change;
  const post = (unitCode: string, of: KnownPost['kind'], title = ''): KnownPost => {
    must(isActive(model.units.get(unitCode)), change, `no unit ${unitCode}`);
    return { unitCode, kind: of, title, isHead: false, sinceOn: effectiveOn, untilOn: null };
  };
  const main = person.posts.find((one) => one.kind === 'main');
  const unitCode = text(set['unitCode']) ?? '';
  if (kind === 'hire' || kind === 'rehire') {
    const codes = Array.isArray(set['unitCodes']) ? (set['unitCodes'] as readonly string[]) : [];
    person.posts = codes.map((code, at) => post(code, at === 0 ? 'main' : 'concurrent'));
  } else if (kind === 'move') {
    const others = person.posts.filter((one) => one !== main && one.unitCode !== unitCode);
    person.posts = [post(unitCode, 'main', main?.title), ...others];
  } else if (kind === 'giveConcurrent') {
    must(!person.posts.some((one) => one.unitCode === unitCode), change, 'serves there already');
    person.posts = [...person.posts, post(unitCode, 'concurrent')];
  } else if (kind === 'endConcurrent') {
    must(
      person.posts.some((one) => one.unitCode === unitCode),
      change,
      'does not serve there',
    );
    person.posts = person.posts.filter((one) => one.unitCode !== unitCode);
  } else if (kind === 'leave' || kind === 'retire') person.posts = [];
  if ('title' in set)
    person.posts = person.posts.map((one) =>
      one.kind === 'main' ? { ...one, title: text(set['title']) ?? '' } : one,
    );
}

function applyState(person: Mutable<KnownPerson>, kind: PlannedChange['kind']): void {
  if (kind === 'leave' || kind === 'retire') person.state = 'left';
  else if (kind === 'suspend' || kind === 'secondOut') person.state = 'locked';
  else if (kind === 'resume' || kind === 'rehire') person.state = 'active';
}

function checkManager(model: Model, person: KnownPerson, change: PlannedChange): void {
  const seen = new Set<string>();
  for (let at: KnownPerson | undefined = person; at; at = withNumber(model, at.managerStaffNo ?? '')) {
    must(!seen.has(at.personId), change, 'closes a circle of superiors');
    seen.add(at.personId);
  }
  must(employed(model, person.managerStaffNo ?? '') !== undefined, change, 'superior is nobody');
}
