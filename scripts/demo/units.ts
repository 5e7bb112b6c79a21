export interface DemoUnit {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly kind: '学校' | '部门' | '科室';
  /** People whose main post is here, the cast included. */
  readonly size: number;
  /** Titles of the heads in their order; empty for the unit without a head (rule R18). */
  readonly heads: readonly string[];
  /** Titles of the others, the first most often. */
  readonly titles: readonly [string, ...string[]];
  readonly category?: '外包' | '代管单位';
}

const ROOT = 'D00';
const OFFICE_STAFF = ['科员', '科员', '副科长', '科长'] as const;
const TEACHERS = ['教师', '教师', '讲师', '副教授', '教授', '实训指导教师'] as const;
const COLLEGE_STAFF = ['教学秘书', '辅导员', '辅导员', '实训管理员', '办公室主任'] as const;

const department = (
  code: string,
  name: string,
  size: number,
  heads: readonly string[],
  titles: DemoUnit['titles'],
): DemoUnit => ({
  code,
  name,
  parent: ROOT,
  kind: '部门',
  size,
  heads,
  titles,
});

const section = (
  code: string,
  name: string,
  size: number,
  heads: readonly string[] = ['教研室主任'],
): DemoUnit => ({
  code,
  name,
  parent: `${code.slice(0, 3)}`,
  kind: '科室',
  size,
  heads,
  titles: TEACHERS,
});

const serviceTeam = (code: string, name: string, size: number, head: string, title: string): DemoUnit => ({
  ...section(code, name, size, [head]),
  titles: [title],
  category: '外包',
});

const entrusted = (
  code: string,
  name: string,
  size: number,
  head: string,
  titles: DemoUnit['titles'],
): DemoUnit => ({
  ...section(code, name, size, [head]),
  // Runs its own affairs, so it is a department of its own to its people.
  kind: '部门',
  titles,
  category: '代管单位',
});

/** 海州职业技术学院: 44 units on three levels, 600 people. Head counts of the pictures are kept (信息 64, 机电 58, 经管 71). */
export const DEMO_UNITS: readonly DemoUnit[] = [
  { code: ROOT, name: '海州职业技术学院', parent: null, kind: '学校', size: 0, heads: [], titles: ['院长'] },
  department('D01', '院领导', 6, ['院长'], ['副院长']),
  department('D02', '党政办', 12, ['主任', '副主任'], ['秘书', '科员', '文印员']),
  department('D03', '组织宣传部', 9, ['部长'], OFFICE_STAFF),
  department('D04', '纪检监察室', 5, ['主任'], OFFICE_STAFF),
  department('D05', '人事处', 9, ['处长'], OFFICE_STAFF),
  department('D06', '教务处', 22, ['处长', '副处长'], OFFICE_STAFF),
  department('D07', '学生处', 20, ['处长'], ['辅导员', '科员', '心理教师']),
  department('D08', '财务处', 13, ['处长'], ['会计', '出纳', '科员']),
  department('D09', '安保后勤处', 22, ['处长', '副处长'], ['科员', '水电工', '车辆管理员']),
  serviceTeam('D0901', '保安队（外包）', 22, '队长', '保安员'),
  serviceTeam('D0902', '保洁组（外包）', 24, '组长', '保洁员'),
  department('D10', '信息中心', 10, ['主任'], ['网络工程师', '系统管理员', '科员']),
  { ...serviceTeam('D1001', '桌面运维组（外包）', 8, '组长', '运维工程师'), kind: '部门' },
  department('D11', '图书馆', 20, ['馆长'], ['馆员', '馆员', '副研究馆员']),
  department('D12', '继续教育学院', 16, ['院长'], ['教师', '班主任', '科员']),
  department('D20', '信息工程学院', 12, ['主任'], COLLEGE_STAFF),
  section('D2001', '软件技术教研室', 15, []),
  section('D2002', '网络技术教研室', 13),
  section('D2003', '数字媒体教研室', 12, []),
  section('D2004', '大数据教研室', 12),
  department('D30', '机电工程学院', 10, ['院长', '党总支书记'], COLLEGE_STAFF),
  section('D3001', '机械制造教研室', 17),
  section('D3002', '电气自动化教研室', 16),
  section('D3003', '汽车技术教研室', 15),
  department('D40', '经济管理学院', 11, ['院长', '党总支书记', '副院长'], COLLEGE_STAFF),
  section('D4001', '会计教研室', 14),
  section('D4002', '电子商务教研室', 13),
  section('D4003', '物流管理教研室', 11),
  section('D4004', '旅游管理教研室', 11),
  section('D4005', '市场营销教研室', 11),
  department('D50', '建筑工程学院', 8, ['院长'], COLLEGE_STAFF),
  section('D5001', '工程造价教研室', 20),
  section('D5002', '建筑设计教研室', 18),
  department('D60', '艺术设计学院', 8, ['院长'], COLLEGE_STAFF),
  section('D6001', '视觉传达教研室', 17),
  section('D6002', '环境艺术教研室', 15),
  department('D70', '马克思主义学院', 27, ['院长'], TEACHERS),
  department('D80', '公共基础部', 6, ['主任'], COLLEGE_STAFF),
  section('D8001', '外语教研室', 22),
  section('D8002', '体育与数学教研室', 18),
  department('D90', '代管单位', 0, [], ['科员']),
  entrusted('D9001', '海州市实验幼儿园（代管）', 24, '园长', ['教师', '保育员']),
  entrusted('D9002', '海州职教集团秘书处（代管）', 6, '秘书长', ['干事']),
];
