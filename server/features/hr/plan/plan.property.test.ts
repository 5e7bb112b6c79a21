import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESTRUCTIVE, type Known, type Snapshot, type Verdict } from '../model.ts';
import { guard } from './guard.ts';
import { harmlessPart } from './harmless.ts';
import { applyToModel } from './testing/apply-to-model.ts';
import { decisions, known, snapshot } from './testing/arbitrary-worlds.ts';
import { keysOf, plan, TODAY } from './testing/builders.ts';
import type { Decisions } from './types.ts';

const world = fc.tuple(snapshot, known, decisions);
const RUNS = { numRuns: Number(process.env.RUNS ?? 400) };

const holds = (name: string, check: (snapshot: Snapshot, known: Known, decisions: Decisions) => void): void =>
  it(name, () =>
    fc.assert(
      fc.property(world, (one) => check(...one)),
      RUNS,
    ),
  );

describe('any plan', () => {
  holds(
    'A3 C1 C3 C4 C5 C6 C16 every change can be done at its place, and then the second plan is empty',
    (said, stored, words) => {
      const first = plan(said, stored, { decisions: words });
      const after = applyToModel(stored, first, TODAY);
      const second = plan(said, after.known, { decisions: words, pending: after.pending });
      // Whom the first plan could not be sure of it left alone; what it did elsewhere may have settled the doubt.
      const unsure = new Set(first.doubts.map(({ target }) => `${target.type}:${target.ref}`));
      const sure = keysOf(second).filter((key) => !unsure.has(key.split(':', 2).join(':')));
      expect(sure).toEqual([]);
      expect(second.withdrawn).toEqual([]);
    },
  );

  holds(
    'A1 an incomplete source takes nothing from anybody and asks about nobody missing',
    (said, stored, words) => {
      const made = plan({ ...said, complete: false }, stored, { decisions: words });
      expect(made.changes.filter(({ kind }) => DESTRUCTIVE.includes(kind))).toEqual([]);
      expect(made.doubts.filter(({ kind }) => kind === 'maybeLeft')).toEqual([]);
    },
  );

  holds('D1 no key twice, counts add up, every need is in the plan', (said, stored, words) => {
    const { changes, counts } = plan(said, stored, { decisions: words });
    const keys = new Set(changes.map(({ key }) => key));
    expect(keys.size).toBe(changes.length);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(changes.length);
    for (const { needs } of changes) for (const need of needs) expect(keys).toContain(need);
  });

  holds('D1 the hash does not depend on the order of rows, nor does the plan', (said, stored, words) => {
    const turned = { ...said, people: said.people.toReversed(), units: said.units.toReversed() };
    const [one, other] = [
      plan(said, stored, { decisions: words }),
      plan(turned, stored, { decisions: words }),
    ];
    expect(other).toEqual(one);
  });

  holds(
    'D3 the harmless part can be done by itself and takes nothing from anybody',
    (said, stored, words) => {
      const made = plan(said, stored, { decisions: words });
      const changes = harmlessPart(made.changes);
      expect(changes.some(({ kind }) => DESTRUCTIVE.includes(kind))).toBe(false);
      applyToModel(stored, { changes, withdrawn: made.withdrawn }, TODAY);
    },
  );

  holds('C10 nobody who is known is created again', (said, stored, words) => {
    const made = plan(said, stored, { decisions: words });
    const after = applyToModel(stored, made, TODAY).known.people;
    for (const { personId } of stored.people)
      expect(after.some((one) => one.personId === personId)).toBe(true);
    const prints = after.flatMap(({ idNumber }) => (idNumber ? [idNumber.print] : []));
    expect(new Set(prints).size).toBe(prints.length);
  });

  holds('B4 A4 people in a conflict or unreadable are left as they are', (said, stored, words) => {
    const made = plan(said, stored, { decisions: words });
    const untouched = new Set([
      ...said.refusedStaffNos,
      ...made.doubts
        .filter(({ kind }) => kind === 'mobileTaken' || kind === 'maybeLeft')
        .map(({ target }) => target.ref),
    ]);
    const touched = made.changes.filter(
      ({ target, stage }) => target.type === 'person' && stage !== 'leaders' && untouched.has(target.ref),
    );
    // Only of somebody who is not active any more may a mobile be freed.
    expect(touched.filter(({ set }) => !('mobile' in set && set['mobile'] === null))).toEqual([]);
  });

  holds('C7 concurrent posts are never paired by position', (said, stored, words) => {
    const turned = {
      ...said,
      people: said.people.map((row) => {
        const [main = '', ...rest] = row.unitCodes;
        return { ...row, unitCodes: [main, ...rest.reverse()] };
      }),
    };
    const [one, other] = [
      plan(said, stored, { decisions: words }),
      plan(turned, stored, { decisions: words }),
    ];
    const posts = (made: typeof one) =>
      made.changes
        .filter(({ kind }) => kind !== 'hire' && kind !== 'rehire')
        .map(({ key, set }) => ({ key, set }));
    expect(posts(other)).toEqual(posts(one));
  });
});

const SEVERITY: readonly Verdict[] = ['free', 'needsConfirmation', 'overLimit', 'suspicious'];

describe('the guard', () => {
  holds('D2 one more leaver never makes the verdict milder', (said, stored, words) => {
    const made = plan(said, stored, { decisions: words });
    const input = { known: stored, lastGood: null, doneToday: [], firstRun: false, bringers: [] };
    const verdict = guard(made, input).verdict;
    for (const change of made.changes.filter(
      ({ kind }) => DESTRUCTIVE.includes(kind) && kind !== 'unitDissolve',
    )) {
      const fewer = { ...made, changes: made.changes.filter((one) => one !== change) };
      expect(SEVERITY.indexOf(guard(fewer, input).verdict)).toBeLessThanOrEqual(SEVERITY.indexOf(verdict));
    }
  });
});
