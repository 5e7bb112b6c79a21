/** What was wrong, for counters and logs. It never travels to the sender. */
export type RefusalReason =
  | 'method'
  | 'query'
  | 'too_large'
  | 'content_type'
  | 'envelope'
  | 'timestamp'
  | 'signature'
  | 'ciphertext'
  | 'receive_id'
  | 'content';

export type RefusalStatus = 400 | 403 | 405 | 413 | 415;

const STATUS: Readonly<Record<RefusalReason, RefusalStatus>> = {
  method: 405,
  query: 400,
  too_large: 413,
  content_type: 415,
  envelope: 400,
  timestamp: 403,
  signature: 403,
  ciphertext: 400,
  receive_id: 403,
  content: 400,
};

/** The callback is not answered with anything but `status` and an empty body. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';
  readonly status: RefusalStatus;
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super('callback refused');
    this.reason = reason;
    this.status = STATUS[reason];
  }
}
