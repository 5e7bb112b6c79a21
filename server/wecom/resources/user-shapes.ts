import { z } from 'zod';
import { bytes, chars, flag, nodeId, sortValue, userid } from '../fields.ts';

/** 成员管理 (pages 90195–90201, 96067, 95402). Writing needs the contacts secret, reading details the app's. */
const writable = {
  name: chars(1, 64).optional(),
  alias: chars(0, 64).optional(),
  /** Unique in the corp; other regions than the mainland with country code. Error 60103. */
  mobile: z
    .string()
    .regex(/^[+\d -]{0,32}$/, 'digits, + and -, at most 32')
    .optional(),
  department: z.array(nodeId).max(100).optional(),
  order: z.array(sortValue).max(100).optional(),
  position: chars(0, 128).optional(),
  gender: z.enum(['1', '2']).optional(),
  email: z.union([z.literal(''), bytes(6, 64)]).optional(),
  biz_mail: bytes(6, 63).optional(),
  telephone: z
    .string()
    .regex(/^[\d+,-]{0,32}$/, 'digits, +, - and comma, at most 32')
    .optional(),
  is_leader_in_dept: z.array(flag).max(100).optional(),
  direct_leader: z.array(userid).max(1).optional(),
  avatar_mediaid: z.string().optional(),
  /** 0 locks the account, 1 unlocks it (C13). */
  enable: flag.optional(),
  extattr: z.record(z.string(), z.unknown()).optional(),
  external_profile: z.record(z.string(), z.unknown()).optional(),
  external_position: chars(0, 12).optional(),
  address: chars(0, 128).optional(),
  main_department: nodeId.optional(),
};

export const createShape = z.strictObject({
  ...writable,
  userid,
  name: chars(1, 64),
  to_invite: z.boolean().optional(),
});
export const updateShape = z.strictObject({
  ...writable,
  userid,
  /** Once, and only if 企业微信 made the userid itself (301036). */
  new_userid: userid.optional(),
  biz_mail_alias: z.object({ item: z.array(bytes(6, 63)).max(5) }).optional(),
});

/** In 企业微信's own spelling, so that what is wanted and what is read compare field by field. */
export type MemberCreate = z.input<typeof createShape>;
/** Absent fields stay as they are (C9). `mobile` of an activated member is ignored in silence. */
export type MemberUpdate = z.input<typeof updateShape>;
