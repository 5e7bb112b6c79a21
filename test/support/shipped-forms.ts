import { demoCast } from '../../scripts/demo/cast.ts';

type Value =
  string | number | null | readonly string[] | { from: string; to: string; fromHalf: string; toHalf: string };
export type ShippedForm = Readonly<Record<string, Value>>;

/** How a shipped template is filled in; `@file`, `@signature` and `@<userid>` stand for an upload of one's own, a signature of one's own and a person. */
export interface ShippedCase {
  readonly template: string;
  readonly valid: ShippedForm;
  /** People the applicant chooses, by step, as userids. */
  readonly chosen?: Readonly<Record<string, readonly string[]>>;
  /** What makes the form a bad one, and a reason that is then given. */
  readonly bad: ShippedForm;
  readonly reason: string;
  /** Steps it goes through when it is filled in like this, copies left out. */
  readonly steps: readonly string[];
}

const COLLEAGUE = `@${demoCast.colleague.userid}`;
const FILES = ['@file'];
const DAYS = { from: '2026-11-26', fromHalf: 'am', to: '2026-11-27', toHalf: 'pm' };
const SECOND = demoCast.teachingOffice.userid;

export const SHIPPED_CASES: readonly ShippedCase[] = [
  {
    template: 'leave',
    valid: { type: 'personal', range: { ...DAYS, to: '2026-12-02' }, reason: '回乡' },
    bad: { reason: '' },
    reason: '请填写事由。',
    steps: ['head', 'joint'],
  },
  {
    template: 'wecomExtension',
    valid: { kind: 'link', what: '对接图书系统', purpose: '查借阅', data: '不涉及个人信息' },
    bad: { kind: 'everything' },
    reason: '请重新选择扩展类型。',
    steps: ['head', 'group', 'decision'],
  },
  {
    template: 'leaveCity',
    valid: { category: 'staff', nature: 'official', destination: '宁波', range: DAYS, reason: '参会' },
    bad: { category: 'cadre' },
    reason: '人员类别为院领导或中层干部，请选择主持工作的人。',
    steps: ['head', 'personnel'],
  },
  {
    template: 'leaveCity',
    valid: {
      category: 'cadre',
      nature: 'official',
      destination: '宁波',
      range: DAYS,
      reason: '参会',
      acting: COLLEAGUE,
    },
    bad: { range: { ...DAYS, to: '2026-11-25' } },
    reason: '结束要在开始之后。',
    steps: ['head', 'leader', 'organisation'],
  },
  {
    template: 'returnToCity',
    valid: {
      category: 'cadre',
      kind: 'abroad',
      origin: 'CG-2026-0001',
      returnedOn: '2026-11-22',
      punctual: 'onTime',
      certificate: 'returned',
    },
    bad: { punctual: 'later' },
    reason: '是否按期为推迟返回，请填写推迟原因。',
    steps: ['head', 'organisation', 'personnel'],
  },
  {
    template: 'privateAbroad',
    valid: {
      category: 'staff',
      destination: '新加坡',
      purpose: 'travel',
      range: DAYS,
      certificate: 'passport',
      reason: '旅游',
      pledgeSignature: '@signature',
    },
    bad: { purpose: 'study' },
    reason: '目的为探亲或就医或自费学习，请上传证明材料。',
    steps: ['head', 'personnel', 'leader', 'certificates'],
  },
  {
    template: 'sitePublishing',
    valid: {
      subject: '实训周开幕',
      column: 'news',
      weight: 'major',
      content: '本周一……',
      personal: 'no',
      files: FILES,
    },
    bad: { content: '' },
    reason: '请填写正文。',
    steps: ['head', 'publicity', 'leader', 'publish'],
  },
  {
    template: 'agenda',
    valid: {
      meeting: 'president',
      subject: '实训楼改造',
      background: '楼已二十年',
      proposal: '请审议方案',
      reporter: `@${demoCast.unitHead.userid}`,
      consulted: 'no',
      files: FILES,
    },
    bad: { consulted: 'yes' },
    reason: '是否征求过意见为已征求，请填写征求意见情况。',
    steps: ['head', 'leader', 'office', 'decision', 'schedule'],
  },
  {
    template: 'visitors',
    valid: {
      visitorUnit: '海州一中',
      names: '李某等',
      count: 60,
      range: DAYS,
      purpose: '参观',
      host: COLLEAGUE,
    },
    bad: { count: 0 },
    reason: '人数最少 1 人。',
    steps: ['head', 'security', 'leader'],
  },
  {
    template: 'travel',
    valid: {
      destination: '宁波',
      range: DAYS,
      purpose: 'research',
      reason: '调研',
      transport: 'rail',
      cost: 6200.5,
      fund: 'unit',
    },
    bad: { cost: 12.345 },
    reason: '预计费用最多 2 位小数。',
    steps: ['head', 'finance', 'leader'],
  },
  {
    template: 'reportRequest',
    valid: { kind: 'request', subject: '增加实训经费', content: '当否，请批示。' },
    bad: { subject: '第一行\n第二行' },
    reason: '标题只能写一行。',
    steps: ['head', 'office', 'leader', 'decision', 'feedback'],
  },
  {
    template: 'reception',
    valid: {
      guestUnit: '宁波职院',
      guests: 8,
      arriveOn: '2026-12-01',
      level: 'important',
      plan: '座谈、参观',
      accompany: 3,
      cost: 2600,
      letter: FILES,
    },
    bad: { letter: [] },
    reason: '请上传公函。',
    steps: ['head', 'office', 'finance', 'leader'],
  },
  {
    template: 'keyWork',
    valid: { matter: '迎新系统', origin: 'president', requirement: '十二月底上线', dueOn: '2026-12-31' },
    chosen: { carryOut: [SECOND, demoCast.librarian.userid] },
    bad: { dueOn: '2026-02-30' },
    reason: '完成时限不是有效的日期。',
    steps: ['open', 'carryOut', 'verify'],
  },
  {
    template: 'contractReview',
    valid: {
      subject: '校园网设备',
      counterparty: '海州网络公司',
      kind: 'purchase',
      amount: 500000,
      period: '一年',
      terms: '按季付款',
      files: FILES,
    },
    bad: { files: [] },
    reason: '请上传合同文本。',
    steps: ['head', 'financeReview', 'contractReview', 'logisticsReview', 'leader', 'decision'],
  },
  {
    template: 'contractReview',
    valid: {
      subject: '实习基地共建',
      counterparty: '海州软件园',
      kind: 'cooperation',
      amount: 0,
      period: '三年',
      terms: '互派教师',
      files: FILES,
    },
    bad: { period: '' },
    reason: '请填写履行期限。',
    steps: ['head', 'financeReview', 'contractReview', 'teachingReview'],
  },
  {
    template: 'supplies',
    valid: { item: '打印纸', quantity: 3, unit: '箱', source: 'store', use: '教学' },
    bad: { quantity: 1.5 },
    reason: '数量要填整数。',
    steps: ['head', 'issueStore'],
  },
  {
    template: 'supplies',
    valid: { item: '打印纸', quantity: 3, unit: '箱', source: 'unit', use: '教学' },
    bad: { source: '' },
    reason: '请选择从哪里领。',
    steps: ['head', 'issueUnit'],
  },
  {
    template: 'attendanceNote',
    valid: {
      kind: 'forgotten',
      range: { ...DAYS, from: '2026-11-20', to: '2026-11-20' },
      reason: '忘记打卡',
    },
    bad: { kind: 'outside' },
    reason: '类别为外勤，请上传证明。',
    steps: ['head'],
  },
  {
    template: 'classChange',
    valid: {
      kind: 'cancel',
      course: '数据库',
      className: '软件 2501',
      lessonOn: '2026-11-26',
      period: '1-2 节 A301',
      reason: '参加竞赛',
    },
    bad: { kind: 'substitute' },
    reason: '类别为代课，请选择代课教师。',
    steps: ['head', 'teaching', 'leader', 'timetable'],
  },
  {
    template: 'makeupClass',
    valid: {
      course: '数据库',
      className: '软件 2501',
      lostOn: '2026-11-19',
      cause: 'cancelled',
      makeupOn: '2026-11-28',
      period: '1-2 节 A301',
      hours: 2,
    },
    bad: { hours: 20 },
    reason: '学时最多 12 学时。',
    steps: ['head', 'teaching', 'workload'],
  },
  {
    template: 'studentStatus',
    valid: {
      kind: 'transfer',
      student: '学生甲',
      studentNo: '2501001',
      className: '软件 2501',
      target: '网络 2501',
      effectiveOn: '2027-03-01',
      reason: '志趣',
      files: FILES,
    },
    bad: { target: '' },
    reason: '类别为转专业，请填写转入专业和班级。',
    steps: ['head', 'students', 'teaching', 'leader', 'register'],
  },
  {
    template: 'dormChange',
    valid: {
      kind: 'move',
      student: '学生甲',
      studentNo: '2501001',
      className: '软件 2501',
      fromRoom: '3-301',
      toRoom: '3-402',
      reason: '就近',
    },
    bad: { kind: 'out' },
    reason: '类别为退宿，请上传证明。',
    steps: ['head', 'students', 'housing'],
  },
  {
    template: 'incomingDocument',
    valid: {
      fromUnit: '海州市教育局',
      subject: '关于寒假安全的通知',
      receivedOn: '2026-11-20',
      urgency: 'urgent',
      files: FILES,
    },
    chosen: { instruction: [demoCast.leader.userid, demoCast.adminLeader.userid], carryOut: [SECOND] },
    bad: { urgency: 'now' },
    reason: '请重新选择缓急。',
    steps: ['proposal', 'instruction', 'carryOut', 'archive'],
  },
  {
    template: 'outgoingDocument',
    valid: {
      subject: '关于元旦放假的通知',
      kind: 'notice',
      issuer: 'college',
      mainTo: '各部门',
      joint: 'yes',
      urgency: 'ordinary',
      draft: FILES,
    },
    chosen: { coCheck: [demoCast.hrHead.userid, SECOND] },
    bad: { draft: [] },
    reason: '请上传文稿。',
    steps: ['head', 'coCheck', 'office', 'signCollege', 'issue'],
  },
  {
    template: 'externalContact',
    valid: {
      member: COLLEAGUE,
      purpose: 'admission',
      reason: '联系考生',
      until: '2027-07-31',
      promise: 'yes',
    },
    bad: { until: '' },
    reason: '请选择到期日。',
    steps: ['head', 'office', 'open'],
  },
  {
    template: 'delegatedAdmin',
    valid: { module: 'notices', admin: COLLEAGUE, scope: '信息工程学院', reason: '学院自己发公告' },
    // S2-10b: no right to approvals without a clear flow.
    bad: { module: 'approvals' },
    reason: '模块为审批，请上传流程说明。',
    steps: ['head', 'office', 'grant'],
  },
  {
    template: 'thirdPartyApp',
    valid: {
      name: '问卷',
      vendor: '某公司',
      purpose: '收集意见',
      data: '不涉及个人信息',
      appOwner: COLLEAGUE,
      purchase: 'yes',
      files: FILES,
    },
    bad: { appOwner: null },
    reason: '请选择应用负责人。',
    steps: ['head', 'group', 'decision', 'buy', 'sign', 'create'],
  },
  {
    template: 'systemPurchase',
    valid: {
      name: '迎新系统',
      purpose: '迎新',
      budget: 120000,
      identity: '用统一身份认证登录',
      dataCentre: '学生数据取自数据中心',
      portal: '门户有入口',
      integratedOn: '2027-03-01',
    },
    // S1-5.3b: all three integrations are planned, or it does not go anywhere.
    bad: { portal: '' },
    reason: '请填写统一门户对接方案。',
    steps: ['head', 'office', 'finance', 'leader'],
  },
  {
    template: 'systemGoLive',
    valid: {
      name: '迎新系统',
      origin: 'GZ-2026-0001',
      identity: FILES,
      dataCentre: FILES,
      portal: FILES,
      liveOn: '2027-03-15',
      keeper: COLLEAGUE,
    },
    bad: { dataCentre: [] },
    reason: '请上传数据中心对接证明。',
    steps: ['head', 'office', 'goLive'],
  },
];

/** For the rules alone: what was to be signed, signed by this person. */
export const signedBy = (personId: string, form: ShippedForm): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(form).map(([key, value]) => [
      key,
      value === '@signature'
        ? { fileId: key, how: 'drawn', hash: '0'.repeat(64), personId, name: '', at: 0 }
        : value,
    ]),
  );
