import type { Filled, RequestKind } from '../api.ts';
import { w } from '../words.ts';

export type FieldType =
  'unit' | 'date' | 'text' | 'long' | 'choice' | 'systems' | 'changes' | 'letter' | 'yes';

export interface Field {
  key: string;
  label: string;
  type: FieldType;
  /** Values of a choice with their words. */
  options?: Readonly<Record<string, string>>;
  hint?: string;
  /** Left out: always. */
  shown?: (form: FormValues) => boolean;
  max?: number;
}

export type FormValues = Readonly<Record<string, unknown>>;

const f = w.fields;
const unit = (key: string, label: string, more: Partial<Field> = {}): Field => ({
  key,
  label,
  type: 'unit',
  ...more,
});
const date = (key: string, label: string, more: Partial<Field> = {}): Field => ({
  key,
  label,
  type: 'date',
  ...more,
});
const text = (key: string, label: string, max: number, more: Partial<Field> = {}): Field => ({
  key,
  label,
  type: 'text',
  max,
  ...more,
});
const reason = (label: string, more: Partial<Field> = {}): Field => ({
  key: 'reason',
  label,
  type: 'long',
  max: 500,
  ...more,
});
const systems: Field = { key: 'systems', label: f.systems, type: 'systems', hint: f.systemsHint };

const is =
  (key: string, ...values: readonly unknown[]) =>
  (form: FormValues): boolean =>
    values.includes(form[key]);
const outside = (form: FormValues): boolean => form['hostUnitId'] === null;

const secondOut: readonly Field[] = [
  unit('homeUnitId', f.homeUnit),
  unit('hostUnitId', f.hostUnitOut, { hint: f.hostUnitHint }),
  text('hostName', f.hostName, 128, { shown: outside }),
  { key: 'hostLetter', label: f.hostLetter, type: 'letter', shown: outside },
  date('fromOn', f.fromOn),
  date('untilOn', f.untilOn, { hint: f.untilHint }),
  reason(f.reason),
];

/** What each kind asks, in the order and with the names under which the server says what is missing. */
export const FIELDS: Readonly<Record<RequestKind, readonly Field[]>> = {
  open: [
    unit('unitId', f.unit),
    date('reportOn', f.reportOn),
    { key: 'category', label: f.category, type: 'choice', options: w.categories },
    { ...systems, hint: f.systemsAllHint },
    { key: 'need', label: f.need, type: 'long', max: 500, shown: is('category', 'nonEstablished') },
    text('originUnit', f.originUnit, 128, { shown: is('category', 'transferred', 'attached', 'seconded') }),
    date('untilOn', f.untilOnOpen, { shown: is('category', 'attached', 'seconded', 'nonEstablished') }),
    reason(f.reasonOther, { shown: is('category', 'other') }),
  ],
  change: [
    { key: 'move', label: f.move, type: 'choice', options: w.moves },
    unit('unitId', f.unit),
    unit('toUnitId', f.toUnit, { shown: is('move', 'between') }),
    date('effectiveOn', f.changeOn),
    reason(f.changeReason),
    { key: 'changes', label: f.changes, type: 'changes' },
    systems,
  ],
  concurrentPost: [
    unit('unitId', f.unit),
    unit('toUnitId', f.concurrentUnit),
    text('title', f.concurrentTitle, 64),
    date('effectiveOn', f.effectiveOn),
    date('untilOn', f.untilOnPost, { hint: f.untilOpenHint }),
    reason(f.concurrentReason),
  ],
  secondIn: [
    unit('homeUnitId', f.homeUnit),
    unit('hostUnitId', f.hostUnitIn),
    text('title', f.title, 64),
    date('fromOn', f.fromOn),
    date('untilOn', f.untilOn, { hint: f.untilHint }),
    reason(f.reason),
  ],
  secondOut,
  attach: [
    { key: 'where', label: f.where, type: 'choice', options: w.wheres },
    unit('homeUnitId', f.homeUnitAttach),
    unit('hostUnitId', f.hostUnitAttach),
    text('hostName', f.hostName, 128, { shown: (form) => form['where'] !== 'inside' && outside(form) }),
    {
      key: 'hostLetter',
      label: f.hostLetter,
      type: 'letter',
      shown: (form) => form['where'] !== 'inside' && outside(form),
    },
    text('title', f.title, 64, { shown: is('where', 'inside') }),
    date('fromOn', f.fromOn),
    date('untilOn', f.untilOn, { hint: f.untilHint }),
    reason(f.reason),
  ],
  lock: [
    unit('unitId', f.unit),
    date('fromOn', f.lockFrom),
    date('untilOn', f.lockUntil, { hint: f.lockUntilHint }),
    { key: 'cause', label: f.cause, type: 'choice', options: w.causes },
    reason(f.lockReason, { hint: f.lockReasonHint }),
  ],
  unlock: [
    unit('unitId', f.unit),
    date('effectiveOn', f.effectiveOn),
    { key: 'returned', label: f.returned, type: 'yes' },
    reason(f.unlockReason, { hint: f.lockReasonHint }),
  ],
  cancel: [
    unit('unitId', f.unit),
    date('leftOn', f.leftOn),
    { key: 'leavingReason', label: f.leavingReason, type: 'choice', options: w.leavings },
    reason(f.reasonOther),
  ],
};

