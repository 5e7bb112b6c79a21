export { createCallbackCrypto, type CallbackCrypto, type CallbackCryptoSettings } from './crypto.ts';
export { nativeChangeOf, type NativeChange } from './approval-events.ts';
export type * from './event-types.ts';
export { eventKey, parseEvent } from './events.ts';
export {
  DEFAULT_MAX_SKEW_MS,
  MAX_BODY_BYTES,
  openCallback,
  type CallbackRequest,
  type OpenedCallback,
  type ReceiveSettings,
} from './receive.ts';
export { CallbackRefused, type RefusalReason, type RefusalStatus } from './refused.ts';
export { passiveReply, type PassiveReply, type ReplyAddress } from './reply.ts';
export { readXml, type XmlElement } from './xml.ts';
