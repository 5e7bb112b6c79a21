import { z } from 'zod';
import type { JobDefinition } from '../../platform/jobs/index.ts';
import { ITEM_JOB } from './commands/consequences.ts';
import type { AccountsContext } from './commands/context.ts';
import { carryOut } from './commands/items.ts';
import { SEND_JOB, sendReplied } from './inspection/reply.ts';

const OfItem = z.object({ itemId: z.string(), requestId: z.string() });
const OfRequest = z.object({ requestId: z.string() });

export const accountsJobs = (ctx: AccountsContext): JobDefinition[] => [
  {
    name: ITEM_JOB,
    handle: async ({ payload }) => {
      const { itemId, requestId } = OfItem.parse(payload);
      await carryOut(ctx, requestId, itemId);
    },
  },
  {
    name: SEND_JOB,
    handle: async ({ payload }) => sendReplied(ctx, OfRequest.parse(payload).requestId),
  },
];
