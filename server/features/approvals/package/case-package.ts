/** One request as files: what its reader may see of it, its attachments, and the proof of what the record holds. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Anchor, ChainProof } from '../../../platform/audit/index.ts';
import { proofOf } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { HashedFile } from '../../../platform/files/index.ts';
import { freeName, safeName, type ZipFile } from '../../../platform/zip/index.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { SUBJECT } from '../commands/happening.ts';
import type { InstanceAnswer } from '../contract.ts';
import type { Printed } from '../print/queries.ts';
import { STAND_WORDS, standsOf, type SignatureClaim } from '../reads/signature-proof.ts';
import { CHECK_SCRIPT } from './check-script.ts';
import { formPage, momentOf } from './form-page.ts';
import { readMe } from './read-me.ts';

export interface PackageDeps {
  readonly ctx: ApprovalsContext;
  /** As the reader sees the request, for its page and for its paper. @throws when they may not */
  readonly readCase: (reads: Reads, reader: PersonActor, instanceId: string) => Promise<ReadCase>;
  readonly filesOf: (reads: Reads, instanceId: string) => Promise<HashedFile[]>;
  readonly bytesOf: (file: HashedFile) => Promise<Readable>;
  /** Heads of the record written outside the database. */
  readonly anchors: () => Promise<readonly Anchor[]>;
  /** What has been written to the record until now gets its place in the chain. */
  readonly seal: () => Promise<void>;
}

export interface ReadCase {
  readonly detail: InstanceAnswer;
  readonly print: Printed;
  /** Not those of fields the reader may not see, whatever the form said before. */
  readonly showsFile: (fileId: string) => boolean;
}

export interface Manifest {
  readonly format: 1;
  readonly number: string;
  readonly instanceId: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
}

export interface CasePackage {
  readonly detail: InstanceAnswer;
  readonly manifest: Manifest;
  /** Names this very content in the record of the export. */
  readonly manifestHash: string;
  readonly bytes: number;
  readonly files: readonly ZipFile[];
}

const FOLDER = '附件';

/** Nothing is read of an attachment until the package is: its hash is known since it was uploaded. */
export async function casePackage(
  deps: PackageDeps,
  reader: PersonActor,
  instanceId: string,
): Promise<CasePackage> {
  const { db } = deps.ctx;
  const { seen, held, now } = await db.read(async (reads) => ({
    seen: await deps.readCase(reads, reader, instanceId),
    held: await deps.filesOf(reads, instanceId),
    now: reads.now,
  }));
  await deps.seal();
  const proof = await proofOf(db, await deps.anchors(), { type: SUBJECT, id: instanceId });
  const taken = new Set<string>();
  const attachments = held
    .filter(({ fileId }) => seen.showsFile(fileId))
    .map((file) => ({ ...file, path: `${FOLDER}/${freeName(safeName(file.name, '附件'), taken)}` }));
  const signatures = await signaturesOf(deps.ctx, seen.print.claims, attachments);
  const texts = textsOf(seen, attachments, signatures, proof, { name: reader.name, at: now });
  const manifest: Manifest = {
    format: 1,
    number: seen.detail.number,
    instanceId,
    madeAt: now,
    madeBy: reader.name,
    files: [
      ...texts.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
      ...attachments.map(({ path, size, contentHash }) => ({ path, size, sha256: contentHash })),
    ],
  };
  const manifestBytes = jsonBytes(manifest);
  const files = [
    ...[...texts, { path: 'manifest.json', bytes: manifestBytes }].map(({ path, bytes }) => ({
      path,
      open: () => [bytes],
    })),
    ...attachments.map((file) => ({ path: file.path, stored: true, open: () => deps.bytesOf(file) })),
  ];
  return {
    detail: seen.detail,
    manifest,
    manifestHash: sha256(manifestBytes),
    bytes: manifest.files.reduce((sum, { size }) => sum + size, manifestBytes.length),
    files,
  };
}

interface Attachment extends HashedFile {
  readonly path: string;
}

/**
 * A decision signed by hand, or a signature in the form; the program inside holds its picture against this hash and the
 * record. Of one in a field the reader may not see there is the hash alone.
 */
interface PackedSignature extends Pick<SignatureClaim, 'taskId' | 'fileId' | 'name' | 'at' | 'how'> {
  readonly withheld?: true;
  /** Of the form: what the field is called. */
  readonly field?: string;
  readonly path: string | null;
  readonly sha256: string;
  /** What was found when the package was made. */
  readonly words: string;
}

const WITHHELD = {
  withheld: true,
  taskId: null,
  fileId: '',
  name: '',
  at: null,
  path: null,
  words: '不在导出人可见的范围内',
} as const;

async function signaturesOf(
  ctx: ApprovalsContext,
  claims: readonly SignatureClaim[],
  attachments: readonly Attachment[],
): Promise<PackedSignature[]> {
  const stands = await standsOf(ctx, claims);
  return claims.map(({ taskId, field, withheld, name, at, how, fileId, hash }) => {
    if (withheld) return { ...WITHHELD, how, sha256: hash };
    return {
      taskId,
      fileId,
      name,
      at,
      how,
      ...(field === null ? {} : { field: field.label }),
      path: attachments.find((file) => file.fileId === fileId)?.path ?? null,
      sha256: hash,
      words: STAND_WORDS[stands.get(fileId) ?? 'lost'],
    };
  });
}

function textsOf(
  { detail, print }: ReadCase,
  attachments: readonly Attachment[],
  signatures: readonly PackedSignature[],
  proof: ChainProof,
  taken: { readonly name: string; readonly at: number },
): { path: string; bytes: Buffer }[] {
  const { number, templateKey, templateTitle, title, state, applicant, instanceId } = detail;
  const timeline = detail.timeline.filter((row) => row.state !== 'future');
  const pathOf = (fileId: string): string | null =>
    attachments.find((file) => file.fileId === fileId)?.path ?? null;
  const page = formPage({
    number,
    templateTitle,
    title,
    stateWords: state.words,
    applicant,
    facts: print.facts,
    timeline,
    pathOf,
    signatureOf: (fileId) => signatures.find((one) => one.fileId === fileId) ?? null,
    attachments,
    takenBy: taken.name,
    takenAt: taken.at,
    verifyUrl: print.url,
  });
  const { entries, more, unsealed, parts, links } = proof;
  return [
    text(
      'README.md',
      readMe({ number, takenBy: taken.name, taken: momentOf(taken.at), verifyUrl: print.url }),
    ),
    text('form.html', page),
    {
      path: 'case.json',
      bytes: jsonBytes({
        format: 1,
        instanceId,
        number,
        templateKey,
        templateTitle,
        title,
        state,
        applicant,
        facts: print.facts.map(({ revealKey: _shown, ...fact }) => fact),
        timeline,
        signatures,
        attachments: attachments.map(({ fileId, name, type, size, path }) => ({
          fileId,
          name,
          type,
          size,
          path,
        })),
        verify: { url: print.url, code: print.code },
      }),
    },
    { path: 'audit.json', bytes: jsonBytes({ format: 1, entries, more, unsealed, parts }) },
    text('chain.txt', links.map((line) => `${line}\n`).join('')),
    text('check.mjs', CHECK_SCRIPT),
  ];
}

const text = (path: string, words: string) => ({ path, bytes: Buffer.from(words) });
const jsonBytes = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
