/** Chinese words of a newcomer's report. */
import type { Establishment, IdPaperType, LinkedBy, NewcomerState, PersonCategory } from './contract.ts';

export const NEWCOMER_STATE_WORDS: Readonly<Record<NewcomerState, string>> = {
  filling: '单位填报中',
  waiting: '等人事编号',
  linked: '人事已登记',
  opened: '已开始开通',
  ended: '没有来，已结束',
};

export const PAPER_WORDS: Readonly<Record<IdPaperType, string>> = {
  residentId: '居民身份证',
  passport: '护照',
  hmtResidence: '港澳台居民居住证',
  foreignResidence: '外国人永久居留身份证',
};

export const PERSON_CATEGORY_WORDS: Readonly<Record<PersonCategory, string>> = {
  internal: '院内',
  external: '院外服务',
  entrusted: '代管',
};

export const ESTABLISHMENT_WORDS: Readonly<Record<Establishment, string>> = {
  established: '在编',
  employee: '雇员',
  outsourced: '外包',
  seconded: '借调',
  attached: '挂职',
  other: '其他',
};

export const LINKED_WORDS: Readonly<Record<LinkedBy, string>> = {
  idNumber: '证件号码一致，自动关联',
  mobileAndName: '手机号和姓名一致，自动关联',
  hand: '人事处核对后关联',
};
