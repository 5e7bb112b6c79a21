import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { systemActor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { createJobs, jobTables, type Jobs } from '../../../platform/jobs/index.ts';
import type { CardContent } from '../../../wecom/cards/index.ts';
import { queueCard, queueText, SEND_JOB, SETTLE_JOB, settleCards } from '../outbox.ts';
import type { MessagePort, OutgoingContent, SendResult } from '../port.ts';
import { sendMessage } from '../send.ts';
import { settleMessages } from '../settle.ts';
import { MessageTable, type MessageRow, ReceivedEventTable } from '../tables.ts';

export const CARD: CardContent = {
  cardType: 'button_interaction',
  title: 'Ada asks for leave',
  actionUrl: 'https://x.example/1',
  buttons: [{ text: '同意', style: 1, key: 'approve' }],
};

export interface Call {
  readonly what: 'send' | 'update';
  readonly userid: string;
  readonly content: OutgoingContent | CardContent;
  readonly responseCode?: string;
}

export interface OpenMessaging {
  readonly t: TestDb;
  readonly jobs: Jobs;
  readonly calls: Call[];
  /** What 企业微信 answers next; a function may throw. Sent when the list is empty. */
  readonly answers: (() => SendResult | Promise<SendResult>)[];
  /** Members who can be reached, by person. */
  readonly members: Map<string, string>;
  card(ref: string, personId?: string): Promise<void>;
  text(ref: string, text: string, personId?: string): Promise<void>;
  close(ref: string, words: string, answeredInPlace?: boolean): Promise<void>;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  row(ref: string): Promise<MessageRow>;
  stop(): Promise<void>;
}

const actor = systemActor('test');
const log = { warn: () => undefined, error: () => undefined };

/** The outbox with its two jobs on a database of its own; 企业微信 answers as told. */
export async function openMessaging(): Promise<OpenMessaging> {
  const t = await openTestDb([MessageTable, ReceivedEventTable, ...jobTables]);
  const calls: Call[] = [];
  const answers: (() => SendResult | Promise<SendResult>)[] = [];
  const members = new Map([
    ['ada', 'Ada'],
    ['bob', 'bob'],
  ]);
  const next = async (): Promise<SendResult> =>
    (await answers.shift()?.()) ?? {
      reached: true,
      msgId: `m${calls.length}`,
      responseCode: `c${calls.length}`,
    };
  const port: MessagePort = {
    async send(userid, content) {
      calls.push({ what: 'send', userid, content });
      return next();
    },
    async updateCard(userid, responseCode, content) {
      calls.push({ what: 'update', userid, content, responseCode });
      await next();
    },
  };
  const deps = {
    db: t.db,
    port,
    useridOf: async (personId: string) => members.get(personId) ?? null,
    linkOf: ({ subjectId }: { subjectId: string }) => `https://x.example/${subjectId}`,
  };
  const jobs = createJobs({
    db: t.db,
    clock: t.clock,
    log,
    definitions: [
      { name: SEND_JOB, handle: (job) => sendMessage(deps, job) },
      { name: SETTLE_JOB, handle: (job) => settleMessages(deps, job) },
    ],
  });
  const write = <T>(work: (tx: Tx) => Promise<T>) => t.db.write(actor, work);
  const to = (ref: string, personId: string) => ({
    kind: 'test',
    personId,
    subjectType: 'test',
    subjectId: '1',
    ref,
  });
  return {
    t,
    jobs,
    calls,
    answers,
    members,
    write,
    card: (ref, personId = 'ada') => write(async (tx) => queueCard(tx, to(ref, personId), CARD)),
    text: (ref, text, personId = 'ada') => write(async (tx) => queueText(tx, to(ref, personId), text)),
    close: (ref, words, answeredInPlace = false) =>
      write(async (tx) => settleCards(tx, 'test', [{ ref, words, answeredInPlace }])),
    row: (ref) => t.db.read((r) => r.em.getRepository(MessageTable).findOneByOrFail({ ref })),
    stop: () => t.close(),
  };
}
