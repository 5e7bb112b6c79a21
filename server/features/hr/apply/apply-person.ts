import { conflict, notFound } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory, PersonFields, PostGoal } from '../../directory/index.ts';
import type { PersonRecord } from '../model.ts';
import type { PlannedChange } from '../plan/index.ts';

/** Personal values are in the sealed row only; a plan knows them by their print. */
const PERSONAL = ['idNumber', 'bornOn', 'mobile'] as const;
/** Fields of the record itself; the others are posts, superiors or the status. */
const FIELDS = [
  'staffNo',
  'sourceId',
  'name',
  'sex',
  'idType',
  'email',
  'grade',
  'category',
  'establishment',
  'employedOn',
  'contractUntilOn',
  'sortOrder',
] as const;

/** Words for how the employment stands; a change of the standing itself is an act of its own. */
const STANDING = ['status', 'statusOn', 'leaveReason'] as const;

/** One change of one person through the directory's door. False: it is so already (D5). */
export async function applyPerson(
  directory: Directory,
  tx: Tx,
  change: PlannedChange,
  record: PersonRecord | null,
): Promise<boolean> {
  const on = change.effectiveOn;
  if (change.kind === 'hire') return hire(directory, tx, change, mustHave(record));
  const personId = await mustBeKnown(directory, tx, change);
  switch (change.kind) {
    case 'change':
      return changeFields(directory, tx, personId, change, record);
    case 'move':
    case 'giveConcurrent':
    case 'endConcurrent': {
      const posts = await postsGoal(directory, tx, personId, mustHave(record), change);
      return directory.changePosts(tx, personId, posts, on);
    }
    case 'rehire': {
      const posts = await postsGoal(directory, tx, personId, mustHave(record), change);
      return directory.rehire(tx, personId, { on, posts, fields: fieldsOf(change, record) });
    }
    case 'leave':
    case 'retire': {
      const status = change.kind === 'retire' ? 'retired' : 'left';
      const reason = record?.leaveReason ?? null;
      return (await directory.endEmployment(tx, personId, { status, on, reason })).changed;
    }
    case 'secondOut': {
      const status = record?.status === 'attachedOut' ? 'attachedOut' : 'secondedOut';
      return directory.secondOut(tx, personId, { status, on });
    }
    case 'suspend':
      return directory.suspend(tx, personId, on);
    case 'resume':
      return directory.resume(tx, personId, { on });
    default:
      throw new Error(`${change.kind} is no change of a person`);
  }
}

/** Repeated after a crash in between, the person with this number is there already and as the row says (D5). */
async function hire(
  directory: Directory,
  tx: Tx,
  change: PlannedChange,
  record: PersonRecord,
): Promise<boolean> {
  const personId = await directory.lookups.personIdOf(tx, record.staffNo);
  const put = await directory.putPerson(tx, {
    ...(personId !== null && { personId }),
    ...fieldsOf(change, record),
    ...('statusOn' in change.set && { statusOn: record.statusOn }),
    staffNo: record.staffNo,
    posts: await postsGoal(directory, tx, personId, record, change),
    on: change.effectiveOn,
  });
  const stood = await standAs(directory, tx, put.personId, change);
  return put.changed || stood;
}

/** Hired as somebody who is away or suspended already. */
async function standAs(
  directory: Directory,
  tx: Tx,
  personId: string,
  { set, effectiveOn: on }: PlannedChange,
): Promise<boolean> {
  switch (set.status) {
    case 'suspended':
      return directory.suspend(tx, personId, on);
    case 'secondedOut':
    case 'attachedOut':
      return directory.secondOut(tx, personId, { status: set.status, on });
    default:
      return false;
  }
}

