/** The four boxes: to do, done, mine, copied to me. */
import { z } from 'zod';
import { Due, Hue } from './brief.ts';

export const Box = z.enum(['todo', 'done', 'mine', 'cc']);
export type Box = z.infer<typeof Box>;

export const TaskItem = z.object({
  /** Row id, unique within a box. */
  id: z.string(),
  instanceId: z.string(),
  taskId: z.string().nullable(),
  templateKey: z.string(),
  icon: z.string(),
  hue: Hue,
  title: z.string(),
  who: z.string(),
  unitName: z.string(),
  note: z.string(),
  due: Due,
  state: z.object({ code: z.string(), words: z.string() }),
  at: z.number(),
  unread: z.boolean().optional(),
});
export type TaskItem = z.infer<typeof TaskItem>;

export const ItemsQuery = z.strictObject({
  box: Box.default('todo'),
  q: z.string().trim().max(50).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  /** Only what is over, of these templates (by commas): what a form may link to. */
  finished: z.literal('true').optional(),
  templates: z.string().max(900).optional(),
});
export type ItemsQuery = z.infer<typeof ItemsQuery>;

export const ItemsAnswer = z.object({
  items: z.array(TaskItem.extend({ bucket: z.enum(['overdue', 'today', 'later']).nullable() })),
  next: z.string().nullable(),
  counts: z.object({
    todo: z.number(),
    overdue: z.number(),
    today: z.number(),
    later: z.number(),
    cc: z.number(),
  }),
});
export type ItemsAnswer = z.infer<typeof ItemsAnswer>;
