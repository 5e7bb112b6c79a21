import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Change, ChangeKind, FieldChange, Secret, Stage } from '../model.ts';
import { changeKey } from './keys.ts';
import type { Days } from './status.ts';
import type { PlannedChange, PlanOptions, SetValue } from './types.ts';

/** Fields of one change, for people and for machines. */
export class FieldList {
  readonly fields: FieldChange[] = [];
  readonly set: Record<string, SetValue> = {};
  private readonly setsAll: boolean;

  /**
   * @param setsAll set also what is equal today: for changes that may wait for a day on which it is not, and that are
   *   to be recognised when they are said again
   */
  constructor(setsAll = false) {
    this.setsAll = setsAll;
  }

  get isEmpty(): boolean {
    return this.fields.length === 0;
  }

  show(field: string, before: string | null, after: string | null): void {
    this.fields.push({ field, before, after });
  }

  add(field: string, before: string | null, after: string | null, value: SetValue): void {
    this.show(field, before, after);
    this.set[field] = value;
  }

  /** A5: `undefined` was not provided, `null` clears; what is equal is no change. */
  given<T extends string | number>(
    field: string,
    said: T | null | undefined,
    known: T | null,
    words: (value: T) => string = String,
  ): void {
    if (said === undefined) return;
    if (this.setsAll) this.set[field] = said;
    if (said === known) return;
    this.add(field, known === null ? null : words(known), said === null ? null : words(said), said);
  }

  /** Compared and set by print, shown masked (H6). */
  secret(field: string, said: Secret | null | undefined, known: Secret | null): void {
    if (said === undefined) return;
    if (this.setsAll) this.set[field] = said?.print ?? null;
    if (said?.print === known?.print) return;
    this.add(field, known?.masked ?? null, said?.masked ?? null, said?.print ?? null);
  }
}

interface Draft {
  readonly kind: ChangeKind;
  /** Where a target has several changes of a kind. */
  readonly detail?: string | undefined;
  readonly stage: Stage;
  readonly target: Change['target'];
  readonly topUnitCode: string;
  readonly list: FieldList;
  readonly effectiveOn: CalendarDate;
  readonly lines: readonly number[];
  readonly why: string;
  readonly needs?: readonly string[] | undefined;
}

/** Writes changes down: key, lateness (A6), words. */
export interface Scribe {
  readonly days: Days;
  write(draft: Draft): PlannedChange;
}

/** @param firstLoad nobody was known before: what has long been so was not reported late */
export function createScribe(days: Days, { workdaysBetween }: PlanOptions, firstLoad: boolean): Scribe {
  const lateBy = new Map<CalendarDate, number | null>();
  const late = (on: CalendarDate): number | null => {
    if (firstLoad || on >= days.saidOn) return 0;
    const known = lateBy.get(on);
    if (known !== undefined) return known;
    const count = workdaysBetween(on, days.saidOn);
    lateBy.set(on, count);
    return count;
  };
  return {
    days,
    write({ kind, detail, stage, target, topUnitCode, list, effectiveOn, lines, why, needs }) {
      const lateWorkdays = late(effectiveOn);
      return {
        key: changeKey(target.type, target.ref, kind, detail),
        stage,
        kind,
        target,
        topUnitCode,
        fields: list.fields,
        effectiveOn,
        // G4: nobody is held to a day no calendar decides.
        lateWorkdays: lateWorkdays ?? 0,
        lines,
        why: lateWorkdays === null ? `${why}（工作日历还没有公布，迟报天数未计）` : why,
        set: list.set,
        needs: needs ?? [],
      };
    },
  };
}
