import { z } from 'zod';
import { MINUTE_MS } from '../../kernel/dates.ts';
import {
  dailyAt,
  everyMinutes,
  MAX_ATTEMPTS,
  RunAgain,
  type JobDefinition,
  type Schedule,
} from '../../platform/jobs/index.ts';
import { ITEM_JOB } from './commands/consequences.ts';
import type { AccountsContext } from './commands/context.ts';
import { carryOut, giveUpItem } from './commands/items.ts';
import { DUTY_JOB, noteNews } from './commands/personnel-news.ts';
import { ENTRIES_JOB, foldAppEntries } from './inspection/app-entries.ts';
import { PULL_JOB, pullMemberLog } from './inspection/evidence.ts';
import { INSPECT_JOB, inspectWhatIsDue } from './inspection/monthly.ts';
import { SEND_JOB, sendReplied } from './inspection/reply.ts';
import { carryOn, STEPS_JOB } from './inspection/steps.ts';
import { OfPerson } from './newcomers/hear.ts';
import { linkAllExpected, linkArrival, NEWCOMER_JOB, NEWCOMERS_JOB } from './newcomers/link.ts';

const OfItem = z.object({ itemId: z.string(), requestId: z.string(), givenAt: z.number() });
/** How long until a connector is asked again whether what it was told is done. */
const PROOF_PAUSE_MS = MINUTE_MS;

const OfInspection = z.object({ inspectionId: z.string() });
const OfRequest = z.object({ requestId: z.string() });

export const accountsJobs = (ctx: AccountsContext): JobDefinition[] => [
  {
    name: ITEM_JOB,
    handle: async ({ payload, attempt, now }) => {
      const { itemId, requestId, givenAt } = OfItem.parse(payload);
      const outcome = await carryOut(ctx, requestId, itemId, givenAt).catch(async (error: unknown) => {
        if (attempt >= MAX_ATTEMPTS && !(error instanceof RunAgain)) await giveUpItem(ctx, requestId, itemId);
        throw error;
      });
      if (outcome === 'waiting') throw new RunAgain(now + PROOF_PAUSE_MS, 'no proof yet');
    },
  },
  {
    name: SEND_JOB,
    handle: async ({ payload }) => sendReplied(ctx, OfRequest.parse(payload).requestId),
  },
  { name: NEWCOMER_JOB, handle: ({ payload }) => linkArrival(ctx, OfPerson.parse(payload).personId) },
  { name: NEWCOMERS_JOB, exclusive: true, handle: () => linkAllExpected(ctx) },
  { name: DUTY_JOB, handle: ({ payload }) => noteNews(ctx, payload) },
  { name: ENTRIES_JOB, exclusive: true, handle: ({ now }) => foldAppEntries(ctx, now) },
  { name: PULL_JOB, exclusive: true, handle: ({ now }) => pullMemberLog(ctx, now) },
  {
    name: STEPS_JOB,
    handle: async ({ payload }) => void (await carryOn(ctx, OfInspection.parse(payload).inspectionId)),
  },
  { name: INSPECT_JOB, exclusive: true, handle: ({ now }) => inspectWhatIsDue(ctx, now) },
];

/** Before work begins. On the day of the month it inspects; on the others it looks for what was lacking then. */
export const accountsSchedules: readonly Schedule[] = [
  everyMinutes(ENTRIES_JOB, 30),
  dailyAt(PULL_JOB, 5, 30),
  dailyAt(NEWCOMERS_JOB, 5, 45),
  dailyAt(INSPECT_JOB, 6),
];
