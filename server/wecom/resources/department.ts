import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { SecretKind } from '../capabilities.ts';
import { chars, checked, listOf, nodeId, nothing, sortValue } from '../fields.ts';

/** 部门管理 (pages 90205–90208, 95350, 95351). The root is 1; at most 15 levels and 30,000 nodes below one. */
const FORBIDDEN = /[\\:*?"<>｜|\n\r\t]/;
const departmentName = chars(1, 64).refine((name) => !FORBIDDEN.test(name), 'has one of \\ : * ? " < > ｜');

const createShape = z.strictObject({
  name: departmentName,
  name_en: departmentName.optional(),
  parentid: nodeId,
  order: sortValue.optional(),
  /** Greater than 1; 企业微信 numbers it when absent. */
  id: nodeId.min(2).optional(),
});
const updateShape = createShape.partial().extend({ id: nodeId });

export type DepartmentCreate = z.input<typeof createShape>;
/** Absent fields stay as they are. */
export type DepartmentUpdate = z.input<typeof updateShape>;

const departmentAnswer = z.looseObject({
  id: z.number(),
  name: z.string(),
  name_en: z.string().nullish(),
  department_leader: listOf(z.string()),
  /** May point to a department outside the app's scope, which is not in the list. */
  parentid: z.number(),
  order: z.number().nullish(),
});
export type DepartmentAnswer = z.output<typeof departmentAnswer>;

const listShape = z.looseObject({ department: listOf(departmentAnswer) });
const getShape = z.looseObject({ department: departmentAnswer });
const simpleShape = z.looseObject({
  department_id: listOf(z.looseObject({ id: z.number(), parentid: z.number(), order: z.number().nullish() })),
});

export type DepartmentResource = ReturnType<typeof departmentResource>;

/** `directory` is the secret that sees most: contacts when configured. */
export function departmentResource({ call }: Caller, directory: SecretKind) {
  return {
    create: async (department: DepartmentCreate): Promise<number> => {
      const api = 'department/create';
      const body = checked(api, createShape, department);
      return (await call({ api, by: 'contacts', body }, z.looseObject({ id: z.number() }))).id;
    },

    update: async (department: DepartmentUpdate): Promise<void> => {
      const api = 'department/update';
      const body = checked(api, updateShape, department);
      return call({ api, by: 'contacts', body, isIdempotent: true }, nothing);
    },

    /** Refused with 60005 or 60006 while it has members or sub-departments, 60007 for the root. */
    delete: async (id: number): Promise<void> => {
      const api = 'department/delete';
      return call({ api, by: 'contacts', query: { id: checked(api, nodeId, id, 'id') } }, nothing);
    },

    /** With everything below `id`, or all in the app's scope. Slow; simpleList and get are advised instead. */
    list: async (id?: number): Promise<DepartmentAnswer[]> =>
      (await call({ api: 'department/list', by: 'agent', query: { id }, isRead: true }, listShape))
        .department,

    /** Ids, parents and order: the whole tree with the contacts secret, the scope with the app's. */
    simpleList: async (options: { id?: number; by?: SecretKind } = {}) => {
      const spec = { api: 'department/simplelist', by: options.by ?? directory, query: { id: options.id } };
      return (await call({ ...spec, isRead: true }, simpleShape)).department_id;
    },

    get: async (id: number): Promise<DepartmentAnswer> =>
      (await call({ api: 'department/get', by: 'agent', query: { id }, isRead: true }, getShape)).department,
  };
}
