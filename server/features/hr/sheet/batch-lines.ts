import type { Fault } from '../model.ts';
import { faultOf, type Draft, type FaultDetails } from './row-reader.ts';

/** The rows of one sheet with what is wrong with them so far. One fault of a kind per cell is enough. */
export interface BatchLines {
  readonly faults: Fault[];
  /** Lines that are refused. */
  readonly refused: ReadonlySet<number>;
  add(faults: readonly Fault[]): void;
  fault(row: Draft<unknown>['row'], column: string, code: Fault['code'], details?: FaultDetails): void;
}

export function createBatchLines(drafts: readonly Draft<unknown>[]): BatchLines {
  const faults: Fault[] = [];
  const refused = new Set<number>();
  function add(more: readonly Fault[]): void {
    for (const fault of more) {
      faults.push(fault);
      refused.add(fault.line);
    }
  }
  for (const draft of drafts) add(draft.faults);
  return {
    faults,
    refused,
    add,
    fault: (row, column, code, details) => add([faultOf(row, column, code, details)]),
  };
}

/**
 * Codes that are taken although a spreadsheet ate their zeros: `731` is nobody, but `00731` is stored and has no row
 * of its own. Taking it for a newcomer would make the other one look like a leaver.
 * @returns the stored spelling by the code as it was read
 */
export function lostZeros(
  readCodes: readonly string[],
  knownCodes: readonly string[],
  bare: (code: string) => string,
): Map<string, string> {
  const stored = new Map<string, string>();
  for (const code of knownCodes) if (code.startsWith('0')) stored.set(bare(code), code);
  const known = new Set(knownCodes);
  const said = new Set(readCodes);
  const lost = new Map<string, string>();
  for (const code of readCodes) {
    const full = /^\d+$/.test(code) && !known.has(code) ? stored.get(bare(code)) : undefined;
    if (full !== undefined && full !== code && !said.has(full)) lost.set(code, full);
  }
  return lost;
}
