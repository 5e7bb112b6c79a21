import { ref, shallowReactive, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../../api/failure.ts';
import { hr, type RowsAnswer, type SheetKind, type SheetRow } from '../api.ts';

export interface Rows {
  columns: ShallowRef<RowsAnswer['columns']>;
  total: Ref<number>;
  /** Line numbers as the spreadsheet shows them: the first row, and the last one known to be there. */
  first: Ref<number>;
  last: Ref<number>;
  failure: ShallowRef<Failure | null>;
  row: (line: number) => SheetRow | undefined;
  /** Fetches what is missing around these lines. */
  want: (from: number, to: number) => void;
  /** Everything anew: a fix may have changed many rows. */
  renew: () => void;
}

const chunk = 100;
const mostKept = 4000;

/** The rows of one sheet by line, fetched in chunks as they come into view; far ones are let go. */
export function useRows(batchId: () => string, kind: () => SheetKind): Rows {
  const columns: ShallowRef<RowsAnswer['columns']> = shallowRef([]);
  const total = ref(0);
  const first = ref(2);
  const last = ref(1);
  const failure: ShallowRef<Failure | null> = shallowRef(null);
  const rows = shallowReactive(new Map<number, SheetRow>());
  let asked = new Set<number>();
  let round = 0;
  let seen: [number, number] = [1, 1];

  async function fetchChunk(at: number): Promise<void> {
    if (asked.has(at)) return;
    asked.add(at);
    const mine = round;
    try {
      const answer = await hr.rows(batchId(), { kind: kind(), from: at * chunk + 1, limit: chunk });
      if (mine !== round) return;
      take(answer, at);
    } catch (error) {
      if (mine !== round) return;
      asked.delete(at);
      failure.value = asFailure(error);
    }
  }

  function take(answer: RowsAnswer, at: number): void {
    failure.value = null;
    columns.value = answer.columns;
    total.value = answer.total;
    if (at === 0 && answer.rows[0]) first.value = answer.rows[0].line;
    const end = answer.rows.at(-1)?.line ?? 0;
    // Empty lines of the sheet are no rows, so the last line may lie beyond the count.
    last.value = Math.max(last.value, end, answer.total === 0 ? 0 : first.value + answer.total - 1);
    for (const row of answer.rows) rows.set(row.line, row);
    if (rows.size > mostKept) letGo();
  }

  function letGo(): void {
    const [from, to] = seen;
    for (const line of rows.keys()) {
      if (line > from - 5 * chunk && line < to + 5 * chunk) continue;
      rows.delete(line);
      asked.delete(Math.floor((line - 1) / chunk));
    }
  }

  function want(from: number, to: number): void {
    seen = [from, to];
    const high = Math.floor((Math.max(to, 1) - 1) / chunk);
    for (let at = Math.floor((Math.max(from, 1) - 1) / chunk); at <= high; at += 1) void fetchChunk(at);
  }

  function renew(): void {
    round += 1;
    asked = new Set();
    failure.value = null;
    want(...seen);
  }

  watch([batchId, kind], () => {
    rows.clear();
    columns.value = [];
    total.value = 0;
    last.value = 1;
    seen = [1, 1];
    renew();
  });
  want(1, 1);

  return { columns, total, first, last, failure, row: (line) => rows.get(line), want, renew };
}
