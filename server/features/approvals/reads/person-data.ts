import { momentWords, sectionOfRows, type PersonDataSection } from '../../access/index.ts';
import type { Readable } from 'node:stream';
import { jsonInText } from '../../../platform/db/columns.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import { safeName } from '../../../platform/zip/index.ts';
import { answersOf } from './answers.ts';
import type { FormValues } from '../contract.ts';
import { statusWords } from '../views/status.ts';
import { signaturesIn } from '../fields/signature.ts';
import type { InstanceEvent } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { Signature } from '../model/tasks.ts';
import { secretsOfAll } from '../store/secrets.ts';
import type { TaskRowStatus } from '../tables.ts';
import type { Template } from '../template/template.ts';
import { markOf } from '../words.ts';

const TASK_WORDS: Readonly<Record<TaskRowStatus, string>> = {
  pending: '待办',
  approved: '同意',
  rejected: '拒绝',
  not_needed: '不需要再办',
  transferred: '已转交',
  withdrawn: '申请已撤回',
  sent_back: '已退回',
  returned: '由他人退回',
  terminated: '申请已终止',
  waiting: '等加签意见',
  removed: '加签已取消',
  done: '已办理',
  cannot: '未能办理',
  timed_out: '超时，系统自动通过',
  answered: '已答复征求的意见',
};

interface OwnRow {
  readonly id: string;
  readonly requestNumber: string;
  readonly title: string;
  readonly state: unknown;
  readonly content: unknown;
  readonly submittedAt: string | number;
  readonly finishedAt: string | number | null;
}

