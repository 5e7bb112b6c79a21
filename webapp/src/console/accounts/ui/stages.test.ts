import { describe, expect, it } from 'vitest';
import { at } from '../../testing/shell.ts';
import { cancellation } from '../testing/samples.ts';
import { cancellationStages } from './stages.ts';

const states = (part: Parameters<typeof cancellation>[0]): string =>
  cancellationStages(cancellation(part))
    .map(({ words, state }) => `${words}:${state}`)
    .join(' ');

describe('how far a cancellation is (S2-16)', () => {
  it('waits for the hand-over', () => {
    expect(states({})).toBe('告知本人:done 停用:done 交接:now 等待期:later 注销:later');
  });
  it('is in grace, with its last day', () => {
    const grace = { step: 'grace', handedOverAt: at, graceUntilAt: at + 15 * 86_400_000 } as const;
    expect(states(grace)).toContain('交接:done 等待期:now');
    expect(cancellationStages(cancellation(grace))[3]?.note).toContain('12-05');
  });
  it('is deleted', () => {
    const all = { step: 'deleted', handedOverAt: at, graceUntilAt: at, deletedAt: at } as const;
    expect(states(all)).not.toMatch(/now|later/);
  });
  it('recalled: nothing is going on', () => {
    expect(states({ step: 'recalled' })).not.toContain('now');
  });
});
