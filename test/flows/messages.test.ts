import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import { queueText } from '../../server/features/messaging/index.ts';
import { postCallback, readReply, tapXml } from '../support/forged-callback.ts';
import { type Started, startApp } from '../support/start-app.ts';
import {
  applyForLeave,
  cardsOf,
  detail,
  expectCard,
  lastWords,
  ONE_DAY,
  tapApprove,
  userid,
} from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const test = systemActor('test');
const personIdOf = async (member: string): Promise<string> => {
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  return org.personByUserid(member)?.personId ?? '';
};
const texts = (member: string): string[] =>
  s.sandbox.control
    .appMessages(member)
    .flatMap(({ from, content }) => (from === 'app' && content.msgtype === 'text' ? [content.content] : []));
const lock = async (member: string) => {
  const personId = await personIdOf(member);
  await s.app.db.write(test, (tx) => s.app.directory.lockPerson(tx, personId));
};
const seconds = () => Math.floor(s.clock.now() / 1000);

interface Row {
  readonly state: string;
  readonly reason: string | null;
  readonly personId: string;
}
const messages = (): Promise<Row[]> =>
  s.app.db.read((r) => r.em.query<Row[]>('select state, reason, personId from message'));

async function queueTexts(member: string, count: number): Promise<void> {
  const personId = await personIdOf(member);
  await s.app.db.write(test, async (tx) => {
    for (let n = 0; n < count; n += 1)
      queueText(
        tx,
        { kind: 'test', personId, subjectType: 'test', subjectId: '1', ref: `n${n}` },
        `第 ${n} 条`,
      );
  });
}

/**
 * The time stands still meanwhile. Budgets are leased for ten seconds and what is left of a lease ends with them, so a
 * machine that took longer than that for 35 messages sent fewer than 30 in the first minute.
 */
async function inOneInstant(work: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}

describe('the send budget of a member', () => {
  it('the 31st message within a minute waits and goes out later; none is dropped in silence', async () => {
    await inOneInstant(async () => {
      await queueTexts(userid.colleague, 35);
      await s.settle();
    });
    expect(texts(userid.colleague).length).toBe(30);
    for (let minute = 0; minute < 3; minute += 1) await s.advance(60_000);
    expect(new Set(texts(userid.colleague)).size).toBe(35);
    expect(texts(userid.colleague)).toHaveLength(35);
    expect(s.sandbox.state().dropped).toEqual([]);
  });

  it('one member’s full minute does not keep the others waiting', async () => {
    await queueTexts(userid.colleague, 35);
    const applicant = await s.signIn(userid.applicant);
    await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    expect(cardsOf(s, userid.unitHead)).toHaveLength(1);
  });
});

describe('who cannot be reached', () => {
  it('E14 outside the app’s visible range: the message says so, and nothing is retried', async () => {
    s.sandbox.control.adminApp({ visible: { userids: [userid.applicant], parties: [], tags: [] } });
    await queueTexts(userid.colleague, 1);
    await s.settle();
    expect(await messages()).toMatchObject([{ state: 'unreachable', reason: 'outside the visible range' }]);
    await s.advance(3_600_000);
    const sends = s.sandbox.state().ledger.filter((entry) => entry.name === 'message/send');
    expect(sends).toHaveLength(1);
  });

  it('without interface licence likewise', async () => {
    s.sandbox.control.adminApp({ unlicensed: [userid.colleague] });
    await queueTexts(userid.colleague, 1);
    await s.settle();
    expect(await messages()).toMatchObject([{ state: 'unreachable' }]);
  });

  it('a locked person gets nothing any more', async () => {
    await queueTexts(userid.colleague, 1);
    await lock(userid.colleague);
    await s.settle();
    expect(await messages()).toMatchObject([{ state: 'unreachable', reason: 'not active' }]);
    expect(texts(userid.colleague)).toEqual([]);
  });

  it('a refused content is failed with its reason, and the others go on', async () => {
    s.sandbox.control.addFault({ kind: 'errcode', errcode: 44_004, apis: ['message/send'], calls: 1 });
    await queueTexts(userid.colleague, 2);
    await s.settle();
    const rows = await messages();
    expect(rows.map((row) => row.state).sort()).toEqual(['failed', 'sent']);
    expect(rows.find((row) => row.state === 'failed')?.reason).toContain('44004');
  });

  it('D7 a refused credential stops all sending, alarms, and goes on when it is right again', async () => {
    s.sandbox.control.invalidateTokens();
    const fault = s.sandbox.control.addFault({ kind: 'errcode', errcode: 40_001, apis: ['gettoken'] });
    await queueTexts(userid.colleague, 5);
    await s.settle();
    for (let n = 0; n < 6; n += 1) await s.advance(600_000);
    expect(texts(userid.colleague)).toEqual([]);
    expect(await s.app.metrics.registry.metrics()).toMatch(
      /steward_alarms_total\{kind="wecom_stopped"\} [1-9]/,
    );
    // A wrong secret tried again and again gets the address banned.
    const tries = s.sandbox
      .state()
      .ledger.filter((entry) => entry.name === 'gettoken' && entry.state === 'failed');
    expect(tries.length).toBeLessThan(10);
    s.sandbox.control.removeFaults(fault.id);
    for (let n = 0; n < 8; n += 1) await s.advance(1_800_000);
    expect(texts(userid.colleague)).toHaveLength(5);
  });
});