async function changeFields(
  directory: Directory,
  tx: Tx,
  personId: string,
  change: PlannedChange,
  record: PersonRecord | null,
): Promise<boolean> {
  const results: boolean[] = [];
  const on = change.effectiveOn;
  const fields = fieldsOf(change, record);
  if (Object.keys(fields).length > 0)
    results.push((await directory.putPerson(tx, { personId, ...fields, on })).changed);
  if (STANDING.some((field) => field in change.set))
    results.push(await correctStanding(directory, tx, personId, change, record));
  if ('title' in change.set) {
    const title = String(change.set.title ?? '');
    const held = await directory.lookups.postsOf(tx, personId);
    const posts = held.map((post) => (post.kind === 'main' ? { ...post, title } : post));
    results.push(await directory.changePosts(tx, personId, posts, on));
  }
  if ('managerStaffNo' in change.set) {
    const managerId = await personIdOf(directory, tx, change.set.managerStaffNo);
    results.push(await directory.setManager(tx, personId, managerId));
  }
  return results.some(Boolean);
}

/** The same standing said in another word, or with another day or reason. */
async function correctStanding(
  directory: Directory,
  tx: Tx,
  personId: string,
  { set, effectiveOn }: PlannedChange,
  record: PersonRecord | null,
): Promise<boolean> {
  const { status, statusOn, leaveReason } = mustHave(record);
  if (status === 'left' || status === 'retired') {
    const end = { status, on: statusOn ?? effectiveOn, reason: leaveReason ?? null };
    return (await directory.endEmployment(tx, personId, end)).changed;
  }
  const said = STANDING.filter((field) => field in set).map((field) => [field, set[field]]);
  return (await directory.putPerson(tx, { personId, ...(Object.fromEntries(said) as PersonFields) })).changed;
}

/** What the plan sets, personal values from the row; whatever it does not name stays (A5). */
function fieldsOf({ set }: PlannedChange, record: PersonRecord | null): PersonFields {
  const plain = FIELDS.filter((field) => field in set).map((field) => [field, set[field]]);
  const personal = PERSONAL.filter((field) => field in set).map((field) => [
    field,
    set[field] === null ? null : mustHave(record)[field],
  ]);
  return Object.fromEntries([...plain, ...personal]) as PersonFields;
}

/** All posts of the row: the first unit is the main one. Titles and marks of posts held already stay. */
async function postsGoal(
  { lookups }: Directory,
  tx: Tx,
  personId: string | null,
  record: PersonRecord,
  { effectiveOn }: PlannedChange,
): Promise<PostGoal[]> {
  const held = personId === null ? [] : await lookups.postsOf(tx, personId);
  const goals: PostGoal[] = [];
  for (const [at, code] of record.unitCodes.entries()) {
    const unitId = await lookups.unitIdOf(tx, code);
    if (unitId === null) throw notFound('directory.unknown_unit');
    const post = held.find((one) => one.unitId === unitId) ?? newPost(unitId, effectiveOn);
    const kind = at === 0 ? ('main' as const) : ('concurrent' as const);
    const title = at === 0 && record.title !== undefined ? (record.title ?? '') : post.title;
    goals.push({ ...post, kind, title });
  }
  return goals;
}

const newPost = (unitId: string, sinceOn: string): PostGoal => ({
  unitId,
  kind: 'concurrent',
  title: '',
  isHead: false,
  headRank: null,
  sinceOn,
  untilOn: null,
  place: null,
});

export async function personIdOf({ lookups }: Directory, tx: Tx, staffNo: unknown): Promise<string | null> {
  if (staffNo === null || staffNo === undefined) return null;
  const personId = await lookups.personIdOf(tx, String(staffNo));
  if (personId === null) throw notFound('directory.unknown_person');
  return personId;
}

/** People hired by this very plan have no id in it yet: their staff number finds them. */
async function mustBeKnown({ lookups }: Directory, tx: Tx, { target }: PlannedChange): Promise<string> {
  const personId = target.id ?? (await lookups.personIdOf(tx, target.ref));
  if (personId === null) throw notFound('directory.unknown_person');
  return personId;
}

function mustHave(record: PersonRecord | null): PersonRecord {
  // The plan was made from this row; without it the batch was changed, which outdates the plan.
  if (!record) throw conflict('hr.plan_outdated');
  return record;
}
