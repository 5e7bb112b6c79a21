import type { PersonActor } from '../../../../kernel/actor.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { MAX_ATTEMPTS } from '../../../../platform/jobs/index.ts';
import { writeSheets } from '../../../../platform/sheets/index.ts';
import { freeName, safeName, type ZipFile, zipPieces } from '../../../../platform/zip/index.ts';
import { queueText, textWithLink } from '../../../messaging/index.ts';
import { SUBJECT } from '../../commands/happening.ts';
import { casePackage, type CasePackage } from '../case-package.ts';
import { momentOf } from '../form-page.ts';
import { casesFor } from './ask.ts';
import type { PeriodDeps } from './context.ts';
import type { FoundCase } from './find-cases.ts';
import { dropParts, keepPart } from './parts.ts';
import { PackageTable, type PackageRow } from './tables.ts';

const MAKER = systemActor('approvals:package');
/** One piece in the store; what is held in memory. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** Of all files before packing: one download of an evening. */
const MOST_BYTES = 2 * 1024 ** 3;

/** What cannot get better by trying again: the package has failed, and the asker is told why. */
class CannotMake extends Error {}

/** Makes the .zip piece by piece. Started again after a crash it begins anew: what was half made is dropped first. */
export async function makePackage(deps: PeriodDeps, packageId: string, attempt: number): Promise<void> {
  const { db } = deps.ctx;
  const row = await db.read((reads) => reads.em.getRepository(PackageTable).findOneBy({ id: packageId }));
  if (row?.state !== 'making') return;
  await dropParts(deps, packageId);
  try {
    // Each time before the process died over it: it would die again, and take what else it does along.
    if (attempt > MAX_ATTEMPTS) throw new CannotMake('tried too often');
    const actor = await db.read((reads) => deps.actorOf(reads, row.askedBy));
    if (!actor) throw new CannotMake('no longer here');
    const cases = await db.read((reads) => casesFor(deps, reads, actor.personId, row));
    const bytes = await store(deps, row, zipPieces(filesOf(deps, row, actor, cases), row.askedAt));
    await end(deps, row, { state: 'ready', bytes, unitIds: [...new Set(cases.map(({ unitId }) => unitId))] });
  } catch (error) {
    if (!(error instanceof CannotMake) && attempt < MAX_ATTEMPTS) throw error;
    await dropParts(deps, packageId);
    await end(deps, row, { state: 'failed', bytes: null, unitIds: null });
    if (!(error instanceof CannotMake)) throw error;
  }
}

/** A folder a case as it comes, then the index of all. */
async function* filesOf(
  deps: PeriodDeps,
  row: PackageRow,
  actor: PersonActor,
  cases: readonly FoundCase[],
): AsyncGenerator<ZipFile> {
  const taken = new Set<string>();
  const lines: string[][] = [];
  let bytes = 0;
  for (const [at, { instanceId }] of cases.entries()) {
    const made = await casePackage(deps, actor, instanceId);
    bytes += made.bytes;
    if (bytes > MOST_BYTES) throw new CannotMake('too large');
    const { number, applicant } = made.detail;
    const folder = freeName(safeName(`${number} ${applicant.name}`), taken);
    await noteCase(deps, row, made, at + 1);
    yield* made.files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
    lines.push(lineOf(made, folder));
  }
  const sheet = await writeSheets([{ name: '目录', rows: [COLUMNS, ...lines] }]);
  yield { path: '目录.xlsx', stored: true, open: () => [sheet] };
}

const COLUMNS = ['单号', '标题', '类型', '申请人', '部门', '提交', '状态', '附件', '文件夹'];

const lineOf = ({ detail, files }: CasePackage, folder: string): string[] => [
  detail.number,
  detail.title,
  detail.templateTitle,
  detail.applicant.name,
  detail.applicant.unitName,
  momentOf(detail.timeline.find(({ kind }) => kind === 'submitted')?.at ?? 0),
  detail.state.words,
  String(files.filter(({ stored }) => stored).length),
  folder,
];

/** Each case on the record with the hash of its manifest, as if it had been taken out alone; and how far we are. */
const noteCase = (deps: PeriodDeps, row: PackageRow, made: CasePackage, done: number): Promise<void> =>
  deps.ctx.db.write(MAKER, async (tx) => {
    recordAct(tx, {
      action: 'approvals.export_package',
      targetType: SUBJECT,
      targetId: made.manifest.instanceId,
      after: { manifest: made.manifestHash, bytes: made.bytes, packageId: row.id, askedBy: row.askedBy },
    });
    await tx.em.getRepository(PackageTable).update({ id: row.id }, { doneCount: done });
  });

async function store(deps: PeriodDeps, row: PackageRow, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let waiting: Uint8Array[] = [];
  let held = 0;
  let total = 0;
  let seq = 0;
  const put = async (): Promise<void> => {
    seq += 1;
    await keepPart(deps, row.id, seq, waiting);
    total += held;
    waiting = [];
    held = 0;
  };
  for await (const piece of pieces) {
    waiting.push(piece);
    held += piece.length;
    if (held >= PIECE_BYTES) await put();
  }
  if (held > 0) await put();
  return total;
}

const end = (
  deps: PeriodDeps,
  row: PackageRow,
  ending: Pick<PackageRow, 'state' | 'bytes' | 'unitIds'>,
): Promise<void> =>
  deps.ctx.db.write(MAKER, async (tx) => {
    await tx.em.getRepository(PackageTable).update({ id: row.id }, { ...ending, endedAt: tx.now });
    const words =
      ending.state === 'ready'
        ? `你要的卷宗做好了，共 ${String(row.caseCount)} 件，请在电脑上取用`
        : '你要的卷宗没有做成，请缩小范围再试';
    queueText(
      tx,
      {
        kind: 'approvals.package',
        personId: row.askedBy,
        subjectType: 'approval_package',
        subjectId: row.id,
        ref: ending.state,
      },
      textWithLink(words, `${deps.publicUrl}/console/packages`),
    );
  });
