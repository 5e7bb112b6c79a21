/** The access API: who am I, signing in and out, JS-SDK signatures. The web front end imports types only. */
import { z } from 'zod';
import { PersonBrief } from '../directory/contract.ts';

export const Post = z.object({
  assignmentId: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  /** From the department down, joined by ` / `. */
  unitPath: z.string(),
  title: z.string(),
  kind: z.enum(['main', 'concurrent']),
  isHead: z.boolean(),
  /** `YYYY-MM-DD`. */
  since: z.string(),
});
export type Post = z.infer<typeof Post>;

export const Me = z.object({
  person: PersonBrief.extend({
    staffNo: z.string(),
    mobileMasked: z.string().nullable(),
    category: z.enum(['established', 'nonEstablished', 'outsourced', 'entrusted']),
    categoryName: z.string(),
  }),
  /** Main post first (rule R21). */
  posts: z.array(Post),
  roles: z.array(z.object({ role: z.string(), roleName: z.string(), scopeUnitName: z.string().nullable() })),
  /** Sent back as `x-csrf-token` with every write. */
  csrfToken: z.string(),
  institution: z.string(),
  appName: z.string(),
  /** The server's clock, epoch ms. */
  now: z.number(),
  /** True when 企业微信 is played by the local sandbox. */
  sandbox: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const LoginQuery = z.object({
  /** Where to go afterwards: a path of this site; anything else becomes `/`. */
  return: z.string().max(1024).default('/'),
  /** `1`: sign in again even if somebody is signed in (another member in the sandbox phone). */
  switch: z.enum(['0', '1']).default('0'),
});

export const CallbackQuery = z.object({
  code: z.string().max(512).default(''),
  state: z.string().max(128).default(''),
});

export const SignatureQuery = z.object({ url: z.string().max(2048) });

const Signed = z.object({ timestamp: z.number(), nonceStr: z.string(), signature: z.string() });
export const Signature = z.object({
  corpId: z.string(),
  agentId: z.number(),
  /** For ww.config / getConfigSignature. */
  config: Signed,
  /** For ww.agentConfig / getAgentConfigSignature. */
  agentConfig: Signed,
});
export type Signature = z.infer<typeof Signature>;

export const SignedOut = z.object({ ok: z.literal(true) });
