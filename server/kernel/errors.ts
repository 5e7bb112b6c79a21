/**
 * A refusal or failure that a person can be told about. `code` is `<room>.<what>`; its words live in
 * `server/phrases`. `status` is the HTTP status the code travels with. `data` fills the words' blanks and is
 * sent to the client, so it never holds secrets or personal data beyond what the actor may see.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    options: { status?: number; data?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 422;
    this.data = options.data ?? {};
  }
}

export type ErrorData = Readonly<Record<string, unknown>>;

/** The request is malformed: nothing was looked at, nothing changed. */
export const badRequest = (code: string, data: ErrorData = {}): AppError =>
  new AppError(code, { status: 400, data });

/** The actor may not do this. Where existence itself is confidential use `notFound`. */
export const forbidden = (code: string, data: ErrorData = {}): AppError =>
  new AppError(code, { status: 403, data });

/** Unknown, or not visible to this actor: the two look alike from outside. */
export const notFound = (code: string, data: ErrorData = {}): AppError =>
  new AppError(code, { status: 404, data });

/** The state moved on since the actor last saw it. */
export const conflict = (code: string, data: ErrorData = {}): AppError =>
  new AppError(code, { status: 409, data });

/** Understood, but a rule says no. */
export const refused = (code: string, data: ErrorData = {}): AppError =>
  new AppError(code, { status: 422, data });

/** Compile-time proof that a union is handled in full. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
