/** How values look in a plan. Units and people are shown by name, personal values masked, elsewhere. */
import type { Category, Establishment, HrStatus, IdType, Sex } from '../model.ts';

export const SEX_WORDS: Readonly<Record<Sex, string>> = { male: '男', female: '女' };

export const ID_TYPE_WORDS: Readonly<Record<IdType, string>> = {
  residentId: '居民身份证',
  passport: '护照',
  hmtResidence: '港澳台居民居住证',
  foreignResidence: '外国人永久居留身份证',
};

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
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

export const STATUS_WORDS: Readonly<Record<HrStatus, string>> = {
  working: '在职',
  secondedOut: '借调',
  attachedOut: '挂职',
  suspended: '停职',
  left: '离职',
  retired: '退休',
};
