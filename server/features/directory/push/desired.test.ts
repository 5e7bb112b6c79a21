import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desiredMember, orderValue, type MemberFacts, type MemberPost } from './desired.ts';
import { freeingCall, leaverCall, managerCall, memberCall, type Pass } from './difference.ts';

const aPost = (unit: number, more: Partial<MemberPost> = {}): MemberPost => ({
  assignmentId: `p@u${unit}`,
  unitId: `u${unit}`,
  departmentId: 100 + unit,
  kind: 'main',
  title: '教师',
  isHead: false,
  place: null,
  sinceOn: '2020-09-01',
  ...more,
});
const facts = (held: readonly MemberPost[], more: Partial<MemberFacts> = {}): MemberFacts => ({
  personId: 'p',
  userid: 'p',
  name: '张雨桐',
  state: 'active',
  mobile: '19900000731',
  email: null,
  sortOrder: null,
  posts: held,
  ...more,
});
const hide = (value: string) => `#${value.length}`;

const posts = fc
  .uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 })
  .chain((units) =>
    fc.tuple(
      ...units.map((unit, at) =>
        fc
          .record({ isHead: fc.boolean(), place: fc.option(fc.integer({ min: 1, max: 5000 })) })
          .map((more) => aPost(unit, { kind: at === 0 ? 'main' : 'concurrent', ...more })),
      ),
    ),
  );
const memberOf = (held: readonly MemberPost[]) => desiredMember(facts(held));

describe('desired member', () => {
  it('C7 the three arrays go together and the main department is the first, however rows are ordered', () => {
    fc.assert(
      fc.property(posts, (held) => {
        const member = memberOf([...held].reverse());
        const main = held.find((post) => post.kind === 'main');
        expect(member?.department[0]).toBe(main?.departmentId);
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
      fc.property(fc.integer({ min: 1, max: 3_999_998 }), (place) => {
        expect(orderValue(place) - orderValue(place + 1)).toBeGreaterThan(100);
        expect(orderValue(place)).toBeLessThan(2 ** 32);
        expect(orderValue(place)).toBeGreaterThan(orderValue(null));
      }),
    );
    expect(orderValue(9_999_999)).toBe(1);
    expect(orderValue(-9_999_999)).toBe(2 ** 32 - 1);
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

  it('nobody without a post becomes a member, and nobody who left', () => {
    expect(memberOf([])).toBeNull();
    expect(desiredMember(facts([aPost(1)], { state: 'left' }))).toBeNull();
  });
});

describe('direct superior and leaving', () => {
  const member = desiredMember(facts([aPost(1, { isHead: true })], { email: 'p@haizhou.example' }));
  const written = (member && memberCall(member, null, 'whole', hide)?.written) ?? null;

  it('C15 the direct superior is one call of its own, at most one name, and none when nothing changed', () => {
    const boss = { personId: 'b', userid: 'Boss' };
    const call = managerCall(boss, written);
    expect(call?.body).toEqual({ userid: 'p', direct_leader: ['Boss'] });
    expect(managerCall({ ...boss, userid: 'renamed' }, call?.written ?? null)).toBeNull();
    expect(managerCall({ personId: null, userid: '' }, written)).toBeNull();
    expect(managerCall({ personId: null, userid: '' }, call?.written ?? null)?.body).toEqual({
      userid: 'p',
      direct_leader: [],
    });
    expect(managerCall(boss, null)).toBeNull();
  });

  it('B4 who left is disabled, head of nothing and without mobile, in one call, and then left alone', () => {
    const call = leaverCall(written);
    expect(call?.body).toEqual({
      userid: 'p',
      enable: 0,
      mobile: '',
      department: [101],
      is_leader_in_dept: [0],
    });
    expect(leaverCall(call?.written ?? null)).toBeNull();
    expect(leaverCall(null)).toBeNull();
  });

  it('B4 60129 without e-mail the mobile stays until somebody else has it, then an address that leads nowhere does', () => {
    const alone = { ...written, email: '', is_leader_in_dept: [0] };
    const call = leaverCall(alone);
    expect(call?.body).toEqual({ userid: 'p', enable: 0 });
    expect(freeingCall(call?.written ?? null, hide)?.body).toEqual({
      userid: 'p',
      mobile: '',
      email: 'p@left.invalid',
    });
    expect(freeingCall(written, hide)?.body).toEqual({ userid: 'p', mobile: '' });
  });
});
