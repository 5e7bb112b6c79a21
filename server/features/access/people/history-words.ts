import type { HistoryEntry, Org } from '../../directory/index.ts';
import type { HistoryLine } from './contract.ts';

/** What the reader of a history may learn besides posts and plain facts. */
export interface Reader {
  /** Why an account is locked (H5). */
  readonly knowsLocks: boolean;
  /** Why somebody left. */
  readonly knowsReasons: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
type Part = HistoryLine['part'];

const KINDS: Readonly<Record<string, readonly [Part, string]>> = {
  hired: ['posts', '入职'],
  rehired: ['posts', '重新入职'],
  posts: ['posts', '岗位变动'],
  left: ['posts', '离职'],
  retired: ['posts', '退休'],
  leavingCorrected: ['data', '更正离开信息'],
  changed: ['data', '资料变动'],
  manager: ['data', '直属上级变动'],
  lock: ['account', '锁定'],
  unlock: ['account', '解锁'],
  suspended: ['account', '停职'],
  secondedOut: ['account', '借调到外单位'],
  attachedOut: ['account', '挂职到外单位'],
  resumed: ['account', '恢复在职'],
  deletionAsked: ['account', '从企业微信删除'],
  rewritten: ['account', '重新写入企业微信'],
  forgotten: ['data', '个人信息到期清除'],
  address: ['data', '改家庭住址'],
};

const LABELS: Readonly<Record<string, string>> = {
  staffNo: '工号',
  sourceId: '人事系统编号',
  name: '姓名',
  sex: '性别',
  idType: '证件类型',
  idNumber: '证件号码',
  bornOn: '出生日期',
  mobile: '手机号',
  email: '邮箱',
  address: '家庭住址',
  grade: '职级',
  category: '人员类别',
  establishment: '编制类别',
  employedOn: '用工起始',
  contractUntilOn: '合同截止',
  status: '状态',
  statusOn: '状态日期',
  leaveReason: '离开原因',
  managerId: '直属上级',
  userid: '企业微信账号',
  posts: '岗位',
};

export const VALUES: Readonly<Record<string, string>> = {
  male: '男',
  female: '女',
  residentId: '居民身份证',
  passport: '护照',
  hmtResidence: '港澳台居民居住证',
  foreignResidence: '外国人永久居留身份证',
  internal: '院内',
  external: '院外服务',
  entrusted: '代管',
  established: '在编',
  employee: '雇员',
  outsourced: '外包',
  seconded: '借调',
  attached: '挂职',
  other: '其他',
  working: '在职',
  secondedOut: '借调',
  attachedOut: '挂职',
  suspended: '停职',
  left: '离职',
  retired: '退休',
};
const CODED = new Set(['sex', 'idType', 'category', 'establishment', 'status']);

/** The kinds that may say why somebody is locked. */
const OF_LOCKS = new Set(['lock', 'unlock', 'suspended', 'secondedOut', 'attachedOut', 'resumed']);
const LOCK_FIELDS = new Set(['status', 'statusOn']);

/** A person's history in words. Every lock reads the same to whom the reason is not told (H5). */
export function historyLines(
  org: Org,
  entries: readonly HistoryEntry[],
  reader: Reader,
): readonly HistoryLine[] {
  return entries.flatMap((entry): HistoryLine[] => {
    const { eventId, kind, at, effectiveOn } = entry;
    const line = { id: eventId, at, on: effectiveOn };
    if (OF_LOCKS.has(kind) && !reader.knowsLocks) {
      const words = lockWords(entry);
      return words === null ? [] : [{ ...line, part: 'account', words, changes: [], by: null }];
    }
    const [part, words] = KINDS[kind] ?? ['data', '变动'];
    const changes = changesOf(org, entry, reader);
    // What is left of it would say no more than that something is hidden.
    if (kind === 'changed' && changes.length === 0) return [];
    return [{ ...line, part, words, changes, by: nameOf(org, entry.by) }];
  });
}

/** Null where the account stayed as it was: then even the day says something. */
function lockWords({ after }: HistoryEntry): string | null {
  const state = after?.['state'];
  if (state === 'locked') return '锁定';
  return state === 'active' ? '解锁' : null;
}

/** The day from which the present lock holds. */
export const lockedSince = (entries: readonly HistoryEntry[]): string | null =>
  entries.find(({ after }) => after?.['state'] === 'locked')?.effectiveOn ?? null;

function changesOf(org: Org, { before, after }: HistoryEntry, reader: Reader): HistoryLine['changes'] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].flatMap((field) => {
    const label = LABELS[field];
    if (label === undefined || isHidden(field, reader)) return [];
    const [was, is] = [wordsOf(org, field, before), wordsOf(org, field, after)];
    return was === is ? [] : [{ label, before: was, after: is }];
  });
}

/** A status of before tells why somebody was locked then, also in the line of their leaving. */
const isHidden = (field: string, { knowsLocks, knowsReasons }: Reader): boolean =>
  field === 'leaveReason' ? !knowsReasons : LOCK_FIELDS.has(field) && !knowsLocks;

function wordsOf(org: Org, field: string, fields: Fields | null): string {
  const value = fields?.[field] ?? null;
  if (value === null || value === '') return '';
  if (field === 'posts') return postWords(org, value);
  const text = String(value);
  if (field === 'managerId') return org.person(text)?.name ?? '';
  return CODED.has(field) ? (VALUES[text] ?? text) : text;
}

function postWords(org: Org, value: unknown): string {
  const posts: readonly Fields[] = Array.isArray(value) ? value : [];
  return posts
    .map(({ unitId, title, kind, untilOn }) => {
      const name = [org.unit(String(unitId))?.name, title].filter(Boolean).join(' ');
      const until = typeof untilOn === 'string' ? `，到 ${untilOn}` : '';
      return kind === 'concurrent' ? `${name}（兼任${until}）` : `${name}${until && `（${until.slice(1)}）`}`;
    })
    .join('；');
}

/** A person's name; what a mechanism did is the system's (R46). */
const nameOf = (org: Org, actorId: string): string => org.person(actorId)?.name ?? '系统';
