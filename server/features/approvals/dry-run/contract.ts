/** Shapes of the dry run: every template walked by everybody in the directory as it is now. */
import { z } from 'zod';

const walked = {
  templateKey: z.string(),
  title: z.string(),
  group: z.string(),
  version: z.number(),
  /** Active people with a post. */
  people: z.number(),
  /** Posts they may apply from, times branches. */
  runs: z.number(),
  dead: z.number(),
  deadPeople: z.number(),
};

/** GET /api/approvals/dry-run: all templates, those that stop for somebody first. */
export const DryRunListAnswer = z.object({
  people: z.number(),
  runs: z.number(),
  dead: z.number(),
  items: z.array(z.object({ ...walked, reasons: z.number(), branches: z.number() })),
});
export type DryRunListAnswer = z.infer<typeof DryRunListAnswer>;

/** GET /api/approvals/dry-run/:templateKey: where one template stops, and its branches. */
export const DryRunAnswer = z.object({
  ...walked,
  /** Steps of the longest branch. */
  longest: z.number(),
  deadEnds: z.array(
    z.object({
      stepKey: z.string(),
      title: z.string(),
      reason: z.string(),
      /** The rule that found nobody. */
      rule: z.enum([
        'unitHead',
        'headOfUnit',
        'managerChain',
        'roleInScope',
        'named',
        'applicantChoice',
        'choiceHead',
      ]),
      branches: z.array(z.string()),
      allBranches: z.boolean(),
      runs: z.number(),
      people: z.number(),
      units: z.array(z.object({ unitId: z.string(), name: z.string(), people: z.number() })),
      /** Units left out of `units`. */
      moreUnits: z.number(),
    }),
  ),
  /** Dead ends left out of `deadEnds`. */
  moreDeadEnds: z.number(),
  branches: z.array(
    z.object({
      words: z.string(),
      steps: z.array(z.string()),
      good: z.number(),
      dead: z.number(),
      workdays: z.number(),
    }),
  ),
});
export type DryRunAnswer = z.infer<typeof DryRunAnswer>;

/** GET /api/approvals/dry-run/:templateKey/people/:personId: how one person's request would go, branch by branch. */
export const PersonWalkAnswer = z.object({
  personId: z.string(),
  name: z.string(),
  /** Main post first; empty for who is not in active service. */
  posts: z.array(
    z.object({
      assignmentId: z.string(),
      unitName: z.string(),
      title: z.string(),
      branches: z.array(
        z.object({
          words: z.string(),
          steps: z.array(
            z.object({
              stepKey: z.string(),
              title: z.string(),
              people: z.array(z.object({ personId: z.string(), name: z.string(), label: z.string() })),
              /** "一人处理即可"; empty for one person. */
              needs: z.string(),
              /** The applicant names so many. */
              choice: z.object({ min: z.number(), max: z.number() }).nullable(),
              /** Somebody here is asked at the step before as well. */
              sameAsBefore: z.boolean(),
              problem: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type PersonWalkAnswer = z.infer<typeof PersonWalkAnswer>;
