import { describe, expect, it } from 'vitest';
import type { ChatMessage, LedgerEntry, SandboxState } from '../../../../server/sandbox/contract.ts';
import { applyToState, putMessage, putOlder, type OpenChat } from './apply.ts';
import { dayKind, momentWords, nextWorkday } from './office.ts';
import { readPlace, writePlace, type Place } from './place.ts';
import { chatTime, clockWords, lengthWords, listTime, needsTime } from './time.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2026-11-23T10:20');

describe('times', () => {
  it('are written short near and with the date far', () => {
    expect(clockWords(now)).toBe('11-23 周一 10:20');
    expect(listTime(at('2026-11-23T09:00'), now)).toBe('09:00');
    expect(listTime(at('2026-11-22T23:59'), now)).toBe('昨天');
    expect(chatTime(at('2026-11-22T09:00'), now)).toBe('昨天 09:00');
    expect(chatTime(at('2025-12-31T09:00'), now)).toBe('2025-12-31 09:00');
  });

  it('stand above a message after five quiet minutes', () => {
    expect(needsTime(now, undefined)).toBe(true);
    expect(needsTime(now, now - 299_999)).toBe(false);
    expect(needsTime(now, now - 300_000)).toBe(true);
  });

  it('tell lengths in two units at most, rounded up to the second', () => {
    expect(lengthWords(0)).toBe('0 秒');
    expect(lengthWords(100)).toBe('1 秒');
    expect(lengthWords(600_000)).toBe('10 分');
    expect(lengthWords(3_723_000)).toBe('1 小时 2 分');
    expect(lengthWords(90_000_000)).toBe('1 天 1 小时');
  });
});

describe('working days of the clock', () => {
  it('jumps over the weekend and over State Council holidays, and lands on make-up days', async () => {
    expect((await nextWorkday(at('2026-11-20T18:00'))).at).toBe(at('2026-11-23T09:00'));
    expect((await nextWorkday(at('2026-02-13T18:00'))).at).toBe(at('2026-02-14T09:00'));
    expect((await dayKind('2026-02-14')).works).toBe(true);
    expect((await dayKind('2026-02-17')).name).toBe('春节');
  });

  it('says so when the year is not published', async () => {
    expect((await nextWorkday(at('2031-05-02T10:00'))).known).toBe(false);
  });

  it('names the moment', async () => {
    expect(await momentWords(now)).toBe('工作时间');
    expect(await momentWords(at('2026-11-23T12:30'))).toBe('午休');
    expect(await momentWords(at('2026-11-23T17:30'))).toBe('下班时间');
    expect(await momentWords(at('2026-11-22T10:00'))).toBe('周末');
    expect(await momentWords(at('2026-05-01T10:00'))).toBe('劳动节');
  });
});

describe('the address', () => {
  const places: Place[] = [
    { member: 'wanghr', screen: { name: 'chats' } },
    { member: 'a.b-c@d', screen: { name: 'chat', chatId: 'app:1000002' } },
    { member: null, screen: { name: 'workbench' } },
    { member: 'x', screen: { name: 'contacts', departmentId: 3 } },
    { member: 'x', screen: { name: 'contacts', departmentId: null } },
    { member: 'x', screen: { name: 'me' } },
    { member: 'x', screen: { name: 'h5', to: 'http://localhost:8080/a?b=c&d#e' } },
    { member: 'x', screen: { name: 'h5', to: null } },
  ];

  it('holds member and screen', () => {
    for (const place of places) expect(readPlace(writePlace(place))).toEqual(place);
  });

  it('falls back to the chats when it makes no sense', () => {
    for (const query of ['', '?screen=nope', '?screen=chat', '?member=']) {
      expect(readPlace(query)).toEqual({ member: null, screen: { name: 'chats' } });
    }
  });
});

describe('events of the stream', () => {
  const entry = (id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
    id,
    seq: 7,
    actId: 'a1',
    at: now,
    kind: 'call',
    name: 'gettoken',
    summary: '',
    fields: [],
    state: 'running',
    errcode: null,
    tookMs: null,
    attempts: 1,
    nextAttemptAt: null,
    faultId: null,
    ...more,
  });
  const message = (id: string): ChatMessage => ({
    id,
    chatId: 'app:1',
    msgid: '',
    at: now,
    from: 'app',
    sender: '',
    content: { msgtype: 'text', content: id },
    recalled: false,
    read: false,
  });
  const member = { userid: 'wanghr', unread: 0, lastMessageAt: null };
  const empty = (): SandboxState =>
    ({ members: [{ ...member }], acts: [], faults: [], seq: 0 }) as unknown as SandboxState;

  it('may come twice without a second effect', () => {
    const state = empty();
    const act = { id: 'a1', kind: 'app', at: now, userid: null, title: '', entries: [] } as const;
    for (let round = 0; round < 2; round += 1) {
      applyToState(state, { type: 'act', act: { ...act, entries: [] } });
      applyToState(state, { type: 'entry', entry: entry('e1') });
    }
    applyToState(state, { type: 'entry_changed', entry: entry('e1', { state: 'ok', tookMs: 3 }) });
    expect(state.acts).toHaveLength(1);
    expect(state.acts[0]?.entries.map((one) => one.state)).toEqual(['ok']);
    expect(state.seq).toBe(7);
  });

  it('change unread numbers of anybody, also of those not looked at', () => {
    const state = empty();
    applyToState(state, { type: 'message', userid: 'wanghr', message: message('m1'), unread: 2 });
    expect(state.members[0]).toMatchObject({ unread: 2, lastMessageAt: now });
    applyToState(state, { type: 'message', userid: 'nobody', message: message('m1'), unread: 9 });
    expect(state.members).toHaveLength(1);
  });

  it('put messages at their place, older pages in front without doubles', () => {
    const chat: OpenChat = { title: '', messages: [message('m2')], before: 'm2' };
    putMessage(chat, { ...message('m2'), read: true });
    putMessage(chat, message('m3'));
    putOlder(chat, { title: '', messages: [message('m1'), message('m2')], before: null });
    expect(chat.messages.map((one) => [one.id, one.read])).toEqual([
      ['m1', false],
      ['m2', true],
      ['m3', false],
    ]);
    expect(chat.before).toBeNull();
  });
});
