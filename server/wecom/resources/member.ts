import { z } from 'zod';
import { listOf } from '../fields.ts';

/** A member as user/get and user/list answer (page 90196). Sensitive fields come only to apps older than 2022-06-20. */
export const memberAnswer = z.looseObject({
  userid: z.string().min(1),
  name: z.string(),
  department: listOf(z.number()),
  order: listOf(z.number()),
  is_leader_in_dept: listOf(z.number()),
  direct_leader: listOf(z.string()),
  main_department: z.number().nullish(),
  position: z.string().nullish(),
  alias: z.string().nullish(),
  telephone: z.string().nullish(),
  mobile: z.string().nullish(),
  email: z.string().nullish(),
  biz_mail: z.string().nullish(),
  gender: z.union([z.string(), z.number()]).transform(String).nullish(),
  avatar: z.string().nullish(),
  /** 1 activated, 2 disabled, 4 not activated, 5 left the corp. */
  status: z.number().nullish(),
  extattr: z.unknown().optional(),
});

export type MemberAnswer = z.output<typeof memberAnswer>;
