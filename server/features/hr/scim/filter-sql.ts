import { badRequest } from '../../../kernel/errors.ts';
import type { Dialect } from '../../../platform/db/dialect.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { scimReads, SqlColumn, SqlColumns } from '../../directory/index.ts';
import { evaluate, fold } from './evaluate.ts';
import type { Meant, Ref } from './resolve.ts';

type Condition = scimReads.Condition;
type Compare = Extract<Meant, { kind: 'compare' }>;
type Text = Extract<SqlColumn, { kind: 'text' }>;
type Holder = Extract<SqlColumn, { kind: 'inside' | 'among' }>;

const of = (sql: string, ...params: unknown[]): Condition => ({ sql, params });
const EVERY = of('1 = 1');
const NONE = of('1 = 0');
const not = ({ sql, params, byRow }: Condition): Condition => ({
  ...of(`not (${sql})`, ...params),
  ...(byRow && { byRow: not(byRow) }),
});
const joined = (word: 'and' | 'or', parts: readonly Condition[]): Condition => ({
  ...of(parts.map(({ sql }) => `(${sql})`).join(` ${word} `), ...parts.flatMap(({ params }) => params)),
  ...(parts.some(({ byRow }) => byRow) && {
    byRow: joined(
      word,
      parts.map((part) => part.byRow ?? part),
    ),
  }),
});

/** More rows than this are not named one by one. */
const FEW = 100;

/**
 * A filter as a condition that says of every row what `evaluate` says of the resource made of it. Every part is
 * true or false, never null, so that NOT means the opposite.
 * @throws badRequest `scim.invalid_filter` for what no column holds
 */
export async function conditionOf(reads: Reads, meant: Meant, columns: SqlColumns): Promise<Condition> {
  const held = await heldBy(meant, columns);
  if (!held) return translate(meant, columns);
  const condition = await within(held);
  const { holder, inner } = held;
  if (holder.kind !== 'among' || holder.hint !== 'inOrder') return condition;
  const { by, rows } = holder;
  const { sql, params } = condition;
  return { sql, params, through: { from: rows.from, by, ...fitting(holder, inner) } };

  async function translate(part: Meant, among: SqlColumns): Promise<Condition> {
    switch (part.kind) {
      case 'and':
      case 'or':
        return joined(part.kind, await Promise.all(part.parts.map((one) => translate(one, among))));
      case 'not':
        return not(await translate(part.part, among));
      case 'some':
      case 'present':
      case 'compare': {
        const values = await heldBy(part, among);
        return values ? within(values) : leaf(part, among[part.ref.key]);
      }
    }
  }

  /** Who holds the values a part asks for, when the row itself does not. */
  async function heldBy(part: Meant, among: SqlColumns): Promise<Held | null> {
    if (!('ref' in part)) return null;
    const { ref } = part;
    const direct = among[ref.key];
    const holder = direct ?? among[nameOf(ref)];
    if (!isHolder(holder)) return null;
    if (part.kind === 'some') return { holder, inner: await translate(part.part, holder.columns) };
    const column = holder.columns[ref.sub && !direct ? ref.sub.name : ''];
    return { holder, inner: await leaf(part, column) };
  }

  async function leaf(
    part: Exclude<Meant, { kind: 'and' | 'or' | 'not' }>,
    column: SqlColumn | undefined,
  ): Promise<Condition> {
    if (!column || part.kind === 'some') throw unknown(part.ref);
    if (isHolder(column)) return within({ holder: column, inner: await leaf(part, column.columns['']) });
    return part.kind === 'present' ? presence(column) : compared(part, column, reads.dialect);
  }

  /** Some value of it. */
  async function within({ holder, inner }: Held): Promise<Condition> {
    if (holder.kind === 'inside') return joined('and', [of(holder.when), inner]);
    const { to, by, rows, hint } = holder;
    const { sql, params } = fitting(holder, inner);
    const ids = `select ${by} as id from ${rows.from} where ${sql}`;
    if (hint === 'inOrder')
      return { ...of(`${to} in (${ids})`, ...params), byRow: of(lookedUp(holder, sql), ...params) };
    if (hint !== 'few') return of(`${to} in (${ids})`, ...params);
    // Named one by one: a database cannot guess how few they are.
    const found: { id: string }[] = await reads.em.query(`${ids} limit ${FEW + 1}`, [...params]);
    if (found.length === 0) return NONE;
    if (found.length > FEW) return of(`${to} in (${ids})`, ...params);
    return of(`${to} in (${found.map(() => '?').join(', ')})`, ...found.map(({ id }) => id));
  }
}

