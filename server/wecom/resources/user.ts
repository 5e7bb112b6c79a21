import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { byteLength } from '../cut.ts';
import { BadAnswer, FixData, refuseInput, WeComError } from '../errors.ts';
import { checked, idText, listOf, nothing, userid } from '../fields.ts';
import { isolating } from '../isolating.ts';
import type { Isolated } from '../isolating.ts';
import { useridKey } from '../userid.ts';
import { memberAnswer } from './member.ts';
import type { MemberAnswer } from './member.ts';
import { createShape, updateShape } from './user-shapes.ts';
import type { MemberCreate, MemberUpdate } from './user-shapes.ts';

const simpleShape = z.looseObject({
  userlist: listOf(z.looseObject({ userid: z.string(), name: z.string(), department: listOf(z.number()) })),
});
const listShape = z.looseObject({ userlist: listOf(memberAnswer) });
const idsShape = z.looseObject({
  next_cursor: z
    .string()
    .nullish()
    .transform((cursor) => cursor ?? ''),
  dept_user: listOf(z.looseObject({ userid: z.string(), department: z.number() })),
});
const createdShape = z.looseObject({
  created_department_list: z
    .looseObject({ department_info: listOf(z.looseObject({ name: z.string(), id: z.number() })) })
    .nullish(),
});

const BATCH_DELETE = 200;

export type UserResource = ReturnType<typeof userResource>;

export function userResource({ call, limits }: Caller) {
  /** An account that was refused was not created: its share of the month's budget goes back. */
  async function create(body: MemberCreate) {
    const demands = limits.demands.accounts(1);
    try {
      return await call({ api: 'user/create', by: 'contacts', body, demands }, createdShape);
    } catch (error) {
      if (error instanceof WeComError && error.reason === 'errcode') limits.giveBack(demands);
      throw error;
    }
  }

  /** At most 200; one invalid userid fails the whole call (D8). */
  async function batchDelete(ids: readonly string[]): Promise<void> {
    const api = 'user/batchdelete';
    const useridlist = checked(api, z.array(userid).min(1).max(BATCH_DELETE), ids, 'userids');
    return call({ api, by: 'contacts', body: { useridlist } }, nothing);
  }

  /** One page of (member, department) pairs of the whole corp; `nextCursor` is '' at the end. */
  async function listIds(page: { cursor?: string; limit?: number } = {}) {
    const api = 'user/list_id';
    const limit = checked(api, z.int().min(1).max(10_000), page.limit ?? 10_000, 'limit');
    const body = { cursor: page.cursor ?? '', limit };
    const answer = await call({ api, by: 'contacts', body, isRead: true }, idsShape);
    return { nextCursor: answer.next_cursor, rows: answer.dept_user };
  }

  return {
    /** Departments first, serially. `createdDepartments` is not empty when an id was unknown: a fault of the plan (A4). */
    async create(member: MemberCreate): Promise<{ createdDepartments: { name: string; id: number }[] }> {
      const api = 'user/create';
      const body = checked(api, createShape, member);
      if (!body.mobile && !body.email)
        throw refuseInput(api, 'mobile', 'mobile and email both empty (60129)');
      refuseUnpairedLists(api, body);
      const answer = await create(body);
      const made = answer.created_department_list?.department_info ?? [];
      return { createdDepartments: made.map(({ name, id }) => ({ name, id })) };
    },

    async update(member: MemberUpdate): Promise<void> {
      const api = 'user/update';
      const body = checked(api, updateShape, member);
      if (body.order && !body.department)
        throw refuseInput(api, 'order', 'only valid together with department');
      refuseUnpairedLists(api, body);
      await call({ api, by: 'contacts', body, isIdempotent: true }, nothing);
    },

    /** Fields depend on the app's age and rights (0.4); absent means not obtainable, not empty. */
    get: async (id: string): Promise<MemberAnswer> => {
      const api = 'user/get';
      const query = { userid: checked(api, userid, id, 'userid') };
      return call({ api, by: 'agent', query, isRead: true }, memberAnswer);
    },

    delete: async (id: string): Promise<void> => {
      const api = 'user/delete';
      return call({ api, by: 'contacts', query: { userid: checked(api, userid, id, 'userid') } }, nothing);
    },

    batchDelete,

    /**
     * D8: any number, in calls of 200; where one id spoils a call, it is found by halving. Who is refused alone is
     * told with the error: 301005 the creator, 40031 or 60111 already gone. What was not tried is in `left`.
     */
    deleteMany: (ids: readonly string[]): Promise<Isolated<string>> =>
      isolating([...new Map(ids.map((id) => [useridKey(id), id])).values()], BATCH_DELETE, batchDelete),

    /** Members directly in one department; sub-departments are walked by the caller. */
    simpleList: async (departmentId: number) => {
      const spec = { api: 'user/simplelist', by: 'agent', query: { department_id: departmentId } } as const;
      return (await call({ ...spec, isRead: true }, simpleShape)).userlist;
    },

    list: async (departmentId: number): Promise<MemberAnswer[]> => {
      const spec = { api: 'user/list', by: 'agent', query: { department_id: departmentId } } as const;
      return (await call({ ...spec, isRead: true }, listShape)).userlist;
    },

    listIds,

    /** The whole corp, page by page, each row once; ends in BadAnswer when the cursor does not move. */
    async *eachId(): AsyncGenerator<{ userid: string; department: number }> {
      const seen = new Set(['']);
      for (let cursor = ''; ;) {
        const { rows, nextCursor } = await listIds({ cursor });
        yield* rows;
        if (nextCursor === '') return;
        if (seen.has(nextCursor))
          throw new BadAnswer({ api: 'user/list_id', reason: 'bad_answer', stem: 'cursor' });
        seen.add(nextCursor);
        cursor = nextCursor;
      }
    },

    /**
     * B6: not for probing. Wrong numbers beyond 20 % of the seats close this API for a day, so misses have a daily
     * budget of half of that, and only misses spend it. An unknown number (46004) answers undefined.
     */
    getUserid: async (mobile: string): Promise<string | undefined> => {
      const api = 'user/getuserid';
      if (byteLength(mobile) < 5 || byteLength(mobile) > 32 || !/^[+\d -]+$/.test(mobile)) {
        throw refuseInput(api, 'mobile', 'digits, + and -, 5–32');
      }
      const demands = limits.demands.getuseridMiss();
      try {
        const found = await call(
          { api, by: 'agent', body: { mobile }, demands },
          z.looseObject({ userid: idText }),
        );
        limits.giveBack(demands);
        return found.userid;
      } catch (error) {
        if (error instanceof FixData && error.errcode === 46004) return undefined;
        throw error;
      }
    },
  };
}

/** C7: these three run side by side; a list of another length would pair ranks with the wrong departments. */
function refuseUnpairedLists(api: string, member: MemberCreate | MemberUpdate): void {
  const departments = member.department;
  for (const field of ['order', 'is_leader_in_dept'] as const) {
    const list = member[field];
    if (list && departments && list.length !== departments.length) {
      throw refuseInput(api, field, 'not as long as department');
    }
  }
  if (departments && member.main_department && !departments.includes(member.main_department)) {
    throw refuseInput(api, 'main_department', 'not one of department');
  }
}