const none = { unitId: null, reason: '' };
const out = { homeUnitId: null, hostUnitId: null, hostName: '', hostLetter: null };
const period = { fromOn: null, untilOn: null };

const BLANK = {
  open: {
    ...none,
    reportOn: null,
    category: null,
    systems: null,
    need: '',
    originUnit: '',
    untilOn: null,
  },
  change: { ...none, move: null, toUnitId: null, effectiveOn: null, changes: [], systems: null },
  concurrentPost: { ...none, toUnitId: null, title: '', effectiveOn: null, untilOn: null },
  secondIn: { homeUnitId: null, hostUnitId: null, title: '', ...period, reason: '' },
  secondOut: { ...out, ...period, reason: '' },
  attach: { ...out, ...period, where: null, title: '', reason: '' },
  lock: { ...none, ...period, cause: null },
  unlock: { ...none, lockId: null, effectiveOn: null, returned: true },
  cancel: { ...none, leftOn: null, leavingReason: null },
} as const satisfies { [K in RequestKind]: Extract<Filled, { kind: K }>['form'] };

export const blank = (kind: RequestKind): Filled => ({ kind, form: BLANK[kind] }) as Filled;

export const valuesOf = ({ form }: Filled): FormValues => form;

export const withValue = (filled: Filled, key: string, value: unknown): Filled =>
  ({ kind: filled.kind, form: { ...filled.form, [key]: value } }) as Filled;

/** Why somebody is locked, and why not any more: the server gives it to named roles only, one by one (H5). */
export const isSecret = (kind: RequestKind, key: string): boolean =>
  (kind === 'lock' || kind === 'unlock') && (key === 'cause' || key === 'reason');

export const fieldsOf = (filled: Filled): readonly Field[] =>
  FIELDS[filled.kind].filter(({ shown }) => shown === undefined || shown(valuesOf(filled)));

/**
 * Whom the form names as senders, as far as it is filled in: the server says which of them one may send for. The same
 * order as the regulation's (S3-2.1 to 2.4).
 */
export function sendingUnits(filled: Filled): string[] {
  const { kind, form } = filled;
  const units =
    kind === 'change'
      ? [form.move === 'between' ? form.toUnitId : form.unitId]
      : kind === 'concurrentPost'
        ? [form.toUnitId]
        : kind === 'secondIn' || kind === 'secondOut' || kind === 'attach'
          ? [form.homeUnitId, form.hostUnitId]
          : [form.unitId];
  return units.filter((unitId) => unitId !== null);
}
