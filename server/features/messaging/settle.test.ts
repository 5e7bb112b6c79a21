import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FixData, RetryLater, StopAll } from '../../wecom/index.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import { SETTLE_JOB } from './outbox.ts';
import { MessageTable } from './tables.ts';
import { CARD, type OpenMessaging, openMessaging } from './testing/open-messaging.ts';

let m: OpenMessaging;
beforeEach(async () => {
  m = await openMessaging();
  await m.card('r');
  await m.jobs.runDue();
  m.calls.length = 0;
});
afterEach(() => m.stop());

const fault = { api: 'message/update_template_card', reason: 'errcode' as const };
const fails = (failure: Error) => async (): Promise<never> => {
  throw failure;
};
const HOUR = 3_600_000;
const settle = async (words = '已由他人同意') => {
  await m.close('r', words);
  await m.jobs.runDue();
};

describe('R27 the last words of a card', () => {
  it('replace the buttons, using the one response code up', async () => {
    await settle();
    expect(m.calls).toEqual([
      {
        what: 'update',
        userid: 'Ada',
        responseCode: 'c1',
        content: { ...CARD, replaceText: '已由他人同意' },
      },
    ]);
    expect(await m.row('r')).toMatchObject({
      settledBy: 'card',
      responseCode: null,
      finalWords: '已由他人同意',
    });
  });

  it('are said once: the first words count, a repeated job does nothing', async () => {
    await settle('已同意');
    await settle('已撤回');
    expect(await m.row('r')).toMatchObject({ finalWords: '已同意' });
    expect(m.calls).toHaveLength(1);
  });

  it('after 72 hours come as a text with a link', async () => {
    m.t.clock.advance(72 * HOUR);
    await settle('已撤回');
    expect(m.calls).toEqual([
      {
        what: 'send',
        userid: 'Ada',
        content: { type: 'text', text: '这件事已撤回。\n<a href="https://x.example/1">看详情</a>' },
      },
    ]);
    expect(await m.row('r')).toMatchObject({ settledBy: 'text' });
  });

  it('come as a text too when the code turns out to be used up', async () => {
    m.answers.push(fails(new FixData({ ...fault, errcode: 60_140 })));
    await settle();
    expect(m.calls.map((call) => call.what)).toEqual(['update', 'send']);
    expect(await m.row('r')).toMatchObject({ settledBy: 'text' });
  });

  it.each([new RetryLater(fault), new StopAll({ ...fault, errcode: 40_001 })])(
    'wait for 企业微信: %s',
    async (error) => {
      m.answers.push(fails(error));
      await settle();
      expect(await m.row('r')).toMatchObject({ settledBy: null, responseCode: 'c1' });
      m.t.clock.advance(HOUR);
      await m.jobs.runDue();
      expect(await m.row('r')).toMatchObject({ settledBy: 'card' });
      expect(m.calls.map((call) => call.what)).toEqual(['update', 'update']);
    },
  );

  it('need no call when the holder got them in the reply to the tap', async () => {
    await m.close('r', '已同意', true);
    await m.jobs.runDue();
    expect(m.calls).toHaveLength(0);
    await m.t.db.write({ kind: 'system', name: 'test' }, (tx) =>
      tx.em.getRepository(MessageTable).update({ ref: 'r' }, { settledBy: 'reply' }),
    );
    m.t.clock.advance(HOUR);
    await m.jobs.runDue();
    expect(m.calls).toHaveLength(0);
  });

  it('follow by a call a few seconds later when the reply got lost', async () => {
    await m.close('r', '已同意', true);
    m.t.clock.advance(10_000);
    await m.jobs.runDue();
    expect(m.calls.map((call) => call.what)).toEqual(['update']);
  });

  it('reach everybody who holds a card of the same matter, each by a code of their own', async () => {
    await m.card('r', 'bob');
    await m.jobs.runDue();
    m.calls.length = 0;
    await settle();
    const codes = m.calls.map(({ userid, responseCode }) => [userid, responseCode]);
    expect(codes.sort()).toEqual([
      ['Ada', 'c1'],
      ['bob', 'c1'],
    ]);
  });

  it('do not wait for another holder who cannot be told now', async () => {
    await m.card('r', 'bob');
    await m.jobs.runDue();
    m.calls.length = 0;
    m.answers.push(fails(new RetryLater({ ...fault, reason: 'quota' })));
    await settle();
    expect(m.calls.map((call) => call.userid).sort()).toEqual(['Ada', 'bob']);
  });

  it('are said once when two runs try at the same moment', async () => {
    m.answers.push(async () => {
      // A second run of the same settling, in the middle of the first.
      await m.write(async (tx) =>
        enqueue(tx, { name: SETTLE_JOB, key: 'again', payload: { kind: 'test', ref: 'r' } }),
      );
      await m.jobs.runDue();
      return { reached: true, msgId: null, responseCode: null };
    });
    await settle();
    m.t.clock.advance(HOUR);
    await m.jobs.runDue();
    expect(m.calls.map((call) => call.what)).toEqual(['update']);
  });

  it('come as a text when a run died while saying them', async () => {
    await m.t.db.write({ kind: 'system', name: 'test' }, (tx) =>
      tx.em.getRepository(MessageTable).update({ ref: 'r' }, { responseCode: `taken:${m.t.clock.now()}` }),
    );
    await settle();
    expect(m.calls).toHaveLength(0);
    m.t.clock.advance(HOUR);
    await m.jobs.runDue();
    expect(m.calls.map((call) => call.what)).toEqual(['send']);
  });

  it('are not tried on somebody who is gone', async () => {
    m.members.delete('ada');
    await settle();
    expect(m.calls).toHaveLength(0);
    expect(await m.row('r')).toMatchObject({ settledBy: 'none' });
  });
});
