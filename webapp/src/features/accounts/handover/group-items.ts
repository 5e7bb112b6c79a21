import type { SheetItem } from '../shapes.ts';

export interface ItemGroup {
  readonly kind: string;
  readonly label: string;
  readonly items: readonly SheetItem[];
}

/** Items by kind, in the order they come. */
export function groupItems(items: readonly SheetItem[]): ItemGroup[] {
  const groups = new Map<string, { kind: string; label: string; items: SheetItem[] }>();
  for (const item of items) {
    const group = groups.get(item.kind) ?? { kind: item.kind, label: item.kindLabel, items: [] };
    group.items.push(item);
    groups.set(item.kind, group);
  }
  return [...groups.values()];
}
