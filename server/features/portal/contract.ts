import { z } from 'zod';
import { ItemsAnswer } from '../approvals/contract.ts';

const Item = ItemsAnswer.shape.items.element;

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
    items: z.array(Item).max(3),
  }),
  /** What I owe besides approvals, then my own requests; at most three. Paths may lead to the PC console. */
  mine: z.array(
    z.object({
      id: z.string(),
      icon: z.string(),
      text: z.string(),
      path: z.string(),
      tone: z.enum(['normal', 'amber', 'red']),
    }),
  ),
  /** The first entries by group; `more` are left out here and stand in GET /api/home/entries. */
  entries: z.array(z.object({ group: z.string(), items: z.array(Entry) })),
  more: z.number(),
  badges: z.object({ todo: z.number(), cc: z.number() }),
});
export type HomeAnswer = z.infer<typeof HomeAnswer>;
