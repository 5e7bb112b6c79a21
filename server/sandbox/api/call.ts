import type { LedgerEntry } from '../contract.ts';
import type { World } from '../world.ts';
import type { Reader } from './reader.ts';

/** Whose token the call carries. `console` is the admin console, for the control API. */
export type Caller = 'app' | 'contacts' | 'console' | 'nobody';

export interface ApiCall {
  world: World;
  caller: Caller;
  /** Who sits at the admin console, when it is the caller. */
  operator?: string;
  now: number;
  ip: string;
  query: Readonly<Record<string, string>>;
  body: Reader;
  /** The uploaded part, for the routes that take one. */
  file: UploadedFile | null;
  range: string | null;
  /** What the ledger says about this call; Chinese, one line, no personal data beyond names. */
  note(summary: string, fields?: LedgerEntry['fields']): void;
}

export interface UploadedFile {
  field: string;
  filename: string;
  contentType: string;
  bytes: Buffer;
}

/** JSON fields beside errcode; `errmsg` overrides "ok". `Download` answers bytes instead. */
export type Answer = Record<string, unknown> | Download;

export class Download {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;

  constructor(bytes: Buffer, headers: Readonly<Record<string, string>>, status = 200) {
    this.bytes = bytes;
    this.headers = headers;
    this.status = status;
  }
}

export interface ApiRoute {
  /** Path below /cgi-bin. */
  name: string;
  method: 'GET' | 'POST';
  /** Whose token may call; anybody else gets 48002. `key` and `none` carry no access_token. */
  allow: 'app' | 'contacts' | 'both' | 'none' | 'key';
  /** Closed to the 通讯录同步 secret from new addresses: 48009. */
  closedToContacts?: boolean;
  /** Takes multipart with one file. */
  upload?: boolean;
  /** Does not count in the base quota. */
  unmetered?: boolean;
  /** Default fields that error bodies still carry. */
  emptyOnError?: Readonly<Record<string, unknown>>;
  handle(call: ApiCall): Answer;
}

export const get = (
  name: string,
  allow: ApiRoute['allow'],
  handle: ApiRoute['handle'],
  more: Partial<ApiRoute> = {},
): ApiRoute => ({ name, method: 'GET', allow, handle, ...more });

export const post = (
  name: string,
  allow: ApiRoute['allow'],
  handle: ApiRoute['handle'],
  more: Partial<ApiRoute> = {},
): ApiRoute => ({ name, method: 'POST', allow, handle, ...more });
