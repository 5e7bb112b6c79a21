/** People, files and deadlines, as every page names them. */
import { z } from 'zod';

export const PersonBrief = z.object({
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  title: z.string(),
  away: z.string().nullable().optional(),
});
export type PersonBrief = z.infer<typeof PersonBrief>;

export const FileBrief = z.object({
  fileId: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
});
export type FileBrief = z.infer<typeof FileBrief>;

export const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});
export type Due = z.infer<typeof Due>;

export const Hue = z.enum(['blue', 'teal', 'violet']);
export type Hue = z.infer<typeof Hue>;
