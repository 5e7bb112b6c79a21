import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import { verifyAudit, sealAll } from '../../server/platform/audit/index.ts';
import type { ItemsAnswer } from '../../server/features/approvals/contract.ts';
import { type Started, startApp } from '../support/start-app.ts';
import {
  applyForLeave,
  cardsOf,
  detail,
  expectCard,
  lastWords,
  ONE_DAY,
  tapApprove,
  todo,
  userid,
} from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const HOUR = 3_600_000;

describe('a leave request approved inside 企业微信', () => {
  it('goes from the form through three cards to one result (R29)', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant);
    expect(made.number).toMatch(/^QJ-2026-\d{4}$/);
    expect(made.holderWords).toContain('陈志远');
    await s.settle();

    const first = expectCard(s, userid.unitHead, '申请年假 3.5 个工作日');
    expect(first.content.card.main_title?.desc).toBe('请在 11-24 17:30 前处理');
    expect(lastWords(first)).toBeNull();
    const tapped = await tapApprove(s, userid.unitHead);
    expect(tapped.reply).toBe('update_template_card');
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');

    await s.settle();
    expect(cardsOf(s, userid.applicant)).toHaveLength(0);
    await tapApprove(s, userid.hrHead);
    await s.settle();
    expect((await detail(applicant, made.instanceId)).state.code).toBe('running');
    await tapApprove(s, userid.leader);
    await s.settle();

    const done = await detail(applicant, made.instanceId);
    expect(done.state).toEqual({ code: 'approved', words: '已通过' });
    const results = cardsOf(s, userid.applicant);
    expect(results).toHaveLength(1);
    expect(results[0]?.content.card.main_title?.title).toBe('你的请假已通过');
    expect(cardsOf(s, userid.attendance)).toHaveLength(1);
  });

  it('can be decided in the H5 as well, with the card following', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const head = await s.signIn(userid.unitHead);
    const list = await todo(head);
    expect(list.items).toHaveLength(1);
    expect(list.counts.todo).toBe(1);
    const page = await detail(head, made.instanceId);
    expect(page.can).toMatchObject({ approve: true, reject: true });
    const answer = await head.post<{ outcome: string }>(
      `/api/approvals/tasks/${page.myTask?.taskId}/approve`,
      {
        comment: '同意，注意安全。',
      },
    );
    expect(answer.outcome).toBe('done');
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');
    expect((await detail(applicant, made.instanceId)).state.code).toBe('approved');
    expect((await todo(head)).items).toHaveLength(0);
    expect((await head.get<ItemsAnswer>('/api/approvals/items?box=done')).items).toHaveLength(1);
    expect((await applicant.get<ItemsAnswer>('/api/approvals/items?box=mine')).items[0]?.state.words).toBe(
      '已通过',
    );
  });

  it('refuses with a reason the applicant reads', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, made.instanceId);
    const refused = await head.send('POST', `/api/approvals/tasks/${myTask?.taskId}/reject`, {
      comment: ' ',
    });
    expect(refused.status).toBe(422);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/reject`, { comment: '时间有冲突' });
    await s.settle();
    const page = await detail(applicant, made.instanceId);
    expect(page.state.code).toBe('rejected');
    const card = expectCard(s, userid.applicant, '没有通过');
    expect(JSON.stringify(card.content.card)).toContain('时间有冲突');
  });
});

describe('what can go wrong', () => {
  async function submitted(form = ONE_DAY as Parameters<typeof applyForLeave>[1]) {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, form);
    await s.settle();
    return { applicant, made };
  }

  it('R1 two approvers tap at once on a joint step: both decide, the request ends once', async () => {
    const { applicant, made } = await submitted({});
    await tapApprove(s, userid.unitHead);
    await s.settle();
    await Promise.all([tapApprove(s, userid.hrHead), tapApprove(s, userid.leader)]);
    await s.settle();
    expect((await detail(applicant, made.instanceId)).state.code).toBe('approved');
    expect(cardsOf(s, userid.applicant)).toHaveLength(1);
    expect(lastWords(expectCard(s, userid.hrHead, '申请'))).toBe('已同意');
    expect(lastWords(expectCard(s, userid.leader, '申请'))).toBe('已同意');
  });

  it('R26 R27 the same tap delivered three times has one effect and the same words', async () => {
    const { applicant, made } = await submitted();
    s.sandbox.control.addFault({ kind: 'duplicate_callbacks', times: 3 });
    await tapApprove(s, userid.unitHead);
    await s.settle();
    const history = await s.app.db.read((reads) => historyOf(reads, made.instanceId));
    expect(history.filter((event) => event.type === 'taskDecided')).toHaveLength(1);
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');
    expect((await detail(applicant, made.instanceId)).state.code).toBe('approved');
    expect(cardsOf(s, userid.applicant)).toHaveLength(1);
  });

  it('R27 a tap on a card whose matter is over answers the state and changes nothing', async () => {
    const { applicant, made } = await submitted();
    const card = expectCard(s, userid.unitHead, '申请');
    await applicant.post(`/api/approvals/instances/${made.instanceId}/withdraw`, {});
    // The tap is on its way before the update reaches the phone.
    await s.sandbox.control.tap(userid.unitHead, { messageId: card.id, key: 'approve' });
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已撤回');
    expect((await detail(applicant, made.instanceId)).state.code).toBe('withdrawn');
  });

  it('企业微信 is down for ten minutes: decisions stand, cards go out later, each once', async () => {
    const { applicant, made } = await submitted({});
    s.sandbox.control.addFault({ kind: 'down' });
    await tapApprove(s, userid.unitHead);
    await s.settle();
    expect((await detail(applicant, made.instanceId)).timeline[1]).toMatchObject({ stateWords: '同意' });
    expect(cardsOf(s, userid.hrHead)).toHaveLength(0);
    for (let minute = 0; minute < 10; minute += 1) await s.advance(60_000);
    expect(cardsOf(s, userid.hrHead)).toHaveLength(0);
    s.sandbox.control.removeFaults();
    await s.advance(60_000);
    expect(cardsOf(s, userid.hrHead)).toHaveLength(1);
    expect(cardsOf(s, userid.leader)).toHaveLength(1);
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');
  });

  it('an answer lost after the card was sent does not send it twice', async () => {
    const applicant = await s.signIn(userid.applicant);
    await applyForLeave(applicant, ONE_DAY);
    s.sandbox.control.addFault({ kind: 'drop_after', apis: ['message/send'], calls: 1 });
    await s.settle();
    for (let minute = 0; minute < 5; minute += 1) await s.advance(60_000);
    expect(cardsOf(s, userid.unitHead)).toHaveLength(1);
    await tapApprove(s, userid.unitHead);
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已同意');
  });

  it('the token is invalidated in the middle: one refresh, nothing lost', async () => {
    const { applicant, made } = await submitted({});
    s.sandbox.control.invalidateTokens();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    expect(cardsOf(s, userid.hrHead)).toHaveLength(1);
    expect((await detail(applicant, made.instanceId)).state.code).toBe('running');
  });

  it('R30 the approver is transferred between card and tap: the old card says so, the new one decides', async () => {
    const { applicant, made } = await submitted();
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, made.instanceId);
    const colleague = await s.signIn(userid.colleague);
    const { person } = await colleague.get<{ person: { personId: string } }>('/api/me');
    const old = expectCard(s, userid.unitHead, '申请');
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/transfer`, { toPersonId: person.personId });
    await s.sandbox.control.tap(userid.unitHead, { messageId: old.id, key: 'approve' });
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已转交他人');
    expect((await detail(applicant, made.instanceId)).state.code).toBe('running');
    await tapApprove(s, userid.colleague);
    await s.settle();
    expect((await detail(applicant, made.instanceId)).state.code).toBe('approved');
  });

  it('R28 withdrawn while approving: exactly one wins, the other is told the final state', async () => {
    for (let round = 0; round < 4; round += 1) {
      const applicant = await s.signIn(userid.applicant);
      const day = `2026-12-0${round + 1}`;
      const made = await applyForLeave(applicant, { ...ONE_DAY, from: day, to: day });
      await s.settle();
      const [, withdrawn] = await Promise.all([
        tapApprove(s, userid.unitHead),
        applicant.post<{ outcome: string; words: string }>(
          `/api/approvals/instances/${made.instanceId}/withdraw`,
          {},
        ),
      ]);
      await s.settle();
      const { state } = await detail(applicant, made.instanceId);
      const words = lastWords(expectCard(s, userid.unitHead, '申请'));
      if (state.code === 'withdrawn') expect([withdrawn.outcome, words]).toEqual(['done', '已撤回']);
      else expect([state.code, withdrawn.outcome, words]).toEqual(['approved', 'already', '已同意']);
    }
  });

  it('R27 a card older than 72 hours is followed by a text with a link instead', async () => {
    const { applicant, made } = await submitted();
    await s.advance(80 * HOUR);
    await applicant.signIn(userid.applicant);
    await applicant.post(`/api/approvals/instances/${made.instanceId}/withdraw`, {});
    await s.settle();
    const last = s.sandbox.control.appMessages(userid.unitHead).at(-1);
    expect(last?.content).toMatchObject({ msgtype: 'text' });
    expect(JSON.stringify(last?.content)).toContain('这件事已撤回');
  });

  it('R37 reminds once when it is due and once when it is overdue, never at night', async () => {
    await submitted();
    for (let hour = 0; hour < 80; hour += 1) await s.advance(HOUR);
    const reminders = cardsOf(s, userid.unitHead).filter(({ content }) => content.card.emphasis_content);
    expect(reminders.length).toBeGreaterThanOrEqual(2);
    expect(reminders.length).toBeLessThanOrEqual(3);
    expect(new Set(reminders.map(({ content }) => JSON.stringify(content.card.emphasis_content))).size).toBe(
      reminders.length,
    );
    for (const { at } of reminders) {
      const hour = (new Date(at).getUTCHours() + 8) % 24;
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThan(18);
    }
  });

  it('R22 a locked approver hands the open task on, and their card ends', async () => {
    const { applicant, made } = await submitted();
    const head = await s.signIn(userid.unitHead);
    const { person } = await head.get<{ person: { personId: string } }>('/api/me');
    await s.app.db.write({ kind: 'system', name: 'test' }, (tx) =>
      s.app.directory.lockPerson(tx, person.personId),
    );
    await s.settle();
    const page = await detail(applicant, made.instanceId);
    expect(page.holder?.names).not.toContain('陈志远');
    expect(page.timeline.some((row) => row.name === '陈志远')).toBe(true);
    const refused = await head.raw('GET', '/api/me');
    expect(refused.status).toBe(401);
  });
});

