import { dateOf } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import {
  categoryName,
  type Directory,
  type HeldPost,
  type MemberPush,
  type OrgPerson,
  type PersonRecord,
} from '../../directory/index.ts';
import type { PersonAnswer, PersonalField } from './contract.ts';
import { stateOf } from './find-people.ts';
import { historyLines, lockedSince, VALUES, type Reader } from './history-words.ts';
import { namesDownTo, openPerson } from './units.ts';
import type { World } from './world.ts';

export interface PersonReader extends Reader {
  readonly canReveal: boolean;
}

type Records = Pick<Directory, 'personRecord' | 'postsEver' | 'historyOf' | 'memberPushes'>;

/** `historyOf` gives no more than this. */
const HISTORY_LINES = 200;

/** One person for whoever may see them; the caller has checked that. */
export async function readPerson(
  reads: Reads,
  directory: Records,
  world: World,
  personId: string,
  reader: PersonReader,
): Promise<PersonAnswer> {
  const person = world.today.person(personId);
  const record = await directory.personRecord(reads, personId);
  if (!person || !record) throw notFound('access.unknown_person');
  const entries = await directory.historyOf(reads, 'person', personId);
  const [push] = await directory.memberPushes(reads, [personId]);
  return {
    personId,
    staffNo: person.staffNo,
    name: person.name,
    category: person.category,
    categoryName: categoryName(person.category, person.establishment),
    state: stateOf(person),
    stateSince: since(person, record, lockedSince(entries)),
    posts: postsOf(world, await directory.postsEver(reads, personId), dateOf(reads.now)),
    manager: record.managerId === null ? null : openPerson(world, record.managerId),
    personal: personalOf(record, reader),
    facts: factsOf(person, record, reader),
    wecom: wecomOf(push),
    history: [...historyLines(world.today, entries, reader)],
    historyCut: entries.length >= HISTORY_LINES,
  };
}

function since({ state }: OrgPerson, { statusOn }: PersonRecord, locked: string | null): string | null {
  if (state === 'locked') return locked;
  return state === 'left' ? statusOn : null;
}

const ORDER = ['main', 'concurrent', 'coming', 'former'] as const;

function postsOf(world: World, posts: readonly HeldPost[], today: string): PersonAnswer['posts'] {
  const kindOf = ({ kind, sinceOn, untilOn }: HeldPost): (typeof ORDER)[number] => {
    if (untilOn !== null && untilOn <= today) return 'former';
    return sinceOn > today ? 'coming' : kind;
  };
  return (
    posts
      // One that was called off before it began never was.
      .filter(({ sinceOn, untilOn }) => sinceOn !== untilOn)
      .map((post) => ({
        assignmentId: post.id,
        kind: kindOf(post),
        unit: {
          unitId: post.unitId,
          name: world.today.unit(post.unitId)?.name ?? '',
          open: world.visible.hasUnit(post.unitId),
        },
        unitPath: namesDownTo(world.today, post.unitId).join(' / '),
        title: post.title,
        isHead: post.isHead,
        since: post.sinceOn,
        until: post.untilOn,
      }))
      .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  );
}

export const FIELD_LABELS: Readonly<Record<PersonalField, string>> = {
  mobile: '手机号',
  idNumber: '证件号码',
  bornOn: '出生日期',
  email: '邮箱',
  address: '家庭住址',
};

function personalOf(record: PersonRecord, { canReveal }: PersonReader): PersonAnswer['personal'] {
  const masked: Readonly<Record<PersonalField, string | null>> = {
    mobile: record.mobileMasked,
    idNumber: record.idNumberMasked,
    bornOn: record.bornOnMasked,
    email: record.emailMasked,
    address: record.addressMasked,
  };
  return (Object.keys(FIELD_LABELS) as PersonalField[]).flatMap((field) => {
    const value = masked[field];
    return value === null ? [] : [{ field, label: FIELD_LABELS[field], masked: value, canReveal }];
  });
}

/** H5: HR's status of somebody locked tells why, so it is left out; every lock reads the same. */
function factsOf(
  { state }: OrgPerson,
  record: PersonRecord,
  { knowsLocks, knowsReasons }: PersonReader,
): PersonAnswer['facts'] {
  const showsStatus = state !== 'locked' || knowsLocks;
  const facts: readonly (readonly [string, string | null])[] = [
    ['性别', wordOf(record.sex)],
    ['证件类型', wordOf(record.idType)],
    ['职级', record.grade],
    ['用工起始', record.employedOn],
    ['合同截止', record.contractUntilOn],
    ['状态', showsStatus ? wordOf(record.status) : null],
    ['状态日期', showsStatus ? record.statusOn : null],
    ['离开原因', knowsReasons ? record.leaveReason : null],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]));
}

const wordOf = (code: string | null): string | null => (code === null ? null : (VALUES[code] ?? code));

const PUSH_WORDS: Readonly<Record<MemberPush['state'], string>> = {
  none: '还不是企业微信成员',
  written: '和通讯录一致',
  waiting: '有变动等待写入',
  failed: '企业微信没有接受',
};

function wecomOf(push: MemberPush | undefined): PersonAnswer['wecom'] {
  const { state = 'none', errorCode = null, at = null } = push ?? {};
  return { state, words: PUSH_WORDS[state], errorCode, at };
}
