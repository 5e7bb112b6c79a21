import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKit } from '../test-kit.ts';
import type { Kit } from '../test-kit.ts';

/** The index answers what a walk through everybody would answer, whatever happened before. */

let kit: Kit;
beforeAll(async () => {
  kit = await openKit({ rateLimits: false });
});
afterAll(async () => await kit.close());

const users = ['u0', 'u1', 'u2', 'u3'];
const user = fc.constantFrom(...users);
const department = fc.integer({ min: 1, max: 5 });
const mobile = fc.integer({ min: 0, max: 3 }).map((at) => `1390000000${at}`);
const act = fc.oneof(
  fc.record({
    api: fc.constant('user/create'),
    body: fc.record({ userid: user, name: fc.constant('人'), mobile, department: fc.tuple(department) }),
  }),
  fc.record({
    api: fc.constant('user/update'),
    body: fc.record(
      { userid: user, mobile, department: fc.tuple(department), direct_leader: fc.tuple(user) },
      { requiredKeys: ['userid'] },
    ),
  }),
  fc.record({ api: fc.constant('user/delete'), query: fc.record({ userid: user }) }),
  fc.record({
    api: fc.constant('department/create'),
    body: fc.record({ id: department, name: department.map((id) => `处${id}`), parentid: department }),
  }),
  fc.record({
    api: fc.constant('department/update'),
    body: fc.record({ id: department, parentid: department }),
  }),
  fc.record({ api: fc.constant('department/delete'), query: fc.record({ id: department.map(String) }) }),
);

describe('the directory index', () => {
  it('agrees with the members and departments there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        kit.control.reset({ scope: 'all' });
        for (const one of acts) kit.control.adminCall(one);
        const { members, departments } = kit.control.state();
        const details = members.map(({ userid }) => kit.control.member(userid));
        const mobiles = details.map((member) => member.mobile);
        expect(new Set(mobiles).size).toBe(mobiles.length);
        for (const { id, memberCount, parentId } of departments) {
          expect(memberCount).toBe(members.filter((member) => member.departments.includes(id)).length);
          expect(id === 1 || departments.some((other) => other.id === parentId)).toBe(true);
        }
        for (const { directLeader, userid, mobile: number } of details) {
          for (const leader of directLeader)
            expect(members.some((member) => member.userid === leader)).toBe(true);
          const found = kit.control.adminCall({ api: 'user/getuserid', body: { mobile: number } });
          expect(found['userid']).toBe(userid);
        }
        const held = members.flatMap((member) => member.departments);
        for (const id of held) expect(departments.some((other) => other.id === id)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
