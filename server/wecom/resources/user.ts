import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { byteLength } from '../cut.ts';
import { FixData, refuseInput } from '../errors.ts';
import {
  bytes,
  chars,
  checked,
  flag,
  idText,
  listOf,
  nodeId,
  nothing,
  sortValue,
  userid,
} from '../fields.ts';
import { memberAnswer } from './member.ts';
import type { MemberAnswer } from './member.ts';

/** 成员管理 (pages 90195–90201, 96067, 95402). Writing needs the contacts secret, reading details the app's. */
const writable = {
  name: chars(1, 64).optional(),
  alias: chars(0, 64).optional(),
  /** Unique in the corp; other regions than the mainland with country code. Error 60103. */
  mobile: z
    .string()
    .regex(/^[+\d -]{0,32}$/, 'digits, + and -, at most 32')
    .optional(),
  department: z.array(nodeId).max(100).optional(),
  order: z.array(sortValue).max(100).optional(),
  position: chars(0, 128).optional(),
  gender: z.enum(['1', '2']).optional(),
  email: z.union([z.literal(''), bytes(6, 64)]).optional(),
  biz_mail: bytes(6, 63).optional(),
  telephone: z
    .string()
    .regex(/^[\d+,-]{0,32}$/, 'digits, +, - and comma, at most 32')
    .optional(),
  is_leader_in_dept: z.array(flag).max(100).optional(),
  direct_leader: z.array(userid).max(1).optional(),
  avatar_mediaid: z.string().optional(),
  /** 0 locks the account, 1 unlocks it (C13). */
  enable: flag.optional(),
  extattr: z.record(z.string(), z.unknown()).optional(),
  external_profile: z.record(z.string(), z.unknown()).optional(),
  external_position: chars(0, 12).optional(),
  address: chars(0, 128).optional(),
  main_department: nodeId.optional(),
};

const createShape = z.strictObject({
  ...writable,
  userid,
  name: chars(1, 64),
  to_invite: z.boolean().optional(),
});
const updateShape = z.strictObject({
  ...writable,
  userid,
  /** Once, and only if 企业微信 made the userid itself (301036). */
  new_userid: userid.optional(),
  biz_mail_alias: z.object({ item: z.array(bytes(6, 63)).max(5) }).optional(),
});

/** In 企业微信's own spelling, so that what is wanted and what is read compare field by field. */
export type MemberCreate = z.input<typeof createShape>;
/** Absent fields stay as they are (C9). `mobile` of an activated member is ignored in silence. */
export type MemberUpdate = z.input<typeof updateShape>;

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

export type UserResource = ReturnType<typeof userResource>;

export function userResource({ call, limits }: Caller) {
  async function write(api: string, body: MemberCreate | MemberUpdate) {
    refuseUnpairedLists(api, body);
    return call({ api, by: 'contacts', body }, createdShape);
  }

  return {
    /** Departments first, serially. `createdDepartments` is not empty when an id was unknown: a fault of the plan (A4). */
    async create(member: MemberCreate): Promise<{ createdDepartments: { name: string; id: number }[] }> {
      const api = 'user/create';
      const body = checked(api, createShape, member);
      if (!body.mobile && !body.email)
        throw refuseInput(api, 'mobile', 'mobile and email both empty (60129)');
      const answer = await write(api, body);
      const made = answer.created_department_list?.department_info ?? [];
      return { createdDepartments: made.map(({ name, id }) => ({ name, id })) };
    },

    async update(member: MemberUpdate): Promise<void> {
      const api = 'user/update';
      const body = checked(api, updateShape, member);
      if (body.order && !body.department)
        throw refuseInput(api, 'order', 'only valid together with department');
      await write(api, body);
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

    /** At most 200; one invalid userid fails the whole call (D8). */
    batchDelete: async (ids: readonly string[]): Promise<void> => {
      const api = 'user/batchdelete';
      const useridlist = checked(api, z.array(userid).min(1).max(200), ids, 'userids');
      return call({ api, by: 'contacts', body: { useridlist } }, nothing);
    },

    /** Members directly in one department; sub-departments are walked by the caller. */
    simpleList: async (departmentId: number) => {
      const spec = { api: 'user/simplelist', by: 'agent', query: { department_id: departmentId } } as const;
      return (await call({ ...spec, isRead: true }, simpleShape)).userlist;
    },

    list: async (departmentId: number): Promise<MemberAnswer[]> => {
      const spec = { api: 'user/list', by: 'agent', query: { department_id: departmentId } } as const;
      return (await call({ ...spec, isRead: true }, listShape)).userlist;
    },

    /** One page of (member, department) pairs of the whole corp; `nextCursor` is '' at the end. */
    listIds: async (page: { cursor?: string; limit?: number } = {}) => {
      const api = 'user/list_id';
      const limit = checked(api, z.int().min(1).max(10_000), page.limit ?? 10_000, 'limit');
      const body = { cursor: page.cursor ?? '', limit };
      const answer = await call({ api, by: 'contacts', body, isRead: true }, idsShape);
      return { nextCursor: answer.next_cursor, rows: answer.dept_user };
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
