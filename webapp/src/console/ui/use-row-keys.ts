import { useKeys } from './use-keys.ts';

/** J and K walk the rows of a list: the focus goes to the link or button that opens each. */
export function useRowKeys(table: () => HTMLElement | undefined | null): void {
  const move = (by: 1 | -1): void => {
    const rows = [...(table()?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    if (rows.length === 0) return;
    const now = rows.findIndex((row) => row === document.activeElement);
    const at = now === -1 ? (by === 1 ? 0 : rows.length - 1) : now + by;
    rows[Math.min(rows.length - 1, Math.max(0, at))]?.focus();
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
}
