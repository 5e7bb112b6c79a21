import type { KnownIndex } from './known-index.ts';
import type { UnitView } from './reconciling.ts';
import type { UnitGoals } from './unit-goals.ts';
import type { UnitOrder } from './unit-order.ts';
import { createTops } from './unit-tree.ts';

export function createUnitView(index: KnownIndex, { goals }: UnitGoals, { steps }: UnitOrder): UnitView {
  const created = new Map(steps.filter(({ act }) => act === 'create').map(({ code, key }) => [code, key]));
  const knownParent = (code: string) => index.unitByCode.get(code)?.parentCode;
  return {
    nameOf: (code) => index.unitByCode.get(code)?.name ?? goals.get(code)?.name ?? code,
    topBefore: createTops(knownParent, index.rootCode),
    topAfter: createTops((code) => goals.get(code)?.parentCode ?? knownParent(code), index.rootCode),
    createKeyOf: (code) => created.get(code),
  };
}