/** What somebody applied for, with what they wrote, numbers in full. */
const requestsOf = (vault: Pick<Vault, 'seal' | 'open'>): PersonDataSection => ({
  title: '申请',
  columns: ['编号', '标题', '状态', '提交', '办结', '填写内容'],
  async page(reads, personId, after, limit) {
    const rows = await reads.em.query<OwnRow[]>(
      `select i.id, i.requestNumber, i.title, i.state, i.submittedAt, i.finishedAt, t.content
       from approval_instance i
       join approval_template t on t.templateKey = i.templateKey and t.templateVersion = i.templateVersion
       where i.applicantId = ? and i.id > ? order by i.id limit ?`,
      [personId, after, limit],
    );
    const secrets = await secretsOfAll(
      { vault },
      reads,
      rows.map(({ id }) => id),
    );
    const cells = rows.map((row) => {
      const state = jsonInText.from(row.state) as InstanceState;
      const template = jsonInText.from(row.content) as Template;
      return [
        row.requestNumber,
        row.title,
        statusWords(state),
        momentWords(row.submittedAt),
        momentWords(row.finishedAt),
        answersOf(template, state, secrets.get(row.id) ?? new Map()),
      ];
    });
    return { rows: cells, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  },
});

const commentIn = (event: InstanceEvent): string => (event.type === 'commented' ? event.text : '');

/** Pictures one signed with (个保法 45): they show one's own hand. Rows tell where, and the digits of each. */
const signaturesOf = (openBytes: OpenBytes): PersonDataSection => ({
  title: '手写签名',
  columns: ['申请编号', '用在', '签名时间', '方式', '图片', 'SHA-256'],
  async page(reads, personId, after, limit) {
    const rows = await reads.em.query<EventOfOwn[]>(
      `select e.id as id, i.requestNumber as requestNumber, e.happenedAt as happenedAt, e.content as content
       from approval_event e join approval_instance i on i.id = e.instanceId
       where e.byPersonId = ? and e.type in ('taskDecided', 'submitted', 'resubmitted', 'formEdited') and e.id > ? order by e.id limit ?`,
      [personId, after, limit],
    );
    const signed = rows.flatMap(({ content, ...row }) => {
      const given = givenWith(jsonInText.from(content) as InstanceEvent, personId);
      return given.map(({ use, signature }) => ({ ...row, use, ...signature, path: pathOf(row, signature) }));
    });
    return {
      rows: signed.map((one) => [
        one.requestNumber,
        one.use,
        momentWords(one.happenedAt),
        one.how === 'typed' ? '键盘' : '手写',
        one.path,
        one.hash,
      ]),
      files: signed.map(({ path, hash }) => ({ path, open: () => openBytes({ contentHash: hash }) })),
      next: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
    };
  },
});

/** Not what others signed in the form, which stays in it when it is handed in again. */
function givenWith(
  event: InstanceEvent,
  personId: string,
): { readonly use: string; readonly signature: Signature }[] {
  switch (event.type) {
    case 'taskDecided':
      return event.signature === undefined ? [] : [{ use: '审批', signature: event.signature }];
    case 'submitted':
    case 'resubmitted':
      return inForm(event.form, event.at, personId);
    case 'formEdited':
      return inForm(
        Object.fromEntries(event.changes.map(({ key, after }) => [key, after])),
        event.at,
        personId,
      );
    default:
      return [];
  }
}

const inForm = (form: FormValues, at: number, personId: string) =>
  signaturesIn(form)
    .filter((one) => one.personId === personId && one.at === at)
    .map((signature) => ({ use: '表单', signature }));

interface EventOfOwn {
  readonly id: string;
  readonly requestNumber: string;
  readonly happenedAt: string | number;
  readonly content: unknown;
}
/** Bytes by their hash, as they are kept. */
export type OpenBytes = (file: { readonly contentHash: string }) => Promise<Readable>;

const pathOf = ({ requestNumber }: Pick<EventOfOwn, 'requestNumber'>, { hash }: Signature): string =>
  `签名/${safeName(requestNumber, '申请')}-${markOf(hash)}.png`;

/** One's requests, what was sent to one for reading, comments one wrote; of others' requests only how one decided. */
export const approvalsPersonData = (
  vault: Pick<Vault, 'seal' | 'open'>,
  openBytes: OpenBytes,
): readonly PersonDataSection[] => [
  requestsOf(vault),
  sectionOfRows<{
    id: string;
    requestNumber: string;
    sentAt: string | number;
    readAt: string | number | null;
  }>({
    title: '抄送和传阅',
    columns: ['申请编号', '收到', '第一次看'],
    sql: `select c.id as id, i.requestNumber as requestNumber, c.sentAt as sentAt, c.readAt as readAt
      from approval_copy c join approval_instance i on i.id = c.instanceId
      where c.personId = ? and c.id > ? order by c.id limit ?`,
    cells: ({ requestNumber, sentAt, readAt }) => [
      requestNumber,
      momentWords(sentAt),
      readAt === null ? '' : momentWords(readAt),
    ],
  }),
  sectionOfRows<{ id: string; requestNumber: string; happenedAt: string | number; content: unknown }>({
    title: '写过的评论',
    columns: ['申请编号', '时间', '内容'],
    sql: `select e.id as id, i.requestNumber as requestNumber, e.happenedAt as happenedAt, e.content as content
      from approval_event e join approval_instance i on i.id = e.instanceId
      where e.byPersonId = ? and e.type = 'commented' and e.id > ? order by e.id limit ?`,
    cells: ({ requestNumber, happenedAt, content }) => [
      requestNumber,
      momentWords(happenedAt),
      commentIn(jsonInText.from(content) as InstanceEvent),
    ],
  }),
  sectionOfRows<{
    id: string;
    requestNumber: string;
    status: TaskRowStatus;
    openedAt: string | number;
    closedAt: string | number | null;
  }>({
    title: '审批过的',
    columns: ['申请编号', '结果', '收到', '办理'],
    sql: `select t.id as id, i.requestNumber as requestNumber, t.status as status, t.openedAt as openedAt,
        t.closedAt as closedAt
      from approval_task t join approval_instance i on i.id = t.instanceId
      where t.personId = ? and t.id > ? order by t.id limit ?`,
    cells: ({ requestNumber, status, openedAt, closedAt }) => [
      requestNumber,
      TASK_WORDS[status],
      momentWords(openedAt),
      momentWords(closedAt),
    ],
  }),
  signaturesOf(openBytes),
  sectionOfRows<{
    id: string;
    scopeValue: string;
    requestNumber: string;
    grantedAt: string | number;
    endedAt: string | number | null;
  }>({
    title: '模板设计权限',
    columns: ['范围', '依据', '授予', '收回'],
    sql: `select id, scopeValue, requestNumber, grantedAt, endedAt from approval_design_right
      where personId = ? and id > ? order by id limit ?`,
    cells: ({ scopeValue, requestNumber, grantedAt, endedAt }) => [
      scopeValue,
      requestNumber,
      momentWords(grantedAt),
      endedAt === null ? '' : momentWords(endedAt),
    ],
  }),
];
