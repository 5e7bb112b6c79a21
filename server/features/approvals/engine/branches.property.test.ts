/** Properties of branches that are gone to their end: sent back from inside, joined, opened again, and finished. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areBeside, placeOf } from '../template/plan.ts';
import { act, begin, commandOf, LIFE, openTasks, REJECT, RUNS, TEMPLATE } from '../testing/branch-lives.ts';
import { replay } from './evolve.ts';
import { stepsAhead } from './lanes.ts';
import { waitingKeys } from './tally.ts';

describe('branches, whatever happens in them', () => {
  it('replay, and always have somebody to decide until they end', () => {
    fc.assert(
      fc.property(LIFE, fc.option(REJECT), ([template, moves], last) => {
        const life = begin(template);
        for (const move of last === null ? moves : [...moves, last]) {
          act(life, commandOf(life, move));
          expect(replay(life.history)).toEqual(life.state);
          const held = openTasks(life.state).length + waitingKeys(life.state).length;
          const lies = life.state.returned ? 1 : 0;
          expect(held + lies > 0).toBe(life.state.status === 'running');
        }
      }),
      RUNS,
    );
  });

  it('come to their end when everybody agrees, whatever was sent back before', () => {
    fc.assert(
      fc.property(LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) act(life, commandOf(life, move));
        for (let n = 0; n < 60 && life.state.status === 'running'; n += 1) {
          act(
            life,
            commandOf(
              life,
              life.state.returned ? { kind: 'resubmit', amount: 5 } : { kind: 'approve', nth: 0 },
            ),
          );
          if (openTasks(life.state).length === 0 && !life.state.returned) break;
        }
        // A seat nobody could be found for waits for an administrator; nobody moves it here.
        if (waitingKeys(life.state).length > 0) return;
        expect(life.state.status).toBe('approved');
        expect((life.state.groups ?? []).every(({ outcome }) => outcome !== null)).toBe(true);
        expect(stepsAhead(template, life.state).size).toBe(0);
      }),
      RUNS,
    );
  });

  it('R12: only what lies after the target is closed, and a target is never in a branch beside', () => {
    fc.assert(
      fc.property(LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) {
          const before = life.state;
          const events = act(life, commandOf(life, move));
          const back = events.find((event) => event.type === 'sentBack');
          if (back === undefined) continue;
          const keyOf = (stepId: string | undefined) =>
            before.steps.find((step) => step.stepId === stepId)?.stepKey ?? '';
          const from = keyOf(before.tasks.find(({ taskId }) => taskId === back.taskId)?.stepId);
          const here = placeOf(template, from);
          const target = back.toStepKey === null ? undefined : placeOf(template, back.toStepKey);
          if (here && target) expect(areBeside(here, target)).toBe(false);
          for (const task of openTasks(before)) {
            const place = placeOf(template, keyOf(task.stepId));
            const closed = back.cancelled.includes(task.taskId) || task.taskId === back.taskId;
            const beside = place && target ? areBeside(place, target) : false;
            expect(closed).toBe(!beside);
          }
          // The target is decided again; asked at once unless its people are found in the queue.
          if (back.toStepKey !== null)
            expect(life.state.steps.some((s) => s.stepKey === back.toStepKey && s.round === back.round)).toBe(
              true,
            );
        }
      }),
      RUNS,
    );
  });

  it('R13: BACK_TO_RETURNER asks nobody again who agreed, but the target and who sent it back', () => {
    const back = TEMPLATE.filter(
      ({ onReturn, dedupe }) => onReturn === 'BACK_TO_RETURNER' && dedupe === 'off',
    );
    fc.assert(
      fc.property(
        back,
        fc.array(fc.nat(5), { maxLength: 6 }),
        fc.nat(5),
        fc.nat(9),
        (template, agree, nth, to) => {
          const life = begin(template);
          for (const one of agree) act(life, commandOf(life, { kind: 'approve', nth: one }));
          const agreed = life.state.steps
            .filter(({ outcome }) => outcome === 'approved')
            .map((s) => s.stepKey);
          const events = act(life, commandOf(life, { kind: 'sendBack', nth, to }));
          const sent = events.find((event) => event.type === 'sentBack');
          if (sent === undefined) return;
          for (let n = 0; n < 30 && life.state.status === 'running'; n += 1)
            act(
              life,
              commandOf(
                life,
                life.state.returned ? { kind: 'resubmit', amount: 5 } : { kind: 'approve', nth: 0 },
              ),
            );
          expect(life.state.status).toBe('approved');
          const again = life.state.steps.filter(({ round }) => round === sent.round).map((s) => s.stepKey);
          expect(again.filter((key) => agreed.includes(key) && key !== sent.toStepKey)).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it('R3: a refusal ends the request at once, and closes what is open in the other branches', () => {
    fc.assert(
      fc.property(LIFE, REJECT, ([template, moves], last) => {
        const life = begin(template);
        for (const move of moves) act(life, commandOf(life, move));
        const open = openTasks(life.state);
        if (open.length === 0) return;
        act(life, commandOf(life, last));
        expect(life.state.status).toBe('rejected');
        const now = (id: string) => life.state.tasks.find(({ taskId }) => taskId === id)?.status;
        const ended = open.map(({ taskId }) => now(taskId));
        expect(ended.filter((status) => status === 'rejected').length).toBe(1);
        expect(ended.filter((status) => status === 'not_needed').length).toBe(open.length - 1);
      }),
      RUNS,
    );
  });
});
