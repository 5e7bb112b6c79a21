import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../kernel/dates.ts';
import {
  beginCancellation,
  obstaclesOf,
  stepCancellation,
  type CancellationCommand,
  type CancellationState,
} from './cancellation.ts';

const T = 1_000_000;
const GRACE = 15;
const backUp = { type: 'backUp', backup: { by: 'person', byPersonId: 'zhang', statement: '' } } as const;
const disabled = { type: 'disabled', graceDays: GRACE } as const;
const handedOver = { type: 'handedOver', openHoldings: 0, graceDays: GRACE } as const;
const release = { type: 'release', byPersonId: 'chen', acceptedById: 'li', openHoldings: 0 } as const;
const run = (commands: readonly CancellationCommand[], now = T) =>
  commands.reduce<CancellationState>(
    (state, command) => stepCancellation(state, command, now),
    beginCancellation(T),
  );

describe('cancellation', () => {
  it('S2-16a tells first; S2-16b hands over, waits; S2-16c deletes with the time kept', () => {
    const waiting = run([backUp, disabled, handedOver]);
    expect(waiting).toMatchObject({
      step: 'grace',
      toldAt: T,
      disabledAt: T,
      graceUntilAt: T + GRACE * DAY_MS,
    });
    const after = T + GRACE * DAY_MS;
    const released = stepCancellation(waiting, release, after);
    expect(stepCancellation(released, { type: 'deleted' }, after + 1)).toMatchObject({
      step: 'deleted',
      releasedBy: 'chen',
      deletedAt: after + 1,
    });
  });

  it('S2-16b refuses deletion before each of its conditions, and names it', () => {
    const after = T + GRACE * DAY_MS;
    const tries: [CancellationState, number, string][] = [
      [run([]), after, 'disabled'],
      [run([disabled]), after, 'handedOver'],
      [run([disabled, handedOver]), after, 'backup'],
      [run([backUp, disabled, handedOver]), after - 1, 'grace'],
    ];
    for (const [state, now, obstacle] of tries) {
      expect(obstaclesOf(state, 0, now)).toContain(obstacle);
      expect(() => stepCancellation(state, release, now)).toThrow('accounts.cancel_obstacle');
    }
    const ready = run([backUp, disabled, handedOver]);
    expect(() => stepCancellation(ready, { ...release, openHoldings: 1 }, after)).toThrow(
      'accounts.cancel_obstacle',
    );
    expect(() => stepCancellation(ready, { ...release, byPersonId: 'li' }, after)).toThrow(
      'accounts.second_person',
    );
    expect(() => run([disabled, { ...handedOver, openHoldings: 2 }])).toThrow('accounts.hands_not_empty');
  });

  it('S2-16b hands emptied before the account is disabled: the grace begins with the disabling', () => {
    const before = run([backUp, handedOver]);
    expect(before).toMatchObject({ step: 'told', handedOverAt: T, graceUntilAt: null });
    expect(stepCancellation(before, disabled, T + DAY_MS)).toMatchObject({
      step: 'grace',
      graceUntilAt: T + (GRACE + 1) * DAY_MS,
    });
  });

  it('S2-16b what was handed over came back: it is owed again, and the grace begins anew', () => {
    const undone = { type: 'handoverUndone' } as const;
    expect(run([disabled, handedOver, undone])).toMatchObject({
      step: 'disabled',
      handedOverAt: null,
      graceUntilAt: null,
    });
    expect(run([handedOver, undone])).toMatchObject({ step: 'told', handedOverAt: null });
    const deleting = stepCancellation(run([backUp, disabled, handedOver]), release, T + GRACE * DAY_MS);
    expect(() => stepCancellation(deleting, undone, T)).toThrow('accounts.too_late_to_recall');
  });

  it('S2-16a the unit may state that no backup can be had, in words; the first word stands', () => {
    const unit = { by: 'unit', byPersonId: 'zhao', statement: '本人已病故' } as const;
    expect(() => run([{ type: 'backUp', backup: { ...unit, statement: '' } }])).toThrow(
      'accounts.backup_statement',
    );
    expect(run([backUp, { type: 'backUp', backup: unit }]).backup?.by).toBe('person');
    expect(run([{ type: 'backUp', backup: unit }]).backup?.by).toBe('unit');
  });

  it('S2-16 whatever is tried in whatever order, nothing is deleted without telling, disabling, empty hands, backup, grace, two people', () => {
    const any = fc.record({
      command: fc.constantFrom<CancellationCommand>(
        backUp,
        disabled,
        handedOver,
        { ...handedOver, openHoldings: 1 },
        release,
        { ...release, byPersonId: 'li' },
        { ...release, openHoldings: 3 },
        { type: 'deleted' },
        { type: 'recall' },
        { type: 'handoverUndone' },
      ),
      days: fc.integer({ min: 0, max: 20 }),
    });
    let deletions = 0;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30, size: 'max' }), (steps) => {
        let state = beginCancellation(T);
        let now = T;
        for (const { command, days } of steps) {
          now += days * DAY_MS;
          try {
            state = stepCancellation(state, command, now);
          } catch {
            continue;
          }
        }
        if (state.step !== 'deleted') return;
        deletions += 1;
        expect(state.backup).not.toBeNull();
        expect(state.disabledAt).not.toBeNull();
        expect(state.releasedBy).toBe('chen');
        expect((state.deletedAt ?? 0) - (state.handedOverAt ?? Infinity)).toBeGreaterThanOrEqual(
          GRACE * DAY_MS,
        );
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(deletions).toBeGreaterThan(0);
  });
});
