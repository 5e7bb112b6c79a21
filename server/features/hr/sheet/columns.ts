import type {
  Category,
  Establishment,
  HrStatus,
  IdType,
  PersonRecord,
  Sex,
  SheetKind,
  UnitRecord,
} from '../model.ts';

/** Words a cell may hold, the first being the one the template offers. Compared by `looseWord`. */
export type Words<T extends string> = Readonly<Record<T, readonly [string, ...string[]]>>;

export const SEX_WORDS: Words<Sex> = {
  // GB/T 2261.1: 1 and 2
  male: ['男', '男性', 'M', '1'],
  female: ['女', '女性', 'F', '2'],
};

export const ID_TYPE_WORDS: Words<IdType> = {
  residentId: ['居民身份证', '身份证', '二代身份证', '中国居民身份证'],
  passport: ['护照', '外国护照', '中国护照'],
  hmtResidence: ['港澳台居民居住证', '港澳居民居住证', '台湾居民居住证'],
  foreignResidence: ['外国人永久居留身份证', '外国人永久居留证', '永久居留身份证'],
};

export const CATEGORY_WORDS: Words<Category> = {
  internal: ['院内', '院内人员', '校内', '本院'],
  external: ['院外服务', '院外服务人员', '院外', '校外服务'],
  entrusted: ['代管', '代管人员'],
};

export const ESTABLISHMENT_WORDS: Words<Establishment> = {
  established: ['在编', '编制内', '在编人员', '事业编', '事业编制'],
  employee: ['雇员', '政府雇员', '编外', '编外聘用', '合同制', '聘用制'],
  outsourced: ['外包', '外包人员', '劳务外包', '劳务派遣', '派遣'],
  seconded: ['借调', '借调人员', '借入'],
  attached: ['挂职', '挂职人员'],
  other: ['其他', '其它'],
};

export const STATUS_WORDS: Words<HrStatus> = {
  working: ['在职', '在岗', '在职在岗', '试用', '试用期', '返聘'],
  secondedOut: ['借调', '借出', '外借', '借调外出'],
  attachedOut: ['挂职', '外出挂职', '挂职外出'],
  suspended: ['停职'],
  left: ['离职', '已离职', '辞职', '调出', '调离', '解聘', '辞退'],
  retired: ['退休', '已退休', '离休', '离退休'],
};

export type ValueKind =
  'code' | 'codes' | 'name' | 'text' | 'word' | 'date' | 'mobile' | 'email' | 'idNumber' | 'number';

export type UnitKey = Exclude<keyof UnitRecord, 'line'>;
export type PersonKey = Exclude<keyof PersonRecord, 'line'>;

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** Masked wherever it is shown (rule H6). */
  readonly personal: boolean;
  readonly value: ValueKind;
  readonly words?: Words<string>;
  /** One sentence for whoever fills it in. */
  readonly meaning: string;
  readonly example: string;
  /** False: recognised but not offered in the template. */
  readonly inTemplate: boolean;
}

type Described = Partial<Omit<Column, 'key' | 'label' | 'value'>> & Pick<Column, 'meaning'>;

const column = (key: UnitKey | PersonKey, label: string, value: ValueKind, rest: Described): Column => ({
  key,
  label,
  value,
  aliases: [],
  required: false,
  personal: false,
  example: '',
  inTemplate: true,
  ...rest,
});

