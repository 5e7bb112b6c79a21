import type { Category, Establishment } from './known.ts';

const BY_ESTABLISHMENT: Readonly<Record<Establishment, string>> = {
  established: '编制内',
  employee: '编外',
  outsourced: '外包',
  seconded: '借调',
  attached: '挂职',
  other: '其他',
};
const BY_CATEGORY: Readonly<Record<Category, string>> = {
  internal: '院内',
  external: '院外服务',
  entrusted: '代管单位',
};

/** The one word people see for what somebody is here. */
export function categoryName(category: Category, establishment: Establishment | null): string {
  if (category === 'entrusted' || establishment === null || establishment === 'other')
    return BY_CATEGORY[category];
  return BY_ESTABLISHMENT[establishment];
}
