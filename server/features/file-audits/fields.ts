/** What of a record can be checked, as it is called. Pure. */
import { Field } from './contract.ts';

interface FieldFacts {
  readonly label: string;
  /** Shown masked; in full on the person's own page, for a purpose, only (H6). */
  readonly isPersonal: boolean;
}

const plain = (label: string): FieldFacts => ({ label, isPersonal: false });
const personal = (label: string): FieldFacts => ({ label, isPersonal: true });

export const FIELDS: Readonly<Record<Field, FieldFacts>> = {
  name: plain('姓名'),
  staffNo: plain('工号'),
  sex: plain('性别'),
  idType: plain('证件类型'),
  idNumber: personal('证件号码'),
  bornOn: personal('出生日期'),
  address: personal('家庭住址'),
  unit: plain('所在单位'),
  title: plain('岗位'),
  manager: plain('直属上级'),
  category: plain('人员类别'),
  establishment: plain('编制类别'),
  grade: plain('职级'),
  employedOn: plain('用工起始'),
  contractUntilOn: plain('合同截止'),
  status: plain('在职状态'),
  mobile: personal('手机号'),
  email: personal('邮箱'),
  userid: plain('企业微信账号'),
  photo: personal('证件照'),
};

export const ALL_FIELDS: readonly Field[] = Field.options;
export const labelOf = (field: Field): string => FIELDS[field].label;

/** In the order in which they are shown. */
export const inOrder = (fields: readonly Field[]): Field[] =>
  ALL_FIELDS.filter((field) => fields.includes(field));
