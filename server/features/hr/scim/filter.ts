import { badRequest } from '../../../kernel/errors.ts';

/** RFC 7644, figure 1. `urn` is the schema written before the attribute. */
export interface AttributePath {
  readonly urn: string | null;
  readonly name: string;
  readonly sub: string | null;
}

export const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type FilterValue = string | number | boolean | null;

export type Filter =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly op: 'not'; readonly part: Filter }
  | { readonly op: 'pr'; readonly path: AttributePath }
  | { readonly op: Comparison; readonly path: AttributePath; readonly value: FilterValue }
  /** `emails[type eq "work"]`: one value of the attribute satisfies all of it. */
  | { readonly op: 'some'; readonly path: AttributePath; readonly part: Filter };

/** Target of a PATCH operation: `attrPath / valuePath [subAttr]`. */
export interface PatchPath {
  readonly path: AttributePath;
  readonly filter: Filter | null;
}

/** Characters, comparisons and parentheses within parentheses: more is a mistake or an attack. */
const MAX_LENGTH = 4_000;
const MAX_TERMS = 50;
const MAX_DEPTH = 20;

const TOKEN = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;
const NAME = /^[A-Za-z$][\w$-]*$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

class Malformed extends Error {}

/** @throws badRequest `scim.invalid_filter` */
export function parseFilter(source: string): Filter {
  return reading(source, 'scim.invalid_filter', (reader) => reader.whole(reader.filter(0)));
}

/** @throws badRequest `scim.invalid_path` */
export function parsePatchPath(source: string): PatchPath {
  return reading(source, 'scim.invalid_path', (reader) => reader.whole(reader.patchPath()));
}

/** @throws badRequest `scim.invalid_path` */
export function parseAttributePath(source: string): AttributePath {
  return reading(source, 'scim.invalid_path', (reader) => reader.whole(reader.path()));
}

function reading<T>(source: string, code: string, read: (reader: ReturnType<typeof createReader>) => T): T {
  try {
    return read(createReader(source));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw badRequest(code, { why: error.message });
  }
}

function tokensOf(source: string): string[] {
  if (source.length > MAX_LENGTH) throw new Malformed(`longer than ${MAX_LENGTH} characters`);
  const tokens: string[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new Malformed(`cannot be read from character ${at + 1}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

/** Recursive descent over the ABNF; `and` binds closer than `or`, `not` needs its parentheses. */
function createReader(source: string) {
  const tokens = tokensOf(source);
  let at = 0;
  let terms = 0;
  const peek = (): string | undefined => tokens[at];
  const word = (): string => peek()?.toLowerCase() ?? '';
  const next = (): string => {
    const token = tokens[at];
    if (token === undefined) throw new Malformed('ends too early');
    at += 1;
    return token;
  };
  const expect = (token: string): void => {
    if (peek() !== token) throw new Malformed(`"${token}" expected, not "${peek() ?? 'the end'}"`);
    at += 1;
  };

  function chain(op: 'and' | 'or', part: () => Filter): Filter {
    const parts = [part()];
    while (word() === op) {
      at += 1;
      parts.push(part());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { op, parts };
  }

  const filter = (depth: number): Filter => chain('or', () => chain('and', () => term(depth)));

  function inside(open: string, close: string, depth: number): Filter {
    if (depth >= MAX_DEPTH) throw new Malformed(`more than ${MAX_DEPTH} levels deep`);
    expect(open);
    const part = filter(depth + 1);
    expect(close);
    return part;
  }

  function term(depth: number): Filter {
    if (word() === 'not' && tokens[at + 1] === '(') {
      at += 1;
      return { op: 'not', part: inside('(', ')', depth) };
    }
    return peek() === '(' ? inside('(', ')', depth) : expression(depth);
  }

  function expression(depth: number): Filter {
    terms += 1;
    if (terms > MAX_TERMS) throw new Malformed(`more than ${MAX_TERMS} comparisons`);
    const target = path();
    if (peek() === '[') return { op: 'some', path: target, part: inside('[', ']', depth) };
    const op = next().toLowerCase();
    if (op === 'pr') return { op, path: target };
    if (!isComparison(op)) throw new Malformed(`"${op}" is no operator`);
    return { op, path: target, value: value() };
  }

  function value(): FilterValue {
    const token = next();
    if (token.startsWith('"')) return stringOf(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (NUMBER.test(token)) return Number(token);
    throw new Malformed(`"${token}" is no value: texts stand in double quotes`);
  }

  function path(): AttributePath {
    const token = next();
    const colon = /^urn:/i.test(token) ? token.lastIndexOf(':') : -1;
    const [name = '', sub = null, ...rest] = token.slice(colon + 1).split('.');
    if (rest.length > 0 || !NAME.test(name) || (sub !== null && !NAME.test(sub)))
      throw new Malformed(`"${token}" is no attribute`);
    return { urn: colon < 0 ? null : token.slice(0, colon), name, sub };
  }

  function patchPath(): PatchPath {
    const target = path();
    if (peek() !== '[') return { path: target, filter: null };
    const part = inside('[', ']', 0);
    if (at === tokens.length) return { path: target, filter: part };
    const [, sub] = /^\.(.+)$/.exec(next()) ?? [];
    if (target.sub !== null || sub === undefined || !NAME.test(sub))
      throw new Malformed('only a sub-attribute may follow "]"');
    return { path: { ...target, sub }, filter: part };
  }

  function whole<T>(read: T): T {
    if (at < tokens.length) throw new Malformed(`"${peek()}" is not expected here`);
    return read;
  }

  return { filter, path, patchPath, whole };
}

const isComparison = (op: string): op is Comparison => (COMPARISONS as readonly string[]).includes(op);

function stringOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    throw new Malformed(`${token} is no JSON text`);
  }
}
