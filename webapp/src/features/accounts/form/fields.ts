import { words } from '../../../phrases/accounts.ts';
import type { RequestKind } from '../shapes.ts';
import { isBlank, type FormValue, type Values } from './values.ts';

interface FieldBase {
  readonly key: string;
  readonly label: string;
  /** The name the server gives the field when it is missing, where that is longer than the label. */
  readonly asked?: string;
  readonly optional?: boolean;
  /** In sight only when this holds; what is out of sight is not sent. */
  readonly when?: (values: Values) => boolean;
}

export type AccountField = FieldBase &
  (
    | { readonly type: 'choice'; readonly choices: readonly { value: string; label: string }[] }
    | { readonly type: 'text' | 'paragraph'; readonly maxLength: number }
    | { readonly type: 'date' | 'unit' | 'systems' | 'changes' | 'letter' | 'yesNo' | 'lock' }
  );

const f = words.fields;
const choicesOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const is =
  (key: string, ...wanted: FormValue[]) =>
  (values: Values): boolean =>
    wanted.includes(values[key] ?? null);

const unit: AccountField = { key: 'unitId', label: f.unit, type: 'unit' };
const from: AccountField = { key: 'fromOn', label: f.from, type: 'date' };
const until: AccountField = { key: 'untilOn', label: f.until, asked: f.untilAsked, type: 'date' };
const jobTitle: AccountField = { key: 'title', label: f.jobTitle, type: 'text', maxLength: 64 };
const note: AccountField = {
  key: 'reason',
  label: f.note,
  type: 'paragraph',
  maxLength: 500,
  optional: true,
};
const reason = (label: string): AccountField => ({ key: 'reason', label, type: 'paragraph', maxLength: 500 });
const home = (label: string): AccountField => ({ key: 'homeUnitId', label, type: 'unit' });
const host: AccountField = { key: 'hostUnitId', label: f.hostUnit, type: 'unit' };
/** S3-2.4a: the other side is outside and sends by a letter of its own. */
const otherSide: readonly AccountField[] = [
  { key: 'hostName', label: f.hostName, type: 'text', maxLength: 128 },
  { key: 'hostLetter', label: f.hostLetter, type: 'letter' },
];
const only = (when: (values: Values) => boolean, ...fields: AccountField[]): AccountField[] =>
  fields.map((field) => ({ ...field, when }));

const nonEstablished = is('category', 'nonEstablished');
const comesFrom = is('category', 'transferred', 'attached', 'seconded');
const temporary = is('category', 'attached', 'seconded');

/** What each kind asks, in the order it is filled in. Whether it is complete is the server's to say (S3-1b). */
export const FIELDS: Readonly<Record<RequestKind, readonly AccountField[]>> = {
  open: [
    unit,
    { key: 'reportOn', label: f.reportOn, type: 'date' },
    { key: 'category', label: f.category, type: 'choice', choices: choicesOf(words.choices.category) },
    ...only(
      nonEstablished,
      { key: 'systems', label: f.systems, type: 'systems' },
      { key: 'need', label: f.need, type: 'paragraph', maxLength: 500 },
    ),
    ...only(comesFrom, { key: 'originUnit', label: f.originUnit, type: 'text', maxLength: 128 }),
    ...only(temporary, { key: 'untilOn', label: f.until, type: 'date' }),
    ...only(is('category', 'other'), reason(f.explain)),
  ],
  change: [
    { key: 'move', label: f.move, type: 'choice', choices: choicesOf(words.choices.move) },
    ...only((values) => values['move'] !== 'between', unit),
    ...only(
      is('move', 'between'),
      { key: 'unitId', label: f.outOfUnit, asked: f.unit, type: 'unit' },
      { key: 'toUnitId', label: f.intoUnit, type: 'unit' },
    ),
    { key: 'effectiveOn', label: f.movedOn, type: 'date' },
    { key: 'changes', label: f.changes, type: 'changes' },
    reason(f.moveReason),
  ],
  concurrentPost: [
    unit,
    { key: 'toUnitId', label: f.postUnit, type: 'unit' },
    { key: 'title', label: f.postTitle, type: 'text', maxLength: 64 },
    { key: 'effectiveOn', label: f.effectiveOn, type: 'date' },
    { key: 'untilOn', label: f.until, type: 'date', optional: true },
    reason(f.postReason),
  ],
  secondIn: [home(f.homeUnit), host, jobTitle, from, until, note],
  secondOut: [home(f.homeUnit), ...otherSide, from, until, note],
  attach: [
    {
      key: 'where',
      label: f.where,
      asked: f.whereAsked,
      type: 'choice',
      choices: choicesOf(words.choices.where),
    },
    ...only(is('where', 'inside'), home(f.homeUnit), host, jobTitle),
    ...only(is('where', 'outside'), home(f.sendingUnit), ...otherSide),
    from,
    until,
    note,
  ],
  lock: [
    unit,
    { key: 'fromOn', label: f.suspendedOn, type: 'date' },
    { key: 'untilOn', label: f.until, type: 'date', optional: true },
    { key: 'cause', label: f.cause, type: 'choice', choices: choicesOf(words.choices.cause) },
    reason(f.lockReason),
  ],
  unlock: [
    unit,
    { key: 'lockId', label: f.lock, type: 'lock' },
    { key: 'effectiveOn', label: f.effectiveOn, type: 'date' },
    { key: 'returned', label: f.returnedToWork, type: 'yesNo' },
    reason(f.unlockReason),
  ],
  cancel: [
    unit,
    { key: 'leftOn', label: f.leftOn, type: 'date' },
    {
      key: 'leavingReason',
      label: f.leavingReason,
      type: 'choice',
      choices: choicesOf(words.choices.leaving),
    },
    { ...reason(f.explain), when: is('leavingReason', 'other') },
  ],
};

/** H5: these are for named roles only: never kept on the device, never read back. */
export const SECRET: Readonly<Partial<Record<RequestKind, readonly string[]>>> = {
  lock: ['cause', 'reason'],
  unlock: ['reason'],
};

export const LETTER_KEY = 'letter';

export const fieldsInSight = (kind: RequestKind, values: Values): AccountField[] =>
  FIELDS[kind].filter((field) => field.when?.(values) ?? true);

/** Where whoever reports most often stands themselves; null while that depends on what is not chosen yet. */
export function ownUnitKey(kind: RequestKind, values: Values): string | null {
  if (kind === 'secondIn') return 'hostUnitId';
  if (kind === 'concurrentPost') return 'toUnitId';
  if (kind === 'change' && isBlank(values['move'])) return null;
  if (kind === 'change' && values['move'] === 'between') return 'toUnitId';
  return fieldsInSight(kind, values).find(({ type }) => type === 'unit')?.key ?? null;
}

/** What a unit can be asked to complete, by the names the server uses. */
export const askable = (kind: RequestKind, values: Values): string[] => [
  ...fieldsInSight(kind, values).flatMap((field) => (field.optional ? [] : [field.asked ?? field.label])),
  f.letterAsked,
];

/** Which field each missing thing belongs to; `rest` are names no field in sight carries. */
export function placeMissing(kind: RequestKind, values: Values, missing: readonly string[]) {
  const byField: Record<string, string> = {};
  const rest: string[] = [];
  for (const name of missing) {
    const field = fieldsInSight(kind, values).find(({ label, asked }) => name === label || name === asked);
    if (field) byField[field.key] = name;
    else if (name === f.letterAsked) byField[LETTER_KEY] = name;
    else rest.push(name);
  }
  return { byField, rest };
}
