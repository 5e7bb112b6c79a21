import { momentWords, sectionOfRows, type PersonDataSection } from '../access/index.ts';
import { statusWords } from './describe.ts';
import type { InstanceState } from './model.ts';
import type { TaskRowStatus } from './tables.ts';

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

/** What somebody applied for, with what they wrote; of others' requests only that and how they decided. */
export const approvalsPersonData: readonly PersonDataSection[] = [
  sectionOfRows<{
    id: string;
    requestNumber: string;
    title: string;
    state: string;
    submittedAt: string | number;
    finishedAt: string | number | null;
  }>({
    title: '申请',
    columns: ['编号', '标题', '状态', '提交', '办结', '填写内容'],
    sql: `select id, requestNumber, title, state, submittedAt, finishedAt from approval_instance
      where applicantId = ? and id > ? order by id limit ?`,
    cells: ({ requestNumber, title, state, submittedAt, finishedAt }) => [
      requestNumber,
      title,
      statusWords(JSON.parse(state) as InstanceState),
      momentWords(submittedAt),
      momentWords(finishedAt),
      JSON.stringify((JSON.parse(state) as InstanceState).form),
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
];
