export interface CastPost {
  readonly unit: string;
  readonly title: string;
  /** Order among the unit's heads; absent for who is no head. */
  readonly head?: number;
  readonly since: string;
  readonly until?: string;
}

export interface CastMember {
  readonly name: string;
  readonly userid: string;
  readonly staffNo: string;
  /** Main post first. */
  readonly posts: readonly [CastPost, ...CastPost[]];
  readonly roles?: readonly { readonly role: string; readonly unit?: string }[];
  readonly category?: '编制内' | '编外' | '外包' | '代管单位';
  /** Unit and part, as the sandbox phone shows it under the name. */
  readonly about: string;
}

const inCharge = (...units: string[]) => units.map((unit) => ({ role: 'leaderInCharge', unit }));

/**
 * The people of the story, invented like the college. One userid has capitals on purpose: 企业微信 shows them and
 * compares without case (rule B1).
 */
export const demoCast = {
  /** 张老师: applies for leave. */
  applicant: {
    name: '张雨桐',
    userid: 'zhangyutong',
    staffNo: '00731',
    posts: [{ unit: 'D2001', title: '教师', since: '2019-09-01' }],
    about: '信息工程学院 教师',
  },
  /** 陈主任: head of her department and, as a second post, of her teaching group (R20, R21). */
  unitHead: {
    name: '陈志远',
    userid: 'chenzhiyuan',
    staffNo: '00215',
    posts: [
      { unit: 'D20', title: '主任', head: 1, since: '2021-03-01' },
      { unit: 'D2001', title: '教研室主任', head: 1, since: '2021-03-01' },
    ],
    about: '信息工程学院 主任',
  },
  /** 王处长: decides on long leave together with the leader in charge. */
  hrHead: {
    name: '王海燕',
    userid: 'wanghaiyan',
    staffNo: '00163',
    posts: [{ unit: 'D05', title: '处长', head: 1, since: '2025-09-01' }],
    roles: [{ role: 'hrHead' }],
    about: '人事处 处长',
  },
  /** 林院长: leader in charge of the technical departments. */
  leader: {
    name: '林国栋',
    userid: 'LinGuodong',
    staffNo: '00112',
    posts: [{ unit: 'D01', title: '副院长', since: '2022-01-10' }],
    roles: inCharge('D20', 'D30', 'D10', 'D11'),
    about: '分管院领导',
  },
  /** 李老师: publishes notices. */
  noticeManager: {
    name: '李思雨',
    userid: 'lisiyu',
    staffNo: '00402',
    posts: [{ unit: 'D02', title: '秘书', since: '2020-07-01' }],
    roles: [{ role: 'moduleManager' }],
    about: '党政办 公告管理员',
  },
  /** 冯师傅: works for an outside company. */
  contractor: {
    name: '冯建国',
    userid: 'fengjianguo',
    staffNo: '00918',
    posts: [{ unit: 'D1001', title: '运维工程师', since: '2023-04-01' }],
    category: '外包',
    about: '桌面运维组（外包）',
  },
  /** 吴老师: keeps the roster. */
  hrMaintainer: {
    name: '吴晓燕',
    userid: 'wuxiaoyan',
    staffNo: '00377',
    posts: [{ unit: 'D05', title: '科员', since: '2018-09-01' }],
    roles: [{ role: 'hrMaintainer' }],
    about: '人事处 花名册维护',
  },
  /** 考勤员: gets a copy of every approved leave. */
  attendanceOfficer: {
    name: '周敏',
    userid: 'zhoumin',
    staffNo: '00385',
    posts: [{ unit: 'D05', title: '科员', since: '2017-03-01' }],
    roles: [{ role: 'attendanceOfficer' }],
    about: '人事处 考勤员',
  },
  superAdmin: {
    name: '何一鸣',
    userid: 'heyiming',
    staffNo: '00546',
    posts: [{ unit: 'D10', title: '系统管理员', since: '2016-09-01' }],
    roles: [{ role: 'superAdmin' }],
    about: '信息中心 超级管理员',
  },
  /** The second super administrator: the last one can never be removed (H3). */
  secondAdmin: {
    name: '石磊',
    userid: 'shilei',
    staffNo: '00329',
    posts: [{ unit: 'D10', title: '主任', head: 1, since: '2020-05-06' }],
    roles: [{ role: 'superAdmin' }],
    about: '信息中心 主任',
  },
  /** Takes her classes over. */
  colleague: {
    name: '吴敏',
    userid: 'wumin',
    staffNo: '00742',
    posts: [{ unit: 'D2001', title: '讲师', since: '2020-09-01' }],
    about: '信息工程学院 讲师',
  },
  /** Two posts in two departments: has to choose one when applying (R21). */
  twoPosts: {
    name: '郑凯',
    userid: 'zhengkai',
    staffNo: '00508',
    posts: [
      { unit: 'D2002', title: '教师', since: '2015-09-01' },
      { unit: 'D10', title: '网络工程师', since: '2024-03-01', until: '2027-03-01' },
    ],
    about: '信息工程学院 教师，兼信息中心 网络工程师',
  },
  /** Belongs to a teaching group without a head (R18). */
  headless: {
    name: '孙悦',
    userid: 'sunyue',
    staffNo: '00655',
    posts: [{ unit: 'D2003', title: '教师', since: '2021-09-01' }],
    about: '数字媒体教研室 教师，教研室暂无负责人',
  },
  president: {
    name: '赵明德',
    userid: 'zhaomingde',
    staffNo: '00101',
    posts: [
      { unit: 'D01', title: '院长', head: 1, since: '2020-11-02' },
      { unit: 'D00', title: '院长', head: 1, since: '2020-11-02' },
    ],
    about: '院领导 院长',
  },
  partySecretary: {
    name: '周正平',
    userid: 'zhouzhengping',
    staffNo: '00102',
    posts: [
      { unit: 'D01', title: '党委书记', since: '2019-06-03' },
      { unit: 'D00', title: '党委书记', head: 2, since: '2019-06-03' },
    ],
    about: '院领导 党委书记',
  },
  /** Leader in charge of administration: 人事处 and others. */
  adminLeader: {
    name: '马书琴',
    userid: 'mashuqin',
    staffNo: '00105',
    posts: [{ unit: 'D01', title: '副院长', since: '2021-08-02' }],
    roles: inCharge('D02', 'D03', 'D05', 'D08', 'D09', 'D90'),
    about: '院领导 副院长',
  },
  /** Leader in charge of teaching. */
  teachingLeader: {
    name: '高志刚',
    userid: 'gaozhigang',
    staffNo: '00106',
    posts: [{ unit: 'D01', title: '副院长', since: '2023-02-01' }],
    roles: inCharge('D06', 'D07', 'D12', 'D40', 'D50', 'D60', 'D70', 'D80'),
    about: '院领导 副院长',
  },
  teachingOffice: {
    name: '张立新',
    userid: 'zhanglixin',
    staffNo: '00218',
    posts: [{ unit: 'D06', title: '副主任', since: '2018-01-01' }],
    about: '教务处 副主任',
  },
  librarian: {
    name: '章文静',
    userid: 'zhangwenjing',
    staffNo: '00661',
    posts: [{ unit: 'D11', title: '馆员', since: '2019-07-01' }],
    about: '图书馆 馆员',
  },
  guard: {
    name: '张大勇',
    userid: 'zhangdayong',
    staffNo: '00933',
    posts: [{ unit: 'D0901', title: '保安员', since: '2022-06-01' }],
    category: '外包',
    about: '保安队（外包）',
  },
  kindergarten: {
    name: '沈佳琪',
    userid: 'shenjiaqi',
    staffNo: '00960',
    posts: [{ unit: 'D9001', title: '教师', since: '2021-02-22' }],
    category: '代管单位',
    about: '实验幼儿园（代管）教师',
  },
} as const satisfies Readonly<Record<string, CastMember>>;

