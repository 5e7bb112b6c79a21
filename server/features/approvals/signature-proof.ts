/**
 * Whether a signature is the one that was given: the bytes that are kept are hashed anew and held against the decision's
 * event and the entry in the record of acts. Bytes lie outside the database, so they are read after the unit of work.
 */
import { jsonInText } from '../../platform/db/columns.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from './commands/deps.ts';
import { SUBJECT } from './commands/happening.ts';
import type { SignatureStand } from './contract.ts';
import type { InstanceState } from './model.ts';

/** What database and record say of one signature. */
export interface SignatureClaim {
  readonly taskId: string;
  readonly fileId: string;
  readonly name: string;
  readonly at: number | null;
  readonly how: 'drawn' | 'typed';
  /** SHA-256 in the decision's event. */
  readonly hash: string;
  /** Where the bytes lie, by the hash they had when they were uploaded; null: no such file. */
  readonly kept: string | null;
  readonly onRecord: boolean;
}

export async function signatureClaims(
  ctx: ApprovalsContext,
  reads: Reads,
  { instanceId, tasks }: InstanceState,
): Promise<SignatureClaim[]> {
  const signed = tasks.flatMap(({ taskId, person, closedAt: at, signature }) =>
    signature === undefined ? [] : [{ taskId, name: person.name, at, ...signature }],
  );
  if (signed.length === 0) return [];
  const recorded = await recordedHashes(reads, instanceId);
  return Promise.all(
    signed.map(async (one) => ({
      ...one,
      kept: await ctx.files.hashOf(reads, one.fileId).catch(() => null),
      onRecord: recorded.has(one.hash),
    })),
  );
}

async function recordedHashes(reads: Reads, instanceId: string): Promise<ReadonlySet<unknown>> {
  const rows = await reads.em.query<{ after: unknown }[]>(
    'select after from audit_entry where targetType = ? and targetId = ? and after is not null',
    [SUBJECT, instanceId],
  );
  const told = rows.map(({ after }) => jsonInText.from(after) as { signature?: unknown } | null);
  return new Set(told.flatMap((after) => after?.signature ?? []));
}

/** By task. One picture at a time: whoever asks may be a stranger with a code. */
export async function standsOf(
  { files }: Pick<ApprovalsContext, 'files'>,
  claims: readonly SignatureClaim[],
): Promise<ReadonlyMap<string, SignatureStand>> {
  const stands = new Map<string, SignatureStand>();
  for (const claim of claims) stands.set(claim.taskId, await standOf(files, claim));
  return stands;
}

async function standOf(
  files: ApprovalsContext['files'],
  { hash, kept, onRecord }: SignatureClaim,
): Promise<SignatureStand> {
  if (kept === null) return 'lost';
  const now = await files.digestOf(kept).catch(() => null);
  if (now === null) return 'lost';
  if (now !== hash || kept !== hash) return 'changed';
  return onRecord ? 'intact' : 'unrecorded';
}

export const STAND_WORDS: Readonly<Record<SignatureStand, string>> = {
  intact: '签名图片与签名时一致',
  changed: '签名图片与签名时不一致',
  lost: '签名图片读不到',
  unrecorded: '操作记录里没有这个签名',
};
