/**
 * Expressions of formula fields: + - * / ( ) and round(x) or round(x, 2), over number and amount fields and the sums of
 * tables (`items.amount`). Read into a tree within bounds, then reckoned exactly; nothing is ever run as code.
 */
import { add, divide, fractionOf, negative, roundTo, times, type Fraction } from './fraction.ts';

export const MAX_LENGTH = 200;
const MAX_DEPTH = 20;

export type Expression =
  | { readonly kind: 'number'; readonly value: Fraction }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'round'; readonly of: Expression; readonly decimals: number }
  | {
      readonly kind: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    };

export type Reading =
  { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly fault: string };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*(?:\.[A-Za-z]\w*)?)|([-+*/(),]))/uy;

/** The tree of an expression, or what is wrong with it in the words of whoever designs the form. */
export function readFormula(text: string): Reading {
  if (text.length > MAX_LENGTH) return { ok: false, fault: `公式最长 ${String(MAX_LENGTH)} 个字符` };
  try {
    const tokens = tokensOf(text);
    const reader = { tokens, at: 0 };
    const expression = sum(reader, 0);
    if (reader.at < tokens.length) throw new Fault(`“${tokens[reader.at] ?? ''}”的位置不对`);
    return { ok: true, expression };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.message };
    throw error;
  }
}

class Fault extends Error {}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Fault(`看不懂“${text.slice(from).trim().slice(0, 10)}”`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

/** Takes the next token if it is one of these. */
function take(reader: Reader, ...wanted: readonly string[]): string | null {
  const token = reader.tokens[reader.at];
  if (token === undefined || !wanted.includes(token)) return null;
  reader.at += 1;
  return token;
}

function must(reader: Reader, wanted: string): void {
  if (take(reader, wanted) === null) throw new Fault(`少了“${wanted}”`);
}

function sum(reader: Reader, depth: number): Expression {
  let left = product(reader, depth);
  for (;;) {
    const kind = take(reader, '+', '-') as '+' | '-' | null;
    if (kind === null) return left;
    left = { kind, left, right: product(reader, depth) };
  }
}

function product(reader: Reader, depth: number): Expression {
  let left = single(reader, depth);
  for (;;) {
    const kind = take(reader, '*', '/') as '*' | '/' | null;
    if (kind === null) return left;
    left = { kind, left, right: single(reader, depth) };
  }
}

function single(reader: Reader, depth: number): Expression {
  if (depth > MAX_DEPTH) throw new Fault('括号套得太深');
  if (take(reader, '-') !== null) return { kind: 'negative', of: single(reader, depth + 1) };
  if (take(reader, '(') !== null) {
    const inner = sum(reader, depth + 1);
    must(reader, ')');
    return inner;
  }
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new Fault('公式没有写完');
  reader.at += 1;
  if (/^\d/.test(token)) return numberOf(token);
  if (!/^[A-Za-z]/.test(token)) throw new Fault(`“${token}”的位置不对`);
  return token === 'round' ? rounded(reader, depth) : { kind: 'name', name: token };
}

function numberOf(token: string): Expression {
  const value = fractionOf(token);
  if (value === null) throw new Fault(`数字 ${token.slice(0, 12)} 太长`);
  return { kind: 'number', value };
}

function rounded(reader: Reader, depth: number): Expression {
  must(reader, '(');
  const of = sum(reader, depth + 1);
  const decimals = take(reader, ',') === null ? 0 : Number(reader.tokens[reader.at++]);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 4)
    throw new Fault('round 的小数位数要写 0 到 4');
  must(reader, ')');
  return { kind: 'round', of, decimals };
}

/** Every name the expression uses, each once. */
export function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'negative':
    case 'round':
      return namesIn(expression.of);
    default:
      return [...new Set([...namesIn(expression.left), ...namesIn(expression.right)])];
  }
}

/** @returns the number; `missing`: a name has no value yet; `zero`: something is divided by zero */
export type Result = Fraction | 'missing' | 'zero';

/** Reckons the expression with the values of its names. Missing beats zero: what is not filled in is no mistake. */
export function reckon(expression: Expression, valueOf: (name: string) => Fraction | null): Result {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return valueOf(expression.name) ?? 'missing';
    case 'negative':
      return then(reckon(expression.of, valueOf), negative);
    case 'round':
      return then(reckon(expression.of, valueOf), (n) => roundTo(n, expression.decimals));
    default:
      return both(expression.kind, reckon(expression.left, valueOf), reckon(expression.right, valueOf));
  }
}

const then = (result: Result, next: (n: Fraction) => Fraction): Result =>
  typeof result === 'string' ? result : next(result);

function both(kind: '+' | '-' | '*' | '/', left: Result, right: Result): Result {
  if (left === 'missing' || right === 'missing') return 'missing';
  if (left === 'zero' || right === 'zero') return 'zero';
  switch (kind) {
    case '+':
      return add(left, right);
    case '-':
      return add(left, negative(right));
    case '*':
      return times(left, right);
    case '/':
      return divide(left, right) ?? 'zero';
  }
}