/**
 * The three separated duties, and the second security administrator some acts need. Not of the story: whoever wants to
 * see the audit record, or rights being given, signs in as one of them.
 */
export const demoDuties: readonly CastMember[] = [
  {
    name: '梁启航',
    userid: 'liangqihang',
    staffNo: '00331',
    posts: [{ unit: 'D10', title: '系统管理员', since: '2018-03-01' }],
    roles: [{ role: 'systemAdmin' }],
    about: '信息中心 系统管理员',
  },
  {
    name: '许安宁',
    userid: 'xuanning',
    staffNo: '00333',
    posts: [{ unit: 'D02', title: '科员', since: '2017-09-01' }],
    roles: [{ role: 'securityAdmin' }],
    about: '党政办 安全管理员',
  },
  {
    name: '曹思远',
    userid: 'caosiyuan',
    staffNo: '00334',
    posts: [{ unit: 'D03', title: '科员', since: '2019-07-01' }],
    roles: [{ role: 'securityAdmin' }],
    about: '组织宣传部 安全管理员',
  },
  {
    name: '顾清源',
    userid: 'guqingyuan',
    staffNo: '00335',
    posts: [{ unit: 'D04', title: '科员', since: '2016-07-01' }],
    roles: [{ role: 'auditAdmin' }],
    about: '纪检监察室 审计管理员',
  },
];

export type CastKey = keyof typeof demoCast;

/** Who the phone page offers first, in this order. */
export const storyCast = [
  'applicant',
  'unitHead',
  'hrHead',
  'leader',
  'noticeManager',
  'contractor',
  'hrMaintainer',
] as const satisfies readonly CastKey[];
