/** R3: properties of branches whose group hears everybody before a refusal counts (COLLECT_ALL). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../template/plan.ts';
import type { Template } from '../template/template.ts';
import {
  act,
  begin,
  commandOf,
  HEARD_LIFE,
  HEARING,
  openTasks,
  REJECT,
  RUNS,
} from '../testing/branch-lives.ts';
import { replay } from './evolve.ts';
import { stepsAhead } from './lanes.ts';
import { waitingKeys } from './tally.ts';

/** The branches around a step, by what its template says, outermost first. */
const groupsAround = (template: Template, stepKey: string) =>
  (placeOf(template, stepKey)?.within ?? []).map(({ group: one }) => one.group);
const isRefused = ({ status }: { readonly status: string }): boolean => status === 'rejected';

describe('R3: branches that hear everybody', () => {
  it('replay, and always have somebody to decide until they end', () => {
    fc.assert(
      fc.property(HEARD_LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) {
          act(life, commandOf(life, move));
          const { state } = life;
          expect(replay(life.history)).toEqual(state);
          const held = openTasks(state).length + waitingKeys(state).length;
          expect(held + (state.returned ? 1 : 0) > 0).toBe(state.status === 'running');
          if (state.status !== 'running')
            expect((state.groups ?? []).every((g) => g.outcome !== null)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('a refusal closes what lies in its own branch, and leaves the branches beside it as they were', () => {
    fc.assert(
      fc.property(HEARD_LIFE, REJECT, ([template, moves], last) => {
        const life = begin(template);
        for (const move of moves) act(life, commandOf(life, move));
        const before = life.state;
        const open = openTasks(before);
        const task = open['nth' in last ? last.nth % Math.max(1, open.length) : 0];
        if (task === undefined) return;
        act(life, commandOf(life, last));
        const keyOf = (id: string) => before.steps.find(({ stepId }) => stepId === id)?.stepKey ?? '';
        const mine = placeOf(template, keyOf(task.stepId))?.within ?? [];
        const hears = mine.findLast(({ group: one }) => one.group.refusal === 'COLLECT_ALL');
        if (hears === undefined) expect(life.state.status).toBe('rejected');
        if (life.state.status !== 'running') return;
        for (const other of open.filter((one) => one !== task)) {
          const now = life.state.tasks.find(({ taskId }) => taskId === other.taskId)?.status;
          const within = placeOf(template, keyOf(other.stepId))?.within ?? [];
          const inMine = within.some(({ branch }) => branch === hears?.branch);
          expect(now).toBe(inMine ? 'not_needed' : 'pending');
        }
      }),
      RUNS,
    );
  });

  it('a refusal that holds is never outvoted: after the last word the request is refused, with every reason', () => {
    fc.assert(
      fc.property(HEARING, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (template, words) => {
        const life = begin(template);
        for (let n = 0; n < 40 && openTasks(life.state).length > 0; n += 1)
          act(
            life,
            commandOf(life, { kind: (words[n % words.length] ?? true) ? 'approve' : 'reject', nth: n }),
          );
        if (waitingKeys(life.state).length > 0) return;
        const refused = life.state.tasks.filter(isRefused);
        expect(life.state.status).toBe(refused.length > 0 ? 'rejected' : 'approved');
        if (refused.length > 1)
          for (const { person } of refused) expect(life.state.finishedComment).toContain(`${person.name}：`);
        expect(stepsAhead(template, life.state).size === 0 || refused.length > 0).toBe(true);
      }),
      RUNS,
    );
  });

  it('nobody after the join is asked, or foretold, once a branch was refused', () => {
    fc.assert(
      fc.property(HEARD_LIFE, ([template, moves]) => {
        const life = begin(template);
        for (const move of moves) {
          act(life, commandOf(life, move));
          for (const { groupKey, outcome, branches } of life.state.groups ?? []) {
            if (outcome !== null || !branches.some(({ refused }) => refused)) continue;
            const ahead = [...stepsAhead(template, life.state)];
            expect(ahead.filter((key) => groupsAround(template, key).length === 0)).toEqual([]);
            const inGroup = (key: string) => groupsAround(template, key).some((one) => one.key === groupKey);
            const open = life.state.steps
              .filter((step) => step.outcome === null)
              .map(({ stepKey }) => stepKey);
            expect(open.every((key) => inGroup(key) || groupsAround(template, key).length > 0)).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });
});
