/** A console's export as evidence: who acted last when. Pure; faults are told by line, nothing is guessed. */
import { w } from '../words.ts';

export interface EvidenceLine {
  /** Staff number or userid, as written. */
  who: string;
  /** Counted from 1 as the sheet shows it. */
  line: number;
  /** Epoch ms. */
  lastAt: number;
}
export interface ReadEvidence {
  /** Null: the columns were not found. */
  lines: EvidenceLine[] | null;
  /** Lines whose time could not be read, counted from 1 as the sheet shows them. */
  unreadable: number[];
  /** Lines without a time: no act on record, which is no fault. */
  silent: number;
}

const columnOf = (header: readonly string[], names: readonly string[]): number =>
  header.findIndex((cell) => names.includes(cell.trim()));

export function readEvidence(cells: readonly (readonly string[])[]): ReadEvidence {
  const at = cells.findIndex(
    (line) => columnOf(line, w.evidence.staffNoNames) >= 0 && columnOf(line, w.evidence.timeNames) >= 0,
  );
  const header = cells[at];
  if (!header) return { lines: null, unreadable: [], silent: 0 };
  const whoAt = columnOf(header, w.evidence.staffNoNames);
  const timeAt = columnOf(header, w.evidence.timeNames);
  const found: ReadEvidence & { lines: EvidenceLine[] } = { lines: [], unreadable: [], silent: 0 };
  for (const [index, line] of cells.slice(at + 1).entries()) {
    const who = (line[whoAt] ?? '').trim();
    const time = (line[timeAt] ?? '').trim();
    if (who === '') continue;
    if (time === '' || time === '-' || time === '—') found.silent += 1;
    else {
      const lastAt = instantOf(time);
      if (lastAt === null) found.unreadable.push(at + index + 2);
      else found.lines.push({ who, line: at + index + 2, lastAt });
    }
  }
  return found;
}

const SHAPE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Beijing time as written in the sheet; null when it is no time, 31 February included. */
export function instantOf(text: string): number | null {
  const found = SHAPE.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real = asUtc.getUTCMonth() === month - 1 && asUtc.getUTCDate() === day && hour < 24 && minute < 60;
  return real ? asUtc.getTime() - 8 * 3_600_000 : null;
}
