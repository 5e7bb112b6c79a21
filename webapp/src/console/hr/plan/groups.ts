import type { ChangeKind, PlanAnswer } from '../api.ts';
import { p } from './words.ts';

export interface Group {
  key: string;
  label: string;
  note: string;
  count: number;
  danger: boolean;
  /** What the URL says when it is chosen. */
  query: { kind: string; unit: string; view: string };
}

const group = (part: Partial<Group> & Pick<Group, 'key' | 'label' | 'count'>): Group => ({
  note: '',
  danger: false,
  ...part,
  query: { kind: '', unit: '', view: '', ...part.query },
});

/** The left list: doubts first, then what is destructive, then the rest, by kind or by unit. */
export function planGroups(plan: PlanAnswer, by: 'kind' | 'unit'): Group[] {
  const doubts =
    plan.doubts > 0
      ? [
          group({
            key: 'doubts',
            label: p.groups.doubts,
            note: p.groups.doubtsNote,
            count: plan.doubts,
            query: { kind: '', unit: '', view: 'doubts' },
          }),
        ]
      : [];
  return [...doubts, ...(by === 'kind' ? kinds(plan) : units(plan))];
}

function kinds(plan: PlanAnswer): Group[] {
  const each = [...plan.groups]
    .sort((a, b) => Number(b.destructive) - Number(a.destructive))
    .map(({ kind, label, count, destructive }) =>
      group({ key: kind, label, count, danger: destructive, query: { kind, unit: '', view: '' } }),
    );
  if (each.filter(({ danger }) => danger).length < 2) return each;
  const all = group({
    key: 'danger',
    label: p.groups.danger,
    count: plan.destructiveCount,
    danger: true,
    query: { kind: '', unit: '', view: 'danger' },
  });
  return [all, ...each];
}

function units(plan: PlanAnswer): Group[] {
  return plan.units.map(({ unitCode, name, count, destructive }) =>
    group({
      key: `unit:${unitCode}`,
      label: name,
      note: destructive > 0 ? p.groups.unitDanger(destructive) : '',
      count,
      danger: destructive > 0,
      query: { kind: '', unit: unitCode, view: '' },
    }),
  );
}

/** The destructive part of the list, as one group or as the only kind that is. */
export const dangerGroup = (plan: PlanAnswer): Group | undefined => kinds(plan).find(({ danger }) => danger);

export const changesQuery = (chosen: Group) => ({
  kind: chosen.query.kind as ChangeKind | '',
  unitCode: chosen.query.unit,
  destructive: chosen.query.view === 'danger' ? '1' : '',
});
