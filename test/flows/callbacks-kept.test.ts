import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import { queueCard } from '../../server/features/messaging/index.ts';
import { historyOf } from '../../server/features/approvals/index.ts';
import { postCallback, readReply, signed, tapXml, textXml } from '../support/forged-callback.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, expectCard, lastWords, ONE_DAY, userid } from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

interface Kept {
  readonly eventKey: string;
  readonly kind: string;
  readonly body: string;
  readonly handledAt: number | null;
  readonly attempts: number;
}
const kept = (): Promise<Kept[]> =>
  s.app.db.read((r) => r.em.query<Kept[]>('select * from received_event order by receivedAt, id'));
const seconds = () => Math.floor(s.clock.now() / 1000);
const text = (content: string, msgId: string, from: string = userid.applicant) =>
  textXml(s, { from, content, msgId, at: seconds() });

describe('R26 what counts as the same event', () => {
  it('a message delivered three times, once or at once, is one event with one answer', async () => {
    const xml = text('帮助', '7300000000000000001');
    const answers = [await postCallback(s, xml), await postCallback(s, xml, { nonce: '7' })];
    answers.push(...(await Promise.all([1, 2, 3].map((n) => postCallback(s, xml, { nonce: `${n}` })))));
    const words = answers.map((answer) => readReply(s, answer).get('Content'));
    expect(words[0]).toContain('待办');
    expect(new Set(words).size).toBe(1);
    expect(await kept()).toHaveLength(1);
  });

  it('two different messages of one sender in one second are two', async () => {
    const at = seconds();
    const say = (content: string, msgId: string) =>
      postCallback(s, textXml(s, { from: userid.applicant, content, msgId, at }));
    await Promise.all([say('待办', '1'), say('帮助', '2')]);
    expect((await kept()).map((row) => row.eventKey).sort()).toEqual(['message:1', 'message:2']);
  });

  it('a manager’s taps on two cards in one second are two decisions', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = [
      await applyForLeave(applicant, ONE_DAY),
      await applyForLeave(applicant, { ...ONE_DAY, from: '2026-11-27', to: '2026-11-27' }),
    ];
    await s.settle();
    const at = seconds();
    const cards = await s.app.db.read((r) =>
      r.em.query<{ id: string; responseCode: string }[]>(
        `select id, responseCode from message where kind = 'approvals.task'`,
      ),
    );
    expect(cards).toHaveLength(2);
    const taps = cards.map(({ id, responseCode }) =>
      tapXml(s, { from: userid.unitHead, taskId: id, responseCode, at }),
    );
    await Promise.all(taps.map((xml) => postCallback(s, xml)));
    await s.settle();
    for (const { instanceId } of made)
      expect((await detail(applicant, instanceId)).state.code).toBe('approved');
  });

  it('the very same tap again, minutes later, changes nothing and says the same', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const card = expectCard(s, userid.unitHead, '申请');
    const taskId = card.content.card.task_id ?? '';
    const xml = tapXml(s, { from: userid.unitHead, taskId, responseCode: 'CODE', at: seconds() });
    const first = readReply(s, await postCallback(s, xml));
    await s.advance(120_000);
    const again = readReply(s, await postCallback(s, xml));
    expect([first.get('ReplaceText'), again.get('ReplaceText')]).toEqual(['已同意', '已同意']);
    const history = await s.app.db.read((reads) => historyOf(reads, made.instanceId));
    expect(history.filter((event) => event.type === 'taskDecided')).toHaveLength(1);
    expect(await kept()).toHaveLength(1);
  });
});

it('numbers that are identifiers stay as they were written: 00731, a MsgId above 2^53', async () => {
  await postCallback(s, text('00731', '9007199254740993'));
  await postCallback(s, text('00731', '9007199254740992'));
  const rows = await kept();
  expect(rows.map((row) => row.eventKey).sort()).toEqual([
    'message:9007199254740992',
    'message:9007199254740993',
  ]);
  expect(rows[0]?.body).toContain('<![CDATA[00731]]>');
});

it('words beyond the BMP, and the longest message, are kept whole', async () => {
  const content = '😀𠮷'.repeat(250);
  const answer = await postCallback(s, text(content, '1'));
  expect(answer.status).toBe(200);
  expect((await kept())[0]?.body).toContain(content);
});