describe('words typed to the app', () => {
  const say = async (content: string, member: string = userid.unitHead) => {
    const act = await s.sandbox.control.say(member, content);
    return [act.reply, texts(member).at(-1) ?? ''] as const;
  };

  it('待办 lists what waits, as links, most urgent first; 帮助 what can be said', async () => {
    expect(await say('待办')).toEqual(['text', '待办都处理完了。']);
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    const [reply, words] = await say('待办');
    expect(reply).toBe('text');
    expect(words).toContain('你有 1 件待办');
    expect(words).toContain(`<a href="${s.url}/approvals/${made.instanceId}">张雨桐 年假 1 个工作日</a>`);
    const [, help] = await say('帮助');
    for (const word of ['待办', '请假', '帮助']) expect(help).toContain(`${word}：`);
  });

  it('请假 opens the form; anything else is answered with what can be said', async () => {
    expect((await say('请假'))[1]).toContain(`${s.url}/apply/leave`);
    expect((await say('今天天气不错'))[1]).toMatch(/^没有看懂这句话。\n可以发这些词：/);
  });

  it('more than five to-dos: the five most urgent and a link to all', async () => {
    const applicant = await s.signIn(userid.applicant);
    for (let day = 1; day <= 7; day += 1) {
      const on = `2026-12-${String(day).padStart(2, '0')}`;
      // The weekend has no working day to take off.
      if (day === 5 || day === 6) continue;
      await applyForLeave(applicant, { ...ONE_DAY, from: on, to: on });
    }
    await applyForLeave(applicant, { ...ONE_DAY, from: '2026-12-08', to: '2026-12-08' });
    const [, words] = await say('待办');
    expect(words).toContain('你有 6 件待办');
    expect(words.match(/\/approvals\//g)).toHaveLength(5);
    expect(words).toContain('全部 6 件');
  });

  it('the menu’s help button is answered as the word', async () => {
    const menu = s.sandbox.state().app.menu;
    const index = menu.findIndex((button) => button.type === 'click');
    expect(index).toBeGreaterThanOrEqual(0);
    const act = await s.sandbox.control.menu(userid.applicant, { index });
    expect(act.reply).toBe('text');
    expect(texts(userid.applicant).at(-1)).toContain('可以发这些词');
  });

  it('B1 a userid is compared without case', async () => {
    expect((await say('待办', userid.leader))[1]).toBe('待办都处理完了。');
    const upper = `<xml><ToUserName><![CDATA[x]]></ToUserName><FromUserName><![CDATA[LINGUODONG]]></FromUserName><CreateTime>${seconds()}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[待办]]></Content><MsgId>1</MsgId><AgentID>1000002</AgentID></xml>`;
    expect(readReply(s, await postCallback(s, upper)).get('Content')).toBe('待办都处理完了。');
  });

  it('a member who is not in the roster is told where to turn, and is shown nothing', async () => {
    s.sandbox.control.adminCall({
      api: 'user/create',
      body: { userid: 'stranger', name: '路人', department: [1], mobile: '19900000001' },
    });
    expect(await say('待办', 'stranger')).toEqual(['text', '还没有你的人员信息，请联系人事部门。']);
  });

  it('a picture or a place gets no answer and does no harm', async () => {
    const act = await s.sandbox.control.message(userid.applicant, {
      msgtype: 'location',
      label: '校门',
      latitude: 34.6,
      longitude: 119.2,
      scale: 16,
    });
    expect(act).toMatchObject({ delivery: 'accepted', reply: 'none' });
  });
});

describe('taps that are not the holder’s', () => {
  async function submitted() {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const card = expectCard(s, userid.unitHead, '申请');
    return { applicant, made, card, taskId: card.content.card.task_id ?? '' };
  }
  const tapAs = (from: string, taskId: string, responseCode = 'FORGED') =>
    postCallback(s, tapXml(s, { from, taskId, responseCode, at: seconds() }));
  const stateOf = async (work: Awaited<ReturnType<typeof submitted>>) =>
    (await detail(work.applicant, work.made.instanceId)).state.code;

  it.each([
    ['a colleague taps the head’s card', userid.colleague],
    ['the applicant taps it', userid.applicant],
    ['somebody nobody knows taps it', 'nobody'],
  ])('%s: nothing is decided and the button says so', async (_what, from) => {
    const work = await submitted();
    const reply = readReply(s, await tapAs(from, work.taskId));
    expect(reply.get('ReplaceName')).toBe('已失效');
    expect(await stateOf(work)).toBe('running');
    // The real holder's own response code was not overwritten by the forged one.
    await tapApprove(s, userid.unitHead);
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');
    expect(await stateOf(work)).toBe('approved');
  });

  it.each(['0'.repeat(32), 'x', "' or 1=1 --", '请假'])('a card nobody sent (%j): 已失效', async (taskId) => {
    const reply = readReply(s, await tapAs(userid.unitHead, taskId));
    expect(reply.get('ReplaceName')).toBe('已失效');
  });

  it('a button that is not on the card decides nothing', async () => {
    const work = await submitted();
    const xml = tapXml(s, {
      from: userid.unitHead,
      taskId: work.taskId,
      responseCode: 'C',
      key: 'reject',
      at: seconds(),
    });
    const reply = readReply(s, await postCallback(s, xml));
    expect(reply.get('MsgType')).toBe('update_template_card');
    expect(await stateOf(work)).toBe('running');
  });

  it('a locked person’s tap decides nothing', async () => {
    const work = await submitted();
    await lock(userid.unitHead);
    const reply = readReply(s, await tapAs(userid.unitHead, work.taskId));
    expect(reply.get('ReplaceName')).toBe('已失效');
    expect(await stateOf(work)).toBe('running');
    const acts = await s.app.db.read((r) =>
      r.em.query<unknown[]>(`select id from audit_entry where action = 'approvals.approve'`),
    );
    expect(acts).toEqual([]);
  });
});
