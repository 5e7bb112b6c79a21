import type { Middleware } from 'koa';
import type { PersonActor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { everyMinutes, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { type ApprovalChanged, type ContactChanged, parseEvent } from '../../wecom/callback/index.ts';
import { readXml } from '../../wecom/callback/index.ts';
import { ACTED_ON, answerEvent, type AnswerDeps } from './answer-event.ts';
import type { ChatCommand } from './chat.ts';
import { callbackEntrance, type Entrance, type OpenedEvent } from './entrance.ts';
import { createEventInbox } from './event-inbox.ts';
import { messagingKeepings } from './keeping.ts';
import { SEND_JOB, SETTLE_JOB } from './outbox.ts';
export { textWithLink, wordsOnly } from './text-with-link.ts';
import type { MessagePort } from './port.ts';
import type { CardHandler } from './receive-tap.ts';
import { countAttempt, markHandled, unhandledEvents } from './received-events.ts';
import { sendMessage } from './send.ts';
import { type SettleDeps, settleMessages } from './settle.ts';
import { MessageTable, type MessageRow, ReceivedEventTable } from './tables.ts';

export { messagingPersonData } from './person-data.ts';
export type { ChatCommand } from './chat.ts';
export type { Entrance } from './entrance.ts';
export { queueCard, queueText, settleCards, type LastWords, type NewMessage } from './outbox.ts';
export type { MessagePort, OutgoingContent, SendResult } from './port.ts';
export type { CardHandler, TapAnswer, TapContext } from './receive-tap.ts';
export { actThenDescribe, leadToPage, tapsNow, type CardPage } from './tap-answers.ts';
export { MessageTable, ReceivedEventTable } from './tables.ts';

export const messagingTables = [MessageTable, ReceivedEventTable];

export interface MessagingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly port: MessagePort;
  readonly corpId: string;
  readonly entrances: readonly Entrance[];
  readonly maxSkewMs: number;
  readonly publicUrl: string;
  readonly useridOf: (personId: string) => Promise<string | null>;
  readonly actorOf: (userid: string, via: PersonActor['via']) => Promise<PersonActor | null>;
}

/** Cards of one kind: who answers a tap on them, and which page belongs to their subject. */
export interface TappedCards {
  readonly kind: string;
  readonly answer: CardHandler;
  readonly pageOf: (subjectId: string) => string;
}

export interface Messaging {
  readonly entrance: Middleware;
  readonly jobs: readonly JobDefinition[];
  readonly schedules: readonly Schedule[];
  readonly keepings: readonly Keeping[];
  /** Who answers a tap on cards of this kind, and which page belongs to its subject. */
  onCard(kind: string, handler: CardHandler, pageOf: (subjectId: string) => string): void;
  onChat(command: ChatCommand): void;
  onMenu(menuKey: string, word: string): void;
  onContactChanged(handler: (event: ContactChanged) => Promise<void>): void;
  /** 企业微信's own approvals, and those of its flow engine. */
  onApprovalChanged(handler: (event: ApprovalChanged) => Promise<void>): void;
  /** Wait for the callbacks that are being handled. */
  drain(): Promise<void>;
}

const EVENTS_JOB = 'messaging.events';
/** A callback being answered right now is not taken for a lost one. */
const LOST_AFTER_MS = 30_000;

/** What was said to whom: messages, cards and their last words, callbacks and chat. */
export function createMessaging(deps: MessagingDeps): Messaging {
  const { db, clock } = deps;
  const cardHandlers = new Map<string, CardHandler>();
  const pages = new Map<string, (subjectId: string) => string>();
  const commands: ChatCommand[] = [];
  const menuWords: Record<string, string> = {};
  const contactHandlers: ((event: ContactChanged) => Promise<void>)[] = [];
  const approvalHandlers: ((event: ApprovalChanged) => Promise<void>)[] = [];
  const keepEvent = createEventInbox(db);
  const busy = new Set<Promise<unknown>>();

  const answerDeps: AnswerDeps = {
    db,
    cardHandlers,
    commands,
    menuWords,
    actorOf: deps.actorOf,
    onContactChanged: async (event) => {
      for (const handler of contactHandlers) await handler(event);
    },
    onApprovalChanged: async (event) => {
      for (const handler of approvalHandlers) await handler(event);
    },
  };
  const settleDeps: SettleDeps = {
    db,
    port: deps.port,
    useridOf: deps.useridOf,
    linkOf: (row: Pick<MessageRow, 'kind' | 'subjectId'>) =>
      `${deps.publicUrl}${pages.get(row.kind)?.(row.subjectId) ?? '/'}`,
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    busy.add(work);
    const done = () => void busy.delete(work);
    void work.catch(() => undefined).finally(done);
    return work;
  };
  const handle = (entrance: string, opened: OpenedEvent, replied: Promise<boolean>) => {
    if (!ACTED_ON.has(opened.event.kind)) return Promise.resolve(null);
    const answering = answerEvent(answerDeps, opened.event);
    const closed = answering.then(async ({ close }) => {
      await close?.(await replied);
      await markHandled(db, entrance, opened.receivedKey, clock.now());
    });
    void track(closed).catch((error: unknown) =>
      deps.log.error({ kind: opened.event.kind, err: error }, 'callback not handled yet'),
    );
    // A failure is told above, and the sweep takes the event up again.
    return answering.then(
      ({ reply }) => reply,
      () => null,
    );
  };

  /** Events that were acknowledged but whose handling did not finish. */
  async function handleLost(now: number): Promise<void> {
    for (const row of await unhandledEvents(db, now - LOST_AFTER_MS)) {
      await countAttempt(db, row.id);
      try {
        const { close } = await answerEvent(answerDeps, parseEvent(readXml(row.body)));
        await close?.(false);
        await markHandled(db, row.entrance, row.eventKey, clock.now());
      } catch (error) {
        deps.log.error({ kind: row.kind, attempts: row.attempts + 1, err: error }, 'event not handled');
        if (row.attempts + 1 >= 5) deps.metrics.alarm.inc({ kind: 'event' });
      }
    }
  }

  return {
    entrance: callbackEntrance({
      entrances: deps.entrances,
      corpId: deps.corpId,
      clock,
      maxSkewMs: deps.maxSkewMs,
      log: deps.log,
      metrics: deps.metrics,
      store: async (entrance, { event, raw, receivedKey }) => {
        const receivedAt = clock.now();
        await keepEvent({
          entrance,
          eventKey: receivedKey,
          kind: event.kind,
          fromUser: event.fromUser.slice(0, 64),
          body: raw,
          receivedAt,
          handledAt: ACTED_ON.has(event.kind) ? null : receivedAt,
        });
      },
      handle,
    }),
    jobs: [
      { name: SEND_JOB, handle: (job) => sendMessage(settleDeps, job) },
      { name: SETTLE_JOB, handle: (job) => settleMessages(settleDeps, job) },
      { name: EVENTS_JOB, exclusive: true, handle: (job) => handleLost(job.now) },
    ],
    schedules: [everyMinutes(EVENTS_JOB, 1)],
    keepings: messagingKeepings(db),
    onCard(kind, handler, pageOf) {
      cardHandlers.set(kind, handler);
      pages.set(kind, pageOf);
    },
    onChat: (command) => void commands.push(command),
    onMenu(menuKey, word) {
      menuWords[menuKey] = word;
    },
    onContactChanged: (handler) => void contactHandlers.push(handler),
    onApprovalChanged: (handler) => void approvalHandlers.push(handler),
    async drain() {
      while (busy.size > 0) await Promise.allSettled(busy);
    },
  };
}
export { type AppEntry, takeAppEntries } from './app-entries.ts';
export { enqueueMenu, HELP_KEY, menuJob } from './app-menu.ts';
export { appSettingsJob, enqueueAppSettings } from './app-settings.ts';
export { createMessagePort } from './wecom-port.ts';