interface Held {
  readonly holder: Holder;
  /** On its columns. */
  readonly inner: Condition;
}

type Among = Extract<Holder, { kind: 'among' }>;

const fitting = ({ rows }: Among, inner: Condition): Condition =>
  joined('and', [of(rows.where, ...rows.params), inner]);

/** A value, not EXISTS: MariaDB and MySQL would gather the set after all. */
const lookedUp = ({ to, by, rows }: Among, sql: string): string =>
  `coalesce((select 1 from ${rows.from} where ${by} = ${to} and ${sql} limit 1), 0) = 1`;

const isHolder = (column: SqlColumn | undefined): column is Holder =>
  column?.kind === 'inside' || column?.kind === 'among';
const unknown = ({ key }: Ref) =>
  badRequest('scim.invalid_filter', { why: `${key} cannot be searched here` });
const nameOf = ({ urn, attribute }: Ref): string => `${urn === null ? '' : `${urn}:`}${attribute.name}`;

function presence(column: SqlColumn): Condition {
  switch (column.kind) {
    case 'text':
      return of(`(${column.sql} is not null and ${column.sql} <> '')`);
    case 'instant':
    case 'flag':
    case 'fixed':
      return EVERY;
    case 'inside':
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
    case 'inside':
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

/** Nothing lowers to these: a text contains them exactly when the lowered text does. */
const WITHOUT_CASE = /^[\p{Script=Han}\d]+$/u;
const CONTAINING: readonly Compare['op'][] = ['eq', 'co', 'sw', 'ew'];

/**
 * '' is no value, and nothing asked for here but '' itself is found in it. By bytes, also where the database would pad
 * with spaces or (SQLite's LIKE) forget about case. What is lowered by the database is lowered on both sides by it;
 * lowering 100,000 names takes it as long as reading them.
 */
function text(op: Compare['op'], { sql, fold: how }: Text, value: string, dialect: Dialect): Condition {
  const asked = how === 'stored' ? fold(value) : value;
  const lowers = how === 'lower' && !(CONTAINING.includes(op) && WITHOUT_CASE.test(asked));
  const [has, mark] = lowers ? [`lower(${sql})`, 'lower(?)'] : [sql, '?'];
  const known = (condition: string, ...params: unknown[]) =>
    of(`(${sql} is not null and ${condition})`, ...params);
  const whole = (condition: string, ...params: unknown[]) =>
    known(`${sql} <> '' and ${condition}`, ...params);
  switch (op) {
    case 'eq':
      if (asked === '') return NONE;
      return dialect === 'mysql' && asked.endsWith(' ') ? like(asked) : known(`${has} = ${mark}`, asked);
    case 'sw':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`${escaped(asked)}%`, true)
        : known(`${has} >= ${mark} and ${has} < ${mark}`, asked, asked + LAST);
    case 'co':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`%${escaped(asked)}%`, true)
        : known(`instr(${has}, ${mark}) > 0`, asked);
    case 'ew':
      if (asked === '') return whole('1 = 1');
      return dialect === 'mysql'
        ? like(`%${escaped(asked)}`, true)
        : known(`substr(${has}, ?) = ${mark}`, -[...asked].length, asked);
    default:
      return whole(`${has} ${SIGN[op]} ${mark}`, asked);
  }

  function like(pattern: string, isPattern = false): Condition {
    return known(`${has} like ${mark} escape '!'`, isPattern ? pattern : escaped(pattern));
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
