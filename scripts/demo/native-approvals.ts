import type { Control, NativeAct, NativeHandIn } from '../../server/sandbox/index.ts';
import { DAY_MS, HOUR_MS } from '../../server/kernel/dates.ts';
import { demoCast, type CastKey } from './cast.ts';

/** Forms that still run in 企业微信's own 审批: what staff of the demo college handed in there, past and running. */

interface Seeded {
  readonly by: CastKey;
  readonly daysAgo: number;
  readonly form: Omit<NativeHandIn, 'nodes' | 'at'>;
  readonly nodes: readonly { readonly mode: 'any' | 'all' | 'sequential'; readonly by: readonly CastKey[] }[];
  /** In order, an hour apart. */
  readonly acts: readonly { readonly by: CastKey; readonly act: NativeAct }[];
}

const PUNCH = { title: '补卡申请', templateId: 'C4WqPunchCorrection01', recordType: 2 };
const OUTING = { title: '外出申请', templateId: 'C4WqOuting01', recordType: 4 };
const REFUND = { title: '费用报销', templateId: 'C4WqRefund01', recordType: 8 };
const text = (title: string, words: string) => ({ title, text: words });
const agreed = (by: CastKey, words = ''): Seeded['acts'][number] => ({ by, act: { act: 'agree', words } });

const SEEDS: readonly Seeded[] = [
  {
    by: 'applicant',
    daysAgo: 1,
    form: {
      ...PUNCH,
      fields: [text('缺卡时间', '上周五 17:30'), text('缺卡原因', '带学生参加比赛，回校晚')],
    },
    nodes: [{ mode: 'any', by: ['attendanceOfficer'] }],
    acts: [],
  },
  {
    by: 'colleague',
    daysAgo: 1,
    form: { ...REFUND, fields: [text('事由', '专业建设调研差旅'), text('金额', '1286.50 元')] },
    nodes: [
      { mode: 'any', by: ['unitHead'] },
      { mode: 'sequential', by: ['adminLeader', 'president'] },
    ],
    acts: [agreed('unitHead', '情况属实')],
  },
  {
    by: 'applicant',
    daysAgo: 20,
    form: { ...OUTING, fields: [text('去向', '市科技馆'), text('事由', '联系实训基地')] },
    nodes: [{ mode: 'any', by: ['unitHead'] }],
    acts: [agreed('unitHead')],
  },
  {
    by: 'colleague',
    daysAgo: 35,
    form: { ...PUNCH, fields: [text('缺卡原因', '忘记打卡')], legacy: true },
    nodes: [{ mode: 'all', by: ['unitHead', 'hrHead'] }],
    acts: [agreed('unitHead'), { by: 'hrHead', act: { act: 'reject', words: '请附当天的工作记录' } }],
  },
];

/** Without a word to the app: its nightly reconciliation finds what is young, an import the rest. */
export function seedNativeApprovals(control: Pick<Control, 'seedNative'>, now: number): void {
  for (const { by, daysAgo, form, nodes, acts } of SEEDS) {
    const at = now - daysAgo * DAY_MS;
    control.seedNative(
      demoCast[by].userid,
      {
        ...form,
        at,
        nodes: nodes.map((node) => ({
          mode: node.mode,
          userids: node.by.map((key) => demoCast[key].userid),
        })),
      },
      acts.map((one, nth) => ({
        by: demoCast[one.by].userid,
        act: { ...one.act, at: at + (nth + 1) * HOUR_MS },
      })),
    );
  }
}
