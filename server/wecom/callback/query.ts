import { CallbackRefused } from './refused.ts';

/** What 企业微信 signs and where: page 90930. `echostr` comes with address verification (GET) only. */
export interface SignedQuery {
  readonly signature: string;
  /** Epoch seconds, ten digits. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly echostr: string | null;
}

const MAX_QUERY = 4096;
const MAX_PARAMETERS = 16;

/**
 * Reads the raw query string (without `?`). Every name may occur once: a repeated one would let two readers see
 * two messages. Names we do not know are left alone, since the configured address may carry its own.
 */
export function readSignedQuery(query: string): SignedQuery {
  const values = parameters(query);
  const echostr = values.get('echostr') ?? null;
  if (echostr !== null && echostr.length > 1024) throw new CallbackRefused('query');
  return {
    signature: matching(values, 'msg_signature', /^[0-9a-f]{40}$/),
    // Fixed length: timestamp and nonce are signed without a separator and must not lend each other digits.
    timestamp: matching(values, 'timestamp', /^[1-9]\d{9}$/),
    nonce: matching(values, 'nonce', /^[!-~]{1,128}$/),
    echostr,
  };
}

function matching(values: ReadonlyMap<string, string>, name: string, form: RegExp): string {
  const value = values.get(name);
  if (value === undefined || !form.test(value)) throw new CallbackRefused('query');
  return value;
}

function parameters(query: string): ReadonlyMap<string, string> {
  if (query.length > MAX_QUERY) throw new CallbackRefused('query');
  const values = new Map<string, string>();
  const pairs = query.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_PARAMETERS) throw new CallbackRefused('query');
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = percentDecoded(equals < 0 ? pair : pair.slice(0, equals));
    if (values.has(name)) throw new CallbackRefused('query');
    values.set(name, equals < 0 ? '' : percentDecoded(pair.slice(equals + 1)));
  }
  return values;
}

/** A bare `+` stays one: no value of ours holds spaces, and base64 that was sent unescaped survives. */
function percentDecoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    throw new CallbackRefused('query');
  }
}
