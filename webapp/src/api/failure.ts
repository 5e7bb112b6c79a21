import { t } from '../phrases/zh-CN.ts';

export interface FailureInfo {
  /** `<room>.<what>` from the server, or `net.offline`, `net.timeout`, `net.unreadable` made here. */
  code: string;
  /** 0 when no answer arrived. */
  status: number;
  data?: Readonly<Record<string, unknown>>;
  requestId?: string;
}

/** Any request that did not succeed, in words that can be shown. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Short number for the IT desk, empty when the server was not reached. */
  readonly requestId: string;

  constructor(words: string, info: FailureInfo) {
    super(words);
    this.code = info.code;
    this.status = info.status;
    this.data = info.data ?? {};
    this.requestId = info.requestId ?? '';
  }

  /** No answer arrived: whether the server acted is not known. */
  get unanswered(): boolean {
    return this.status === 0;
  }

  get offline(): boolean {
    return this.code === 'net.offline';
  }
}

export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure(t.failure.crashed, { code: 'page.crashed', status: -1 });
}

/** Reads an RFC 9457 problem answer. Anything else (a proxy's page, say) becomes the default words. */
export async function failureFrom(response: Response): Promise<Failure> {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // Not JSON: the default words stand.
  }
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const words = text(body['title']) || (response.status >= 500 ? t.failure.text : t.failure.unknown);
  return new Failure(words, {
    code: text(body['code']) || `http.${response.status}`,
    status: response.status,
    ...(typeof body['data'] === 'object' && body['data'] !== null
      ? { data: body['data'] as Record<string, unknown> }
      : {}),
    requestId: text(body['requestId']) || response.headers.get('x-request-id') || '',
  });
}