/** 部门 of issue 3, "The sheet". */
export const UNIT_COLUMNS: readonly Column[] = [
  column('code', '部门编码', 'code', {
    required: true,
    aliases: [
      '单位编码',
      '部门代码',
      '单位代码',
      '机构编码',
      '部门编号',
      '单位编号',
      '组织编码',
      '编码',
      '部门ID',
    ],
    meaning: '部门不变的编号，改名也不改它。字母、数字、- _ .，最多 32 位',
    example: 'D0102',
  }),
  column('name', '部门名称', 'name', {
    required: true,
    aliases: ['单位名称', '机构名称', '部门', '单位', '组织名称', '名称'],
    meaning: '最多 64 个字，同一上级下不能重名，不能含 \\ : * ? " < > |',
    example: '软件教研室',
  }),
  column('parentCode', '上级编码', 'code', {
    aliases: [
      '上级部门编码',
      '上级单位编码',
      '上级机构编码',
      '上级部门代码',
      '父级编码',
      '父部门编码',
      '隶属编码',
    ],
    meaning: '上级部门的部门编码；新部门不填即直属本机构，改为直属写 [清空]',
    example: 'D01',
  }),
  column('headStaffNo', '负责人工号', 'code', {
    aliases: ['部门负责人工号', '单位负责人工号', '主任工号', '负责人'],
    meaning: '部门负责人的工号',
    example: '00731',
  }),
  column('leaderStaffNo', '分管领导工号', 'code', {
    aliases: ['分管院领导工号', '分管校领导工号', '分管领导'],
    meaning: '分管这个部门的领导的工号',
    example: '00012',
  }),
  column('sortOrder', '排序', 'number', {
    aliases: ['排序号', '顺序', '显示顺序'],
    meaning: '整数，小的在前',
    example: '10',
  }),
  column('category', '类别', 'text', {
    aliases: ['部门类别', '单位类别', '机构类别', '部门类型', '单位类型'],
    meaning: '本机构自己的分类，如 教学单位、职能部门',
    example: '教学单位',
  }),
];