describe('the record', () => {
  it('H7 R45 every act is in the chain, and a history replays to the state', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    const { state, history } = await s.app.db.read(async (reads) => ({
      state: (await loadInstance(reads, made.instanceId)).state,
      history: await historyOf(reads, made.instanceId),
    }));
    expect(replay(history)).toEqual(state);
    await sealAll(s.app.db);
    const report = await verifyAudit(s.app.db, []);
    expect(report.faults).toEqual([]);
    expect(report.sealed).toBeGreaterThan(3);
    const acts = await s.app.db.read((r) =>
      r.em.query<{ action: string; via: string; result: string }[]>(
        `select action, via, result from audit_entry where targetId = ? order by seq`,
        [made.instanceId],
      ),
    );
    expect(acts).toEqual([
      { action: 'approvals.submit', via: 'h5', result: 'ok' },
      { action: 'approvals.approve', via: 'card', result: 'ok' },
    ]);
  });

  it('R44 nobody can backdate a decision', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, made.instanceId);
    const response = await head.send('POST', `/api/approvals/tasks/${myTask?.taskId}/approve`, {
      comment: '同意',
      decidedAt: 1,
    });
    expect(response.status).toBe(400);
  });

  it('answers an outsider of the request as if it did not exist', async () => {
    const applicant = await s.signIn(userid.applicant);
    const made = await applyForLeave(applicant, ONE_DAY);
    const stranger = await s.signIn(userid.colleague);
    const seen = await stranger.raw('GET', `/api/approvals/instances/${made.instanceId}`);
    const unknown = await stranger.raw('GET', `/api/approvals/instances/${'0'.repeat(32)}`);
    expect([seen.status, unknown.status]).toEqual([404, 404]);
    const words = await Promise.all([seen.json(), unknown.json()]);
    expect(words.map((w) => (w as { code: string }).code)).toEqual([
      'approvals.not_visible',
      'approvals.not_visible',
    ]);
  });
});
