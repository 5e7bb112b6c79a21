import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { MessageContent } from './content.ts';

/**
 * queued: will be sent. sending: a call is or was under way. sent: 企业微信 took it. failed: it will never be sent,
 * `reason` says why. unreachable: the person cannot get messages of the app (E14). cancelled: no longer needed
 * before it went out. recalled: taken back.
 */
export type MessageState =
  'queued' | 'sending' | 'sent' | 'failed' | 'unreachable' | 'cancelled' | 'recalled';

/** One message to one person. One card per person, never one to many, keeps one response code per person. */
export interface MessageRow {
  id: string;
  /** Who understands the answer, e.g. `approvals.task`. */
  kind: string;
  personId: string;
  subjectType: string;
  subjectId: string;
  /** What exactly it is about (a task, a rung, a day); unique per kind and person: nothing is said twice. */
  ref: string;
  content: MessageContent;
  state: MessageState;
  reason: string | null;
  msgId: string | null;
  /** The newest unused response code of the card and when it was given; single use, 72 h (rule R27). */
  responseCode: string | null;
  responseCodeAt: number | null;
  /** The card's last words, e.g. 已由他人同意; null while it may still be acted on. */
  finalWords: string | null;
  /** How the last words reached the person: card, text, reply; null while they have not. */
  settledBy: string | null;
  createdAt: number;
  sentAt: number | null;
}

export const MessageTable = new EntitySchema<MessageRow>({
  name: 'message',
  tableName: 'message',
  columns: {
    id: c.id(),
    kind: c.code(64),
    personId: c.ref(),
    subjectType: c.code(32),
    subjectId: c.code(64),
    ref: c.code(64),
    content: c.json(),
    state: c.code(16),
    reason: c.nullable(c.label()),
    msgId: c.nullable(c.code(255)),
    responseCode: c.nullable(c.code(255)),
    responseCodeAt: c.nullable(c.instant()),
    finalWords: c.nullable(c.label(64)),
    settledBy: c.nullable(c.code(16)),
    createdAt: c.instant(),
    sentAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'message_ref', columns: ['ref', 'kind', 'personId'], unique: true },
    { name: 'message_subject', columns: ['subjectType', 'subjectId'] },
    { name: 'message_person', columns: ['personId', 'createdAt'] },
  ],
});

/** What 企业微信 told us, kept before it is acknowledged. */
export interface ReceivedEventRow {
  id: string;
  entrance: string;
  /** Content hash (rules R26, D10): a repeated delivery has the same key, two acts in one second do not. */
  eventKey: string;
  kind: string;
  fromUser: string;
  body: string;
  receivedAt: number;
  handledAt: number | null;
  /** Runs that failed; after five it is somebody's business. */
  attempts: number;
}

export const ReceivedEventTable = new EntitySchema<ReceivedEventRow>({
  name: 'received_event',
  tableName: 'received_event',
  columns: {
    id: c.id(),
    entrance: c.code(16),
    eventKey: c.code(80),
    kind: c.code(64),
    fromUser: c.code(64),
    body: c.longText(),
    receivedAt: c.instant(),
    handledAt: c.nullable(c.instant()),
    attempts: c.integer(),
  },
  indices: [
    { name: 'received_event_key', columns: ['entrance', 'eventKey'], unique: true },
    { name: 'received_event_open', columns: ['handledAt', 'receivedAt'] },
  ],
});
