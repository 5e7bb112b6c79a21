import type { Demand } from './budgets.ts';
import type { SecretKind } from './capabilities.ts';
import type { Reason } from './errors.ts';

/** One exchange with 企业微信, or a local refusal (`ms` 0). For metrics: `api` is one of a few dozen values. */
export interface CallEvent {
  readonly api: string;
  /** 0 on success; undefined when no errcode was involved. */
  readonly errcode: number | undefined;
  readonly outcome: 'ok' | 'token' | Reason | 'failed';
  readonly ms: number;
}

export interface Upload {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A call whose credential, if any, is in `query` (gettoken, webhook). */
export interface BareSpec {
  /** Path below /cgi-bin. */
  readonly api: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** JSON; its presence makes the call a POST. */
  readonly body?: object;
  readonly upload?: Upload;
  /** Beyond the base quota. */
  readonly demands?: readonly Demand[];
  readonly totalMs?: number;
  /** Changes nothing, so a busy answer (−1) may be asked again at once. */
  readonly isRead?: boolean;
  /** A second identical call finds everything as asked and succeeds too. */
  readonly isIdempotent?: boolean;
}

export interface CallSpec extends BareSpec {
  readonly by: SecretKind;
}
