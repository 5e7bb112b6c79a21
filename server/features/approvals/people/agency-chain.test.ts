import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agencyChain, beforeAgency, principalOf } from './agency-chain.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { TaskState } from '../model/tasks.ts';

const person = (personId: string): PersonSnapshot => ({ personId, name: personId }) as PersonSnapshot;
/** `a`: a themselves; `b for a`: b acts for a. */
function task(taskId: string, holder: string, fromTaskId: string | null): TaskState {
  const [who = '', principal] = holder.split(' for ');
  const behalf = principal === undefined ? {} : { onBehalfOf: person(principal) };
  return { taskId, person: person(who), ...behalf, fromTaskId } as TaskState;
}
const chainOf = (tasks: readonly TaskState[], taskId: string) =>
  agencyChain({ tasks: [...tasks] }, taskId).map((one) => one.taskId);

const TASKS = [
  task('1', 'a', null),
  task('2', 'b for a', '1'),
  task('3', 'c for a', '2'),
  task('4', 'a', '3'),
  task('5', 'd', '4'),
  task('6', 'e for d', '5'),
  task('7', 'x', null),
];

it.each([
  ['1', ['1', '2', '3', '4']],
  ['3', ['1', '2', '3', '4']],
  ['4', ['1', '2', '3', '4']],
  // Handed on: another is responsible.
  ['5', ['5', '6']],
  ['7', ['7']],
  ['nothing', []],
])('R36: what one principal answers for goes on: %s is of %j', (taskId, chain) => {
  expect(chainOf(TASKS, taskId)).toEqual(chain);
});

const holders = fc.constantFrom('a', 'b', 'b for a', 'c for a', 'a for b', 'c for b');

it('R36: every task is of exactly one chain, of one principal, and each of it leads to the same', () => {
  fc.assert(
    fc.property(fc.array(holders, { minLength: 1, maxLength: 12 }), fc.integer(), (line, seed) => {
      // Some begin anew on another seat.
      const tasks = line.map((holder, n) =>
        task(String(n), holder, n === 0 || (seed + n) % 5 === 0 ? null : String(n - 1)),
      );
      for (const one of tasks) {
        const chain = agencyChain({ tasks }, one.taskId);
        expect(chain).toContain(one);
        expect(new Set(chain.map(principalOf)).size).toBe(1);
        for (const other of chain)
          expect(chainOf(tasks, other.taskId)).toEqual(chain.map(({ taskId }) => taskId));
      }
      const firsts = tasks.filter((one) => beforeAgency({ tasks }, one) === null);
      expect(firsts.flatMap(({ taskId }) => chainOf(tasks, taskId)).toSorted()).toEqual(
        tasks.map(({ taskId }) => taskId).toSorted(),
      );
    }),
  );
});
