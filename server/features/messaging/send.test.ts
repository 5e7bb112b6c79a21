import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadAnswer, FixData, FixPermission, Refused, RetryLater, StopAll } from '../../wecom/index.ts';
import { type OpenMessaging, openMessaging } from './testing/open-messaging.ts';

let m: OpenMessaging;
beforeEach(async () => {
  m = await openMessaging();
});
afterEach(() => m.stop());

const fault = { api: 'message/send', reason: 'errcode' as const };
const fails = (failure: Error) => async (): Promise<never> => {
  throw failure;
};
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const later = async (ms: number) => {
  m.t.clock.advance(ms);
  await m.jobs.runDue();
};

describe('a message on its way', () => {
  it('queued → sent, with what 企业微信 gave for it', async () => {
    await m.card('r');
    expect(await m.row('r')).toMatchObject({ state: 'queued', sentAt: null });
    await m.jobs.runDue();
    expect(await m.row('r')).toMatchObject({
      state: 'sent',
      msgId: 'm1',
      responseCode: 'c1',
      sentAt: m.t.clock.now(),
      responseCodeAt: m.t.clock.now(),
    });
    // The card carries our id, by which its tap is found again.
    expect(m.calls).toMatchObject([{ userid: 'Ada', content: { card: { taskId: (await m.row('r')).id } } }]);
  });

  it('the same thing to the same person is said once, to two people twice', async () => {
    await m.card('r');
    await m.card('r');
    await m.card('r', 'bob');
    await m.jobs.runDue();
    expect(m.calls.map((call) => call.userid).sort()).toEqual(['Ada', 'bob']);
  });

  it('goes out no earlier than wanted, and never when the unit of work failed', async () => {
    const message = { kind: 'test', personId: 'ada', subjectType: 'test', subjectId: '1' };
    const { queueText } = await import('./outbox.ts');
    await m.write(async (tx) => queueText(tx, { ...message, ref: 'r', notBefore: tx.now + MINUTE }, 'x'));
    const undone = m.write(async (tx) => {
      queueText(tx, { ...message, ref: 'undone' }, 'x');
      throw new Error('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    await m.jobs.runDue();
    expect(m.calls).toHaveLength(0);
    await later(MINUTE);
    expect(m.calls).toHaveLength(1);
  });

  it('E14 unreachable: outside the visible range, or locked and gone', async () => {
    m.answers.push(() => ({ reached: false, msgId: null, responseCode: null }));
    await m.card('outside');
    await m.jobs.runDue();
    expect(await m.row('outside')).toMatchObject({
      state: 'unreachable',
      reason: 'outside the visible range',
    });
    m.members.delete('ada');
    await m.card('locked');
    await m.jobs.runDue();
    expect(await m.row('locked')).toMatchObject({ state: 'unreachable', reason: 'not active' });
    expect(m.calls).toHaveLength(1);
  });

  it.each([
    ['content that is refused', new FixData({ ...fault, errcode: 45002 })],
    ['an unknown refusal', new Refused({ ...fault, errcode: 99_999 })],
    ['an answer nobody understands', new BadAnswer({ ...fault, reason: 'bad_answer' })],
  ])('failed with its reason: %s, and no second try', async (_what, error) => {
    m.answers.push(fails(error));
    await m.card('r');
    await m.jobs.runDue();
    await later(DAY);
    expect(await m.row('r')).toMatchObject({ state: 'failed' });
    expect((await m.row('r')).reason).toContain('message/send');
    expect(m.calls).toHaveLength(1);
  });

  it.each([
    ['企业微信 is busy', new RetryLater({ ...fault, errcode: -1 }), MINUTE],
    ['the credential is refused', new StopAll({ ...fault, errcode: 40001 }), 10 * MINUTE],
    ['an administrator has to grant something', new FixPermission({ ...fault, errcode: 48002 }), 10 * MINUTE],
  ])('waits, as long as it takes, when %s', async (_what, error, pause) => {
    for (let n = 0; n < 12; n += 1) m.answers.push(fails(error));
    await m.card('r');
    await m.jobs.runDue();
    for (let n = 0; n < 11; n += 1) await later(pause);
    expect(m.calls).toHaveLength(12);
    expect(await m.row('r')).toMatchObject({ state: 'queued' });
    await later(pause);
    expect(await m.row('r')).toMatchObject({ state: 'sent' });
  });

  it('not before the time 企业微信 named', async () => {
    const retryAt = m.t.clock.now() + 5 * MINUTE;
    m.answers.push(fails(new RetryLater({ ...fault, reason: 'quota', retryAt })));
    await m.card('r');
    await m.jobs.runDue();
    await later(5 * MINUTE - 1);
    expect(m.calls).toHaveLength(1);
    await later(1);
    expect(m.calls).toHaveLength(2);
  });

  it('after a week it is no news any more', async () => {
    m.answers.push(fails(new RetryLater(fault)), fails(new RetryLater(fault)));
    await m.card('r');
    await m.jobs.runDue();
    await later(8 * DAY);
    expect(await m.row('r')).toMatchObject({ state: 'failed' });
  });

  it('a failure that is not 企业微信’s is retried by the queue, and loses nothing', async () => {
    m.answers.push(fails(new Error('socket')));
    await m.card('r');
    await m.jobs.runDue();
    await later(MINUTE);
    expect(await m.row('r')).toMatchObject({ state: 'sent' });
  });
});

describe('a message nobody wants any more', () => {
  it('is cancelled before it went out', async () => {
    await m.card('r');
    await m.close('r', '已撤回');
    await m.jobs.runDue();
    expect(await m.row('r')).toMatchObject({ state: 'cancelled' });
    expect(m.calls).toHaveLength(0);
  });

  it('is cancelled too when the first try certainly failed', async () => {
    m.answers.push(fails(new RetryLater({ ...fault, reason: 'unreachable' })));
    await m.card('r');
    await m.jobs.runDue();
    await m.close('r', '已撤回');
    await later(MINUTE);
    expect(await m.row('r')).toMatchObject({ state: 'cancelled' });
    expect(m.calls).toHaveLength(1);
  });

  it('is sent again, to be closed, when the first try may have arrived', async () => {
    m.answers.push(fails(new RetryLater({ ...fault, reason: 'dropped', maybeSent: true })));
    await m.card('r');
    await m.jobs.runDue();
    await m.close('r', '已撤回');
    await later(MINUTE);
    await m.jobs.runDue();
    expect(m.calls.map((call) => call.what)).toEqual(['send', 'send', 'update']);
    expect(await m.row('r')).toMatchObject({ state: 'sent', settledBy: 'card', finalWords: '已撤回' });
  });

  it('closed while it is being sent, it gets its last words afterwards', async () => {
    m.answers.push(async () => {
      await m.close('r', '已由他人同意');
      return { reached: true, msgId: 'm', responseCode: 'fresh' };
    });
    await m.card('r');
    await m.jobs.runDue();
    await m.jobs.runDue();
    expect(m.calls).toMatchObject([{ what: 'send' }, { what: 'update', responseCode: 'fresh' }]);
    expect(await m.row('r')).toMatchObject({ state: 'sent', settledBy: 'card' });
  });
});
