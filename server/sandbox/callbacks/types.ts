import type { ActResult, DeliveryOutcome, LedgerEntry } from '../contract.ts';
import type { CallbackData } from '../state/records.ts';
import type { XmlField, XmlNode } from './xml.ts';

/** The app's address, the contacts assistant's, or the one that a batch call named. */
export type Target = 'app' | 'contacts' | CallbackData;

export interface Verified {
  ok: boolean;
  /** null = no answer at all. */
  status: number | null;
  /** Chinese. */
  detail: string;
}

/** Encrypted, signed POSTs to the app with 5 s to answer and up to three retries (page 90930). */
export interface CallbackSender {
  /** Settles when the first delivery was answered, refused or put off; retries go on in the background. */
  send(callback: OutgoingCallback): Promise<Sent>;
  verify(target: Target): Promise<Verified>;
  /** Waits until nothing is on its way any more, retries included. */
  idle(): Promise<void>;
  stop(): void;
}

export interface Sent {
  delivery: DeliveryOutcome;
  reply: ActResult['reply'];
}

export interface OutgoingCallback {
  target: Target;
  /** What the ledger calls it: the event, or the message type. */
  name: string;
  summary: string;
  shown: LedgerEntry['fields'];
  fields: XmlField[];
  actId?: string;
  /** Applies the decrypted passive reply; absent = this callback takes none. Throws ReplyError on nonsense. */
  onReply?: (reply: XmlNode) => AppliedReply;
  /** After the last attempt, whatever came of it. */
  settled?: () => void;
}

export interface AppliedReply {
  kind: ActResult['reply'];
  /** Chinese, what it did. */
  summary: string;
}
