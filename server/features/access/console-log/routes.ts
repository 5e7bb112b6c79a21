import { z } from 'zod';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { Done } from '../contract.ts';
import type { RightsLoader } from '../load-rights.ts';
import { ConsoleFindingsAnswer, ConsoleFindingsQuery, SettleRequest } from './contract.ts';
import { listFindings } from './findings.ts';
import { settleFinding } from './settle-finding.ts';

export function consoleLogRoutes({ db, rights }: { db: Db; rights: RightsLoader }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/access/console-log',
      summary:
        'What the administrators’ log of 企业微信 shows that our list of administrators does not explain',
      auth: 'person',
      query: ConsoleFindingsQuery,
      answer: ConsoleFindingsAnswer,
      handle: ({ actor, query }) =>
        db.read(async (reads) => listFindings(reads, (await rights(reads)).org, actor, query)),
    }),
    route({
      method: 'post',
      path: '/api/access/console-log/:findingId/settle',
      summary: 'Say what came of it',
      auth: 'person',
      params: z.strictObject({ findingId: z.string().min(1).max(64) }),
      body: SettleRequest,
      answer: Done,
      handle: async ({ actor, params, body }) => {
        await db.write(actor, (tx) => settleFinding(tx, params.findingId, body.note));
        return { ok: true } as const;
      },
    }),
  ];
}
