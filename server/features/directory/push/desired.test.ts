import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrg } from '../org.ts';
import { aPerson, aPost, aUnit, rowsOf } from '../testing/org-rows.ts';
import { desiredMember, orderValue } from './desired.ts';
import { memberCall, type Pass } from './difference.ts';

const TODAY = '2026-11-23';
const contact = { mobile: '19900000731', email: null };
const hide = (value: string) => `#${value.length}`;

const posts = fc
  .uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 })
  .chain((units) =>
    fc.tuple(
      ...units.map((unit, at) =>
        fc
          .record({ isHead: fc.boolean(), place: fc.option(fc.integer({ min: 1, max: 5000 })) })
          .map((more) => aPost('p', `u${unit}`, { kind: at === 0 ? 'main' : 'concurrent', ...more })),
      ),
    ),
  );
const units = [
  aUnit('root', null),
  ...Array.from({ length: 10 }, (_, i) => aUnit(`u${i}`, 'root', { departmentId: 100 + i })),
];
const memberOf = (assignments: ReturnType<typeof aPost>[]) =>
  desiredMember(createOrg(rowsOf({ units, people: [aPerson('p')], assignments }), TODAY), 'p', contact);

describe('desired member', () => {
  it('C7 the three arrays go together and the main department is the first, however rows are ordered', () => {
    fc.assert(
      fc.property(posts, (held) => {
        const member = memberOf([...held].reverse());
        const main = held.find((post) => post.kind === 'main');
        expect(member?.department[0]).toBe(units.find((u) => u.unitId === main?.unitId)?.departmentId);
        expect(member?.main_department).toBe(member?.department[0]);
        expect(member?.is_leader_in_dept).toHaveLength(held.length);
        expect(member?.order).toHaveLength(held.length);
        member?.department.forEach((id, at) => {
          const post = held.find((one) => one.unitId === `u${id - 100}`);
          expect(member.is_leader_in_dept[at]).toBe(post?.isHead ? 1 : 0);
          expect(member.order[at]).toBe(orderValue(post?.place ?? null));
        });
      }),
    );
  });

  it('C8 rank 1 is shown before rank 2, with room between, inside the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (place) => {
        expect(orderValue(place) - orderValue(place + 1)).toBeGreaterThan(100);
        expect(orderValue(place)).toBeLessThan(2 ** 32);
        expect(orderValue(place)).toBeGreaterThan(orderValue(null));
      }),
    );
    expect(orderValue(999_999)).toBe(1);
  });

  it('the passes one after another leave nothing to do, and so does the whole at once', () => {
    fc.assert(
      fc.property(posts, posts, (before, after) => {
        for (const passes of [['people', 'leaders', 'order'], ['whole']] satisfies Pass[][]) {
          let written: Readonly<Record<string, unknown>> | null = null;
          for (const held of [before, after]) {
            const desired = memberOf(held);
            if (!desired) throw new Error('no member');
            for (const pass of passes) written = memberCall(desired, written, pass, hide)?.written ?? written;
            for (const pass of ['people', 'leaders', 'order', 'whole'] as const) {
              expect(memberCall(desired, written, pass, hide)).toBeNull();
            }
          }
        }
      }),
    );
  });

  it('C7 every call that sends one of the arrays sends the departments with it', () => {
    fc.assert(
      fc.property(
        posts,
        posts,
        fc.constantFrom('people', 'leaders', 'order', 'whole'),
        (before, after, pass) => {
          const [was, is] = [memberOf(before), memberOf(after)];
          if (!was || !is) throw new Error('no member');
          const written = memberCall(was, null, 'whole', hide)?.written ?? null;
          const body = memberCall(is, written, pass, hide)?.body;
          const lists = [body?.order, body?.is_leader_in_dept].filter((list) => list !== undefined);
          for (const list of lists)
            expect(list).toHaveLength((body?.department as unknown[] | undefined)?.length ?? -1);
        },
      ),
    );
  });

  it('nobody without a post becomes a member', () => {
    expect(memberOf([])).toBeNull();
  });
});