/** 人员 of issue 3, "The sheet"; `sourceId` is for sources that have one (rule B1). */
export const PERSON_COLUMNS: readonly Column[] = [
  column('staffNo', '工号', 'code', {
    required: true,
    aliases: ['员工编号', '员工号', '职工号', '教工号', '教职工号', '人员工号', '职工编号', '工作证号'],
    meaning: '每人一个，不重复使用。字母、数字、- _ . @，最多 32 位，前面的 0 要保留',
    example: '00731',
  }),
  column('name', '姓名', 'name', {
    required: true,
    aliases: ['员工姓名', '职工姓名', '教工姓名', '人员姓名', '真实姓名', '名字'],
    meaning: '与证件一致，最多 64 个字',
    example: '张雨桐',
  }),
  column('sex', '性别', 'word', { words: SEX_WORDS, meaning: '要与身份证号一致', example: '女' }),
  column('idType', '证件类型', 'word', {
    words: ID_TYPE_WORDS,
    aliases: ['证件种类', '身份证件类型'],
    meaning: '不填时按居民身份证看待',
    example: '居民身份证',
  }),
  column('idNumber', '证件号码', 'idNumber', {
    personal: true,
    aliases: ['身份证号', '身份证号码', '身份证', '证件号', '居民身份证号', '公民身份号码', '身份证件号码'],
    meaning: '18 位身份证号；15 位的自动换成 18 位；护照等先填证件类型',
    example: '11010519491231002X',
  }),
  column('bornOn', '出生日期', 'date', {
    personal: true,
    aliases: ['出生年月日', '生日', '出生时间'],
    meaning: '要与身份证号一致',
    example: '1949-12-31',
  }),
  column('mobile', '手机号', 'mobile', {
    personal: true,
    aliases: ['手机号码', '手机', '移动电话', '联系手机', '手机电话'],
    meaning: '11 位；境外号码以 + 和国家代码开头。手机号和邮箱至少有一个',
    example: '19900000731',
  }),
  column('email', '邮箱', 'email', {
    aliases: ['电子邮箱', '邮箱地址', '电子邮件', '邮件地址', 'email', 'e-mail'],
    meaning: '6 到 64 个字符，每人一个',
    example: 'zhangyt@example.edu.cn',
  }),
  column('unitCodes', '部门编码', 'codes', {
    required: true,
    aliases: [
      '所属部门编码',
      '所在部门编码',
      '单位编码',
      '部门代码',
      '单位代码',
      '所属单位编码',
      '所在单位编码',
    ],
    meaning: '第一个是主岗，兼任的用 ； 隔开',
    example: 'D0102；D0300',
  }),
  column('title', '职务', 'text', {
    aliases: ['职位', '岗位', '岗位名称', '职务名称', '主岗职务'],
    meaning: '主岗的职务，最多 64 个字',
    example: '教研室主任',
  }),
  column('grade', '职级', 'text', {
    aliases: ['职务级别', '岗位等级'],
    meaning: '最多 64 个字',
    example: '副高',
  }),
  column('managerStaffNo', '直属上级工号', 'code', {
    aliases: ['直接上级工号', '上级工号', '直属领导工号', '主管工号', '直属上级'],
    meaning: '直属上级的工号，不能是本人',
    example: '00012',
  }),
  column('category', '人员类别', 'word', {
    required: true,
    words: CATEGORY_WORDS,
    aliases: ['人员类型', '人员性质'],
    meaning: '决定能看到什么',
    example: '院内',
  }),
  column('establishment', '编制类别', 'word', {
    words: ESTABLISHMENT_WORDS,
    aliases: ['编制', '编制类型', '编制性质', '用工性质', '用工类型', '用工形式'],
    meaning: '用工的性质',
    example: '在编',
  }),
  column('employedOn', '用工起始日期', 'date', {
    aliases: ['入职日期', '入职时间', '进院日期', '来校日期', '聘用起始日期', '合同起始日期', '报到日期'],
    meaning: '这一段用工从哪天起',
    example: '2015-09-01',
  }),
  column('contractUntilOn', '合同截止日期', 'date', {
    aliases: ['合同到期日期', '合同结束日期', '合同终止日期', '聘用截止日期', '合同到期日'],
    meaning: '没有期限的写 无固定期限',
    example: '2027-08-31',
  }),
  column('status', '状态', 'word', {
    required: true,
    words: STATUS_WORDS,
    aliases: ['人员状态', '在职状态', '员工状态', '用工状态', '在岗状态'],
    meaning: '离职、退休的人也要列出来并写明，不要只删掉这一行',
    example: '在职',
  }),
  column('statusOn', '状态日期', 'date', {
    aliases: ['状态起始日期', '状态生效日期', '生效日期', '变动日期', '状态变动日期', '离职日期'],
    meaning: '状态从哪天起；是将来的日子就到那天再办',
    example: '2026-11-20',
  }),
  column('leaveReason', '离职原因', 'text', {
    aliases: ['离开原因', '减员原因'],
    meaning: '最多 191 个字',
    example: '',
  }),
  column('sortOrder', '排序', 'number', {
    aliases: ['排序号', '顺序', '显示顺序'],
    meaning: '部门里的先后，整数，小的在前',
    example: '20',
  }),
  column('sourceId', '人事系统编号', 'text', {
    aliases: ['人事编号', '人员ID', '人员唯一标识', 'sourceid'],
    meaning: '人事系统里不变的编号，有就填',
    example: '',
    inTemplate: false,
  }),
];

export const COLUMNS: Readonly<Record<SheetKind, readonly Column[]>> = {
  units: UNIT_COLUMNS,
  people: PERSON_COLUMNS,
};

export const SHEET_NAMES: Readonly<Record<SheetKind, string>> = { units: '部门', people: '人员' };

const byKey = {
  units: new Map(UNIT_COLUMNS.map((one) => [one.key, one])),
  people: new Map(PERSON_COLUMNS.map((one) => [one.key, one])),
};

export const columnOf = (kind: SheetKind, key: string): Column | undefined => byKey[kind].get(key);

/** What a column is called; the key itself when it is none of ours. */
export const labelOf = (kind: SheetKind, key: string): string => columnOf(kind, key)?.label ?? key;
