import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { mustMaintain } from '../policy.ts';
import {
  planImport,
  type ImportPlan,
  type ProtectedMobile,
  type StoredDirectory,
} from '../roster/plan-import.ts';
import { readRoster } from '../roster/read-roster.ts';
import type { RowFault } from '../roster/records.ts';
import type { SheetText } from '../roster/row-reader.ts';
import { AssignmentTable, PersonTable, UnitTable } from '../tables.ts';
import type { Consequences } from './consequences.ts';
import { lockDirectory } from './lock-directory.ts';
import { writeHistory } from './import-history.ts';
import type { Personal } from './protect-personal.ts';

export interface ImportCounts {
  readonly units: { readonly created: number; readonly changed: number };
  readonly people: { readonly created: number; readonly changed: number };
  readonly posts: { readonly created: number; readonly changed: number };
}

export interface ImportResult extends ImportCounts {
  /** Rows that were not taken, with line and column (rule A4). */
  readonly faults: readonly RowFault[];
}

/**
 * Load a roster: sheets 单位, 人员, 岗位 (columns in roster/records.ts). Creates and changes only; who is missing
 * in the file stays (A1). @throws refused `directory.tree_broken` before any write when the units would not be a
 * tree (C3-C5).
 */
export function createImportRoster(personal: Personal, consequences: Consequences) {
  return async function importRoster(tx: Tx, sheets: readonly SheetText[]): Promise<ImportResult> {
    mustMaintain(tx.actor);
    await lockDirectory(tx);
    const stored = await load(tx);
    const unitCodes = new Set(stored.units.map((unit) => unit.code));
    const plan = planImport(stored, readRoster(sheets, { unitCodes }), {
      now: tx.now,
      today: dateOf(tx.now),
      newId,
      protectMobile: (mobile) => mobileColumns(personal, mobile),
      fingerprint: (mobile) => personal.secretOf('mobile', mobile).print,
    });
    refuseBrokenTree(plan);
    await save(tx, plan);
    await writeHistory(tx, plan, stored.units.length === 0);
    const counts = count(plan);
    if (isEmpty(counts)) return { ...counts, faults: plan.faults };
    recordAct(tx, {
      action: 'directory.import',
      targetType: 'directory',
      targetId: 'roster',
      after: { ...counts, refusedRows: plan.faults.length },
    });
    await consequences.directoryChanged(tx, plan.changes);
    return { ...counts, faults: plan.faults };
  };
}

function mobileColumns(personal: Personal, mobile: string): ProtectedMobile {
  const { sealed, masked, print } = personal.protect('mobile', mobile);
  return { mobileSealed: sealed, mobileMasked: masked, mobilePrint: print };
}

async function load(tx: Tx): Promise<StoredDirectory> {
  return {
    units: await tx.em.getRepository(UnitTable).find(),
    people: await tx.em.getRepository(PersonTable).find(),
    assignments: await tx.em.getRepository(AssignmentTable).find(),
  };
}

function refuseBrokenTree({ units }: ImportPlan): void {
  const [fault] = units.faults;
  if (fault) throw refused('directory.tree_broken', { unit: units.nameOf(fault.unitId), fault: fault.kind });
}

async function save(tx: Tx, plan: ImportPlan): Promise<void> {
  await insertRows(tx, UnitTable, plan.units.created);
  await insertRows(tx, PersonTable, plan.createdPeople);
  await insertRows(tx, AssignmentTable, plan.createdPosts);
  for (const { row, changes } of plan.units.changed) await saveWithVersion(tx, UnitTable, row, changes);
  for (const { row, changes } of plan.changedPeople) {
    await saveWithVersion(tx, PersonTable, row, { ...changes, updatedAt: tx.now });
  }
  for (const { row, changes } of plan.changedPosts) await saveWithVersion(tx, AssignmentTable, row, changes);
}

function count(plan: ImportPlan): ImportCounts {
  return {
    units: { created: plan.units.created.length, changed: plan.units.changed.length },
    people: { created: plan.createdPeople.length, changed: plan.changedPeople.length },
    posts: { created: plan.createdPosts.length, changed: plan.changedPosts.length },
  };
}

const isEmpty = (counts: ImportCounts) =>
  Object.values(counts).every((part: ImportCounts['units']) => part.created + part.changed === 0);
