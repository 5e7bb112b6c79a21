import { z } from 'zod';
import { Due } from '../approvals/contract.ts';

/** Something that waits for me, of any room. Paths may lead to the PC console. */
const Todo = z.object({
  id: z.string(),
  icon: z.string(),
  hue: z.enum(['blue', 'teal', 'violet']),
  title: z.string(),
  /** Whose request it is; '' where it is nobody's. */
  who: z.string(),
  /** The second line of a row: whose it is, of which unit or room. */
  note: z.string(),
  due: Due,
  path: z.string(),
});
export type Todo = z.infer<typeof Todo>;

const MOST = 50;
/** GET /api/todos: what rooms besides approvals ask me for. */
export const TodosQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,16}\.[0-9a-f]{32}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(20),
});
export type TodosQuery = z.infer<typeof TodosQuery>;

export const TodosAnswer = z.object({
  items: z.array(Todo),
  next: z.string().nullable(),
  /** Of these, all pages. */
  count: z.number(),
  /** With approvals: the number on the workbench. */
  all: z.number(),
  /** False: a room could not be read, and its to-dos are missing here. */
  whole: z.boolean(),
});
export type TodosAnswer = z.infer<typeof TodosAnswer>;

const Entry = z.object({
  id: z.string(),
  title: z.string(),
  icon: z.string(),
  hue: z.enum(['blue', 'teal', 'violet']),
  path: z.string(),
});

/** GET /api/home/entries: everything I may apply for or use; `find` holds what a search looks in. */
export const EntriesAnswer = z.object({
  groups: z.array(z.object({ group: z.string(), items: z.array(Entry.extend({ find: z.string() })) })),
});
export type EntriesAnswer = z.infer<typeof EntriesAnswer>;

/** GET /api/home: what I owe first, then what concerns me, then where I can go. */
export const HomeAnswer = z.object({
  todo: z.object({
    count: z.number(),
    overdue: z.number(),
    dueToday: z.number(),
    items: z.array(Todo).max(3),
  }),
  /** My own requests under way; at most three. */
  mine: z.array(
    z.object({
      id: z.string(),
      icon: z.string(),
      text: z.string(),
      path: z.string(),
    }),
  ),
  /** The first entries by group; `more` are left out here and stand in GET /api/home/entries. */
  entries: z.array(z.object({ group: z.string(), items: z.array(Entry) })),
  more: z.number(),
  /** `others`: to-dos besides approvals. */
  badges: z.object({ approvals: z.number(), others: z.number(), cc: z.number() }),
});
export type HomeAnswer = z.infer<typeof HomeAnswer>;
