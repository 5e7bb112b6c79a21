/**
 * Reads a JSON object the way 企业微信 does (page 90313): a value of the wrong type does not stop the call, it is
 * ignored (a scalar is converted where that is possible) and errmsg then says `Warning: wrong json format.`
 */
export class Reader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #warnings: Warnings;

  constructor(values: Readonly<Record<string, unknown>>, warnings: Warnings = { wrong: false }) {
    this.#values = values;
    this.#warnings = warnings;
  }

  get warned(): boolean {
    return this.#warnings.wrong;
  }

  has(key: string): boolean {
    return this.#get(key) !== undefined;
  }

  str(key: string): string | undefined {
    const value = this.#get(key);
    if (typeof value === 'string' || value === undefined) return value;
    this.#warnings.wrong = true;
    return typeof value === 'number' ? String(value) : undefined;
  }

  /** '' when absent. */
  text(key: string): string {
    return this.str(key) ?? '';
  }

  int(key: string): number | undefined {
    const value = this.#get(key);
    if (value === undefined || Number.isSafeInteger(value)) return value as number | undefined;
    this.#warnings.wrong = true;
    return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
  }

  num(key: string): number | undefined {
    const value = this.#get(key);
    if (typeof value === 'number' || value === undefined) return value;
    this.#warnings.wrong = true;
    return undefined;
  }

  bool(key: string): boolean | undefined {
    const value = this.#get(key);
    if (typeof value === 'boolean' || value === undefined) return value;
    this.#warnings.wrong = true;
    return typeof value === 'number' ? value !== 0 : undefined;
  }

  obj(key: string): Reader | undefined {
    const value = this.#get(key);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Reader(value, this.#warnings);
    this.#warnings.wrong = true;
    return undefined;
  }

  strings(key: string): string[] | undefined {
    return this.#list(key, (item) => (typeof item === 'string' ? item : undefined));
  }

  ints(key: string): number[] | undefined {
    return this.#list(key, (item) => (Number.isSafeInteger(item) ? (item as number) : undefined));
  }

  readers(key: string): Reader[] | undefined {
    return this.#list(key, (item) => (isObject(item) ? new Reader(item, this.#warnings) : undefined));
  }

  raw(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  #get(key: string): unknown {
    const value = Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
    return value === null ? undefined : value;
  }

  #list<T>(key: string, pick: (item: unknown) => T | undefined): T[] | undefined {
    const value = this.#get(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      this.#warnings.wrong = true;
      return undefined;
    }
    const picked = value.map(pick).filter((item) => item !== undefined);
    if (picked.length !== value.length) this.#warnings.wrong = true;
    return picked;
  }
}

interface Warnings {
  wrong: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** undefined when the text is not a JSON object. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
