import pino, { type Logger } from 'pino';

export type Log = Logger;

const SECRET_KEYS =
  'access_token|corpsecret|secret|suite_ticket|password|authorization|cookie|token|ticket|aeskey|echostr';
const PATTERNS: readonly [RegExp, string][] = [
  // In URLs: ?access_token=…
  [new RegExp(`([?&](?:${SECRET_KEYS}|code|state|key)=)[^&"\\s\\\\]+`, 'gi'), '$1***'],
  // In JSON: "access_token":"…" (also escaped inside a string)
  [
    new RegExp(`(\\\\?"(?:${SECRET_KEYS}|set-cookie|mobile|idNumber)\\\\?":\\s*\\\\?")[^"\\\\]+`, 'gi'),
    '$1***',
  ],
  // Resident identity numbers and mobiles, standing alone.
  [/(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g, '[id]'],
  [/(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g, '[mobile]'],
];

/** What may be written down: no token, secret, identity number or mobile, wherever it hides in the line. */
export function redactLine(line: string): string {
  return PATTERNS.reduce((text, [pattern, by]) => text.replace(pattern, by), line);
}

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
  readonly cause: LoggedError | undefined;
}

/**
 * What is kept of an error. Never its other properties: a failed query carries all its values, and a driver's
 * message quotes them (`Duplicate entry '…'`).
 */
export function errorForLog(error: unknown): LoggedError {
  const { name, message, stack, code, cause, driverError } = error as Error & {
    code?: unknown;
    driverError?: { code?: unknown };
  };
  const fromDriver = driverError !== undefined;
  return {
    type: String(name),
    message: fromDriver ? 'query failed' : String(message),
    code: [code, driverError?.code].map((c) => (typeof c === 'string' ? c : undefined)).find(Boolean),
    stack: fromDriver ? stack?.split('\n').slice(1).join('\n') : stack,
    cause: cause instanceof Error ? errorForLog(cause) : undefined,
  };
}

/**
 * JSON lines. Levels by what a person must do: `error` act now, `warn` look tomorrow, `info` nothing, `debug` off.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { err: errorForLog },
      hooks: { streamWrite: redactLine },
    },
    destination ?? pino.destination({ sync: false }),
  );
}
