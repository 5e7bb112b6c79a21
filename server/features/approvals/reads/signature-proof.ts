/**
 * Whether a signature is the one that was given: the bytes that are kept are hashed anew and held against the event of the
 * decision, or of the form it stands in, and the entry in the record of acts. Bytes lie outside the database, so they are
 * read after the unit of work.
 */
import { jsonInText } from '../../../platform/db/columns.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { SUBJECT } from '../commands/happening.ts';
import type { SignatureStand } from '../contract.ts';
import { keptIn } from '../fields/signature.ts';
import { valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import { fieldOf, type Template } from '../template/template.ts';

/** What database and record say of one signature. */
export interface SignatureClaim {
  /** Of a decision; null: it was given in the form. */
  readonly taskId: string | null;
  /** Of the form: what the field is called, and whether the signature stands in it now. */
  readonly field: { readonly label: string; readonly stands: boolean } | null;
  /** In a field that who asks may not read: nothing but its hash is told. */
  readonly withheld: boolean;
  readonly fileId: string;
  readonly name: string;
  readonly at: number | null;
  readonly how: 'drawn' | 'typed';
  /** SHA-256 in the event. */
  readonly hash: string;
  /** Where the bytes lie, by the hash they had when they were uploaded; null: no such file. */
  readonly kept: string | null;
  readonly onRecord: boolean;
}

export async function signatureClaims(
  ctx: ApprovalsContext,
  reads: Reads,
  template: Template,
  state: InstanceState,
  hidden: ReadonlySet<string>,
): Promise<SignatureClaim[]> {
  const signed = [...inForm(template, state, hidden), ...inDecisions(state)];
  if (signed.length === 0) return [];
  const recorded = await recordedHashes(reads, state.instanceId);
  return Promise.all(
    signed.map(async (one) => ({
      ...one,
      kept: await ctx.files.hashOf(reads, one.fileId).catch(() => null),
      onRecord: recorded.has(one.hash),
    })),
  );
}

type Told = Omit<SignatureClaim, 'kept' | 'onRecord'>;

const inDecisions = ({ tasks }: InstanceState): Told[] =>
  tasks.flatMap(({ taskId, person, closedAt: at, signature }) =>
    signature === undefined
      ? []
      : [{ taskId, field: null, withheld: false, name: person.name, at, ...signature }],
  );

/** Those that were replaced when the form was handed in again or changed are on record too. */
const inForm = (
  template: Template,
  { form, signatures = [] }: InstanceState,
  hidden: ReadonlySet<string>,
): Told[] =>
  signatures.map(({ key, fileId, how, hash, name, at }) => ({
    taskId: null,
    field: {
      label: fieldOf(template, key)?.label ?? key,
      stands: keptIn(valueOf(form, key))?.hash === hash,
    },
    withheld: hidden.has(key),
    fileId,
    how,
    hash,
    name,
    at,
  }));

async function recordedHashes(reads: Reads, instanceId: string): Promise<ReadonlySet<unknown>> {
  const rows = await reads.em.query<{ after: unknown }[]>(
    'select after from audit_entry where targetType = ? and targetId = ? and after is not null',
    [SUBJECT, instanceId],
  );
  const told = rows.map(({ after }) => jsonInText.from(after) as Recorded | null);
  return new Set(told.flatMap((after) => [after?.signature ?? [], after?.formSignatures ?? []].flat()));
}

interface Recorded {
  readonly signature?: unknown;
  readonly formSignatures?: readonly unknown[];
}

/** By file. One picture at a time: whoever asks may be a stranger with a code. */
export async function standsOf(
  { files }: Pick<ApprovalsContext, 'files'>,
  claims: readonly SignatureClaim[],
): Promise<ReadonlyMap<string, SignatureStand>> {
  const stands = new Map<string, SignatureStand>();
  for (const claim of claims) stands.set(claim.fileId, await standOf(files, claim));
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
