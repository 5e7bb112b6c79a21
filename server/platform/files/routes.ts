import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import type { Files } from './store-files.ts';

const FileAnswer = z.object({ fileId: z.string(), name: z.string(), size: z.number(), type: z.string() });

/** Upload only: reading goes through the room that holds the file, which knows who may see it. */
export const fileRoutes = (files: Files): Route[] => [
  route({
    method: 'post',
    path: '/api/files',
    summary: 'Upload one file (multipart field `file`, at most 20 MB)',
    auth: 'person',
    rawBody: true,
    answer: FileAnswer,
    handle: ({ actor, ctx }) => files.receive(ctx, actor),
  }),
];