describe('stored before it is acknowledged', () => {
  it('an event whose handling fails is acknowledged, kept, and handled by the sweep later', async () => {
    let runs = 0;
    s.app.messaging.onChat({
      words: ['易碎'],
      describe: '',
      answer: () => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('the process died here')) : Promise.resolve('好');
      },
    });
    const answer = await postCallback(s, text('易碎', '5'));
    expect([answer.status, answer.body]).toEqual([200, '']);
    await s.settle();
    expect(await kept()).toMatchObject([{ eventKey: 'message:5', handledAt: null }]);
    await s.advance(120_000);
    expect(runs).toBe(2);
    expect((await kept())[0]?.handledAt).not.toBeNull();
    await s.advance(120_000);
    expect(runs).toBe(2);
  });

  it('an event that can never be handled is given up after five runs, with an alarm', async () => {
    s.app.messaging.onChat({
      words: ['坏'],
      describe: '',
      answer: () => Promise.reject(new Error('always')),
    });
    await postCallback(s, text('坏', '6'));
    for (let minute = 0; minute < 8; minute += 1) await s.advance(60_000);
    expect(await kept()).toMatchObject([{ handledAt: null, attempts: 5 }]);
    expect(await s.app.metrics.registry.metrics()).toMatch(/steward_alarms_total\{kind="event"\} 1/);
  });

  it('what cannot be stored is not acknowledged, so that 企业微信 delivers it again', async () => {
    const rename = (from: string, to: string) => s.app.source.query(`alter table ${from} rename to ${to}`);
    await rename('received_event', 'received_event_away');
    const xml = text('待办', '8');
    const refused = await postCallback(s, xml);
    expect(refused.status).toBe(500);
    expect(refused.body).not.toMatch(/received_event|sql/i);
    await rename('received_event_away', 'received_event');
    expect((await postCallback(s, xml)).status).toBe(200);
    expect(await kept()).toHaveLength(1);
  });
});

describe('R27 a card never stays silent, whatever happens to the reply', () => {
  /** A card of its own kind with one button, answered by `handler`. */
  async function cardWith(handler: () => Promise<void>) {
    const kind = 'test.card';
    s.app.messaging.onCard(
      kind,
      async () => {
        await handler();
        return { final: true, words: '已办' };
      },
      () => '/',
    );
    const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
    const personId = org.personByUserid(userid.unitHead)?.personId ?? '';
    await s.app.db.write(systemActor('test'), async (tx) =>
      queueCard(
        tx,
        { kind, personId, subjectType: 'test', subjectId: '1', ref: '1' },
        {
          cardType: 'button_interaction',
          title: '一张卡片',
          actionUrl: s.url,
          buttons: [{ text: '同意', style: 1, key: 'approve' }],
        },
      ),
    );
    await s.settle();
    return () => expectCard(s, userid.unitHead, '一张卡片');
  }
  const tap = (messageId: string) => s.sandbox.control.tap(userid.unitHead, { messageId, key: 'approve' });

  it('a tap whose handling failed is handled by the sweep, and the card is brought up to date', async () => {
    let runs = 0;
    const card = await cardWith(() => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('crash')) : Promise.resolve();
    });
    expect(await tap(card().id)).toMatchObject({ delivery: 'accepted', reply: 'none' });
    expect(lastWords(card())).toBeNull();
    await s.advance(120_000);
    expect(runs).toBe(2);
    expect(lastWords(card())).toBe('已办');
  });

  it('an answer that takes too long is acknowledged in time and comes as a card update', async () => {
    let finish: () => void = () => undefined;
    const card = await cardWith(() => new Promise((resolve) => (finish = resolve)));
    expect(await tap(card().id)).toMatchObject({ delivery: 'accepted', reply: 'none' });
    finish();
    await s.settle();
    expect(lastWords(card())).toBe('已办');
  }, 15_000);

  it('an answer that arrived needs no update', async () => {
    const card = await cardWith(() => Promise.resolve());
    expect(await tap(card().id)).toMatchObject({ reply: 'update_template_card' });
    await s.advance(60_000);
    expect(card().content.state.updates).toBe(1);
    const rows = await s.app.db.read((r) =>
      r.em.query<{ settledBy: string }[]>(`select settledBy from message where kind = 'test.card'`),
    );
    expect(rows).toMatchObject([{ settledBy: 'reply' }]);
  });
});

it('200 messages over 20 connections are all kept, acknowledged and answered', async () => {
  const posts = Array.from({ length: 200 }, (_, n) => signed(s, text('帮助', `${n + 1}`)));
  const answers: RawAnswer[] = [];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let post = posts.pop(); post; post = posts.pop()) {
        const { path, query, body } = post;
        answers.push(
          await rawRequest(s.url, `${path}?${query}`, {
            method: 'POST',
            headers: { 'content-type': 'text/xml' },
            body,
          }),
        );
      }
    }),
  );
  expect(answers.map((answer) => answer.status)).toEqual(Array(200).fill(200));
  for (const answer of answers) expect(readReply(s, answer).get('Content')).toContain('帮助');
  expect(await kept()).toHaveLength(200);
});
