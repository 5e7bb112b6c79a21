import { describe, expect, it } from 'vitest';
import { sender } from '../testing/samples.ts';
import { senderState } from './sender-state.ts';

const on = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);
const open = { submittedAt: null, byName: null, letter: null, lateWorkdays: null, dueOn: '2026-11-23' };

describe('one unit’s clock', () => {
  it('in time, and late by the server’s figure', () => {
    expect(senderState(sender(), on('2026-11-23')).words).toBe('已报送');
    expect(senderState(sender({ lateWorkdays: 2 }), on('2026-11-30'))).toEqual({
      tone: 'orange',
      words: '报送晚 2 个工作日',
    });
    expect(senderState(sender({ lateWorkdays: 4 }), on('2026-11-30')).tone).toBe('red');
  });
  it('open: waiting, due today, over', () => {
    expect(senderState(sender(open), on('2026-11-22')).words).toBe('等报送');
    expect(senderState(sender(open), on('2026-11-23')).words).toBe('今天到期');
    expect(senderState(sender(open), on('2026-11-24')).words).toBe('已过期限，还没报送');
  });
  it('G4: on an unpublished calendar it is never called late', () => {
    expect(senderState(sender({ ...open, provisional: true }), on('2026-12-30')).words).toBe('等报送');
  });
});
