import { badRequest } from '../../../kernel/errors.ts';
import type { Dialect } from '../../../platform/db/dialect.ts';
import type { SqlColumn, SqlColumns } from '../../directory/index.ts';
import { evaluate, fold } from './evaluate.ts';
import type { Meant, Ref } from './resolve.ts';

export interface Condition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

type Compare = Extract<Meant, { kind: 'compare' }>;
type Text = Extract<SqlColumn, { kind: 'text' }>;

const of = (sql: string, ...params: unknown[]): Condition => ({ sql, params });
const EVERY = of('1 = 1');
const NONE = of('1 = 0');
const not = ({ sql, params }: Condition): Condition => of(`not (${sql})`, ...params);

/**
 * A filter as a condition that says of every row what `evaluate` says of the resource made of it. Every part is
 * true or false, never null, so that NOT means the opposite.
 * @throws badRequest `scim.invalid_filter` for what no column holds
 */
export function conditionOf(meant: Meant, columns: SqlColumns, dialect: Dialect): Condition {
  const translate = (part: Meant, among: SqlColumns): Condition => {
    switch (part.kind) {
      case 'and':
      case 'or': {
        const parts = part.parts.map((one) => translate(one, among));
        const sql = parts.map((one) => `(${one.sql})`).join(` ${part.kind} `);
        return of(sql, ...parts.flatMap(({ params }) => params));
      }
      case 'not':
        return not(translate(part.part, among));
      case 'some':
        return within(among[part.ref.key], part.ref, (inner) => translate(part.part, inner));
      case 'present':
      case 'compare':
        return leaf(part, among);
    }
  };

  function leaf(part: Extract<Meant, { kind: 'present' | 'compare' }>, among: SqlColumns): Condition {
    const { ref } = part;
    const direct = among[ref.key];
    if (direct && direct.kind !== 'among') return one(part, direct);
    const holder = direct ?? among[nameOf(ref)];
    return within(holder, ref, (inner) => {
      const column = inner[ref.sub && !direct ? ref.sub.name : ''];
      if (!column) throw unknown(ref);
      return one(part, column);
    });
  }

  const one = (part: Extract<Meant, { kind: 'present' | 'compare' }>, column: SqlColumn): Condition =>
    part.kind === 'present' ? presence(column) : compared(part, column, dialect);

  return translate(meant, columns);
}

const unknown = ({ key }: Ref) =>
  badRequest('scim.invalid_filter', { why: `${key} cannot be searched here` });
const nameOf = ({ urn, attribute }: Ref): string => `${urn === null ? '' : `${urn}:`}${attribute.name}`;

/** Some value of a row elsewhere. */
function within(
  column: SqlColumn | undefined,
  ref: Ref,
  inner: (columns: SqlColumns) => Condition,
): Condition {
  if (column?.kind !== 'among') throw unknown(ref);
  const { sql, params } = inner(column.columns);
  return of(`${column.open}${sql}${column.close}`, ...column.params, ...params);
}

function presence(column: SqlColumn): Condition {
  switch (column.kind) {
    case 'text':
      return of(`(${column.sql} is not null and ${column.sql} <> '')`);
    case 'instant':
    case 'flag':
    case 'fixed':
      return EVERY;
    case 'among':
      throw new Error('presence is asked of values');
  }
}

function compared(part: Compare, column: SqlColumn, dialect: Dialect): Condition {
  const { op, value } = part;
  switch (column.kind) {
    case 'text':
      return text(op, column, String(value), dialect);
    case 'instant':
      return of(`${column.sql} ${SIGN[op]} ?`, value);
    case 'flag':
      return value === true ? of(column.sql) : not(of(column.sql));
    case 'fixed':
      return column.values.some((has) => fixedHolds(part, has)) ? EVERY : NONE;
    case 'among':
      throw new Error('comparisons are made with values');
  }
}

const SIGN: Readonly<Record<Compare['op'], string>> = {
  eq: '=',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
  co: '',
  sw: '',
  ew: '',
};

/** Behind the last character there is: where the texts with a prefix end. */
const LAST = '\u{10FFFF}';

/**
 * By bytes, also where the database would pad with spaces or (SQLite's LIKE) forget about case. What is lowered by
 * the database is lowered on both sides by it.
 */
function text(op: Compare['op'], { sql, fold: how }: Text, value: string, dialect: Dialect): Condition {
  const asked = how === 'stored' ? fold(value) : value;
  const [has, mark] = how === 'lower' ? [`lower(${sql})`, 'lower(?)'] : [sql, '?'];
  const whole = (condition: string, ...params: unknown[]) =>
    of(`(${sql} is not null and ${sql} <> '' and ${condition})`, ...params);
  switch (op) {
    case 'eq':
      if (asked === '') return NONE;
      return dialect === 'mysql' && asked.endsWith(' ')
        ? like(asked)
        : of(`(${sql} is not null and ${has} = ${mark})`, asked);
    case 'sw':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`${escaped(asked)}%`, true)
        : whole(`${has} >= ${mark} and ${has} < ${mark}`, asked, asked + LAST);
    case 'co':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`%${escaped(asked)}%`, true)
        : whole(`instr(${has}, ${mark}) > 0`, asked);
    case 'ew':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`%${escaped(asked)}`, true)
        : whole(`substr(${has}, ?) = ${mark}`, -[...asked].length, asked);
    default:
      return whole(`${has} ${SIGN[op]} ${mark}`, asked);
  }

  function like(pattern: string, isPattern = false): Condition {
    return whole(`${has} like ${mark} escape '!'`, isPattern ? pattern : escaped(pattern));
  }
}

const escaped = (literal: string): string => literal.replace(/[!%_]/g, '!$&');

/** Values that are the same for everybody: compared here. */
function fixedHolds({ op, ref, value }: Compare, has: string | boolean): boolean {
  if (typeof has === 'boolean' || typeof value === 'boolean') return has === value;
  return evaluate(
    { kind: 'compare', op, ref: { ...ref, urn: null }, value },
    ref.sub ? { [ref.attribute.name]: { [ref.sub.name]: has } } : { [ref.attribute.name]: has },
  );
}
