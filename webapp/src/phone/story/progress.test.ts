import { describe, expect, it } from 'vitest';
import type { CardState, ChatMessage } from '../../../../server/sandbox/contract.ts';
import { castOf, progressOf, ringOf, stepFor } from './progress.ts';
import type { Story, StoryStep } from './story.ts';

const approve = (userid: string): StoryStep => ({
  label: `${userid} 同意`,
  userid,
  note: '点 **同意**',
  ring: { titleHas: '张老师', button: '同意' },
  done: { userid, titleHas: '张老师', replacedBy: '同意' },
});
const submit: StoryStep = {
  label: '张老师提交',
  userid: 'zhang',
  note: '提交',
  open: { label: '打开请假', url: '/leave' },
  done: { userid: 'chen', titleHas: '张老师' },
};
const story: Story = {
  steps: [submit, approve('chen'), approve('wang'), approve('lin')],
  end: { userid: 'zhang', note: '走完了' },
};

let count = 0;
function card(state: Partial<CardState> = {}, title = '张老师 申请年假'): ChatMessage {
  count += 1;
  return {
    id: `m${count}`,
    chatId: 'app:1',
    msgid: '1',
    at: count,
    from: 'app',
    sender: '',
    recalled: false,
    read: true,
    content: {
      msgtype: 'template_card',
      card: {
        card_type: 'button_interaction',
        main_title: { title },
        button_list: [
          { text: '同意', key: 'approve' },
          { type: 1, text: '看详情', url: 'http://localhost/d' },
        ],
      },
      state: { replacedBy: null, updates: 0, pending: false, taps: [], ...state },
    },
  };
}

const world =
  (chats: Record<string, ChatMessage[]>) =>
  (userid: string): ChatMessage[] =>
    chats[userid] ?? [];

describe('progress of the story', () => {
  it('starts at the first step with nothing said', () => {
    expect(progressOf(story, world({}))).toEqual({ done: [false, false, false, false], current: 0 });
  });

  it('goes on by what the chats show, also when the decision was taken in the H5', () => {
    const chats = { chen: [card({ replacedBy: '已同意' })], wang: [card()], lin: [card()] };
    expect(progressOf(story, world(chats))).toEqual({ done: [true, true, false, false], current: 2 });
  });

  it('does not take a refusal, a recalled card or another matter for done', () => {
    expect(progressOf(story, world({ chen: [card({ replacedBy: '已拒绝' })] })).done[1]).toBe(false);
    expect(progressOf(story, world({ chen: [{ ...card(), recalled: true }] })).done[0]).toBe(false);
    expect(progressOf(story, world({ chen: [card({}, '李老师 用章')] })).done[0]).toBe(false);
  });

  it('ends with no current step', () => {
    const done = [card({ replacedBy: '已同意' })];
    expect(progressOf(story, world({ chen: done, wang: done, lin: done })).current).toBeNull();
  });

  it('knows everybody it looks at, once', () => {
    expect(castOf(story)).toEqual(['zhang', 'chen', 'wang', 'lin']);
  });
});

describe('the ring', () => {
  it('is on the newest live card of the one to act, at the button named', () => {
    const [old, fresh] = [card(), card()];
    expect(ringOf(approve('wang'), 'wang', [old, fresh])).toEqual({ messageId: fresh.id, key: 'approve' });
    expect(ringOf(approve('wang'), 'lin', [fresh])).toBeNull();
  });

  it('is gone once the card was tapped', () => {
    expect(ringOf(approve('wang'), 'wang', [card({ replacedBy: '已同意' })])).toBeNull();
  });

  it('lets the holders of a joint step go in any order', () => {
    const chats = { chen: [card({ replacedBy: '已同意' })], wang: [card()], lin: [card()] };
    const progress = progressOf(story, world(chats));
    expect(stepFor(story, progress, 'lin', chats.lin)?.userid).toBe('lin');
    expect(stepFor(story, progress, 'zhang', [])?.userid).toBe('wang');
    expect(stepFor(story, progress, null, [])?.userid).toBe('wang');
  });
});
