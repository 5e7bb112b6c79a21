/** The directory API: choosing people and units. The web front end imports this file as types only. */
import { z } from 'zod';

export const PersonBrief = z.object({
  personId: z.string(),
  name: z.string(),
  /** The department, not the office below it. */
  unitName: z.string(),
  title: z.string(),
  /** Words when the person is away today, shown before choosing. */
  away: z.string().nullable().optional(),
});
export type PersonBrief = z.infer<typeof PersonBrief>;

export const PersonHit = PersonBrief.extend({
  staffNo: z.string(),
  /** Characters of the name that answered the query, half-open, for colouring; null when the number did. */
  matched: z.object({ from: z.number(), to: z.number() }).nullable(),
});
export type PersonHit = z.infer<typeof PersonHit>;

export const PeopleQuery = z.object({
  /** Name, pinyin, initials or staff number. */
  q: z.string().max(64).default(''),
  /** Only people with a post in this unit or below it. */
  unitId: z.string().max(64).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

export const PeoplePage = z.object({ items: z.array(PersonHit), next: z.string().nullable() });
export type PeoplePage = z.infer<typeof PeoplePage>;

export const UnitsQuery = z.object({
  /** The institution's own level when left out. */
  parentId: z.string().max(64).optional(),
});
export type UnitsQuery = z.infer<typeof UnitsQuery>;

export const UnitsPage = z.object({
  /** The unit whose children these are. */
  unit: z.object({ unitId: z.string(), name: z.string() }),
  items: z.array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      /** Active people in the unit and below, each once. */
      headcount: z.number(),
      hasChildren: z.boolean(),
      childCount: z.number(),
    }),
  ),
  /** From below the institution down to `unit`; empty at the top. */
  path: z.array(z.object({ unitId: z.string(), name: z.string() })),
});
export type UnitsPage = z.infer<typeof UnitsPage>;
