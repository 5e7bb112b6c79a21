import { notFound } from '../../kernel/errors.ts';
import { actorId, type Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { FileAuditsContext } from './commands/context.ts';
import type { Stage } from './contract.ts';
import type { EventKind, FileState, Rules } from './engine.ts';
import {
  FileEventTable,
  FileTable,
  NOTES,
  PlanTable,
  REASON,
  type FileRow,
  type Notes,
  type PlanRow,
} from './tables.ts';

export const OPEN = `stage in ('self', 'unit', 'hr')`;

/** @throws notFound `fileaudits.not_visible` */
export async function loadPlan(reads: Reads, planId: string): Promise<PlanRow> {
  const row = await reads.em.getRepository(PlanTable).findOneBy({ id: planId });
  if (!row) throw notFound('fileaudits.not_visible');
  return row;
}

/** Two at work on one plan wait for each other; on SQLite the gate does that. */
export async function lockPlan(tx: Tx, planId: string): Promise<PlanRow> {
  if (tx.dialect === 'mysql')
    await tx.em.query('select id from file_audit_plan where id = ? for update', [planId]);
  return loadPlan(tx, planId);
}

/** @throws notFound `fileaudits.not_visible` */
export async function loadFile(reads: Reads, fileId: string): Promise<FileRow> {
  const row = await reads.em.getRepository(FileTable).findOneBy({ id: fileId });
  if (!row) throw notFound('fileaudits.not_visible');
  return row;
}

export const rulesOf = ({ steps, fields }: PlanRow): Rules => ({
  steps: steps.map(({ kind }) => kind),
  fields,
});

export const stateOf = ({ stage, round, saidWrong, doubts, verdicts }: FileRow): FileState => ({
  stage,
  round,
  saidWrong,
  doubts,
  verdicts,
});

type Sealer = Pick<FileAuditsContext, 'vault'>;
const NO_NOTES: Notes = { doubts: {}, verdicts: {} };

export const notesOf = ({ vault }: Sealer, { notesSealed }: Pick<FileRow, 'notesSealed'>): Notes =>
  notesSealed === null ? NO_NOTES : (JSON.parse(vault.open(NOTES, notesSealed)) as Notes);

export const sealNotes = ({ vault }: Sealer, notes: Notes): string | null =>
  Object.keys(notes.doubts).length + Object.keys(notes.verdicts).length === 0
    ? null
    : vault.seal(NOTES, JSON.stringify(notes));

export interface Happening {
  readonly kind: EventKind;
  readonly stage: Stage;
  readonly reason?: string;
}

export function appendEvent(
  { vault }: Sealer,
  tx: Tx,
  fileId: string,
  { kind, stage, reason }: Happening,
): void {
  tx.append(FileEventTable, {
    id: newId(),
    fileId,
    kind,
    stage,
    happenedAt: tx.now,
    byId: actorId(tx.actor).slice(0, 64),
    byName: nameOf(tx.actor),
    reasonSealed: reason === undefined ? null : vault.seal(REASON, reason),
  });
}

const nameOf = (actor: Actor): string => (actor.kind === 'person' ? actor.name.slice(0, 64) : '系统');

export const reasonOf = ({ vault }: Sealer, sealed: string | null): string | null =>
  sealed === null ? null : vault.open(REASON, sealed);
