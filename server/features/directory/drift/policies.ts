import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { FIELD_RULES, FIELDS, type Field, type FieldPolicy } from './fields.ts';
import { DriftPolicyTable, type DriftPolicyRow } from './tables.ts';

export interface PolicyInForce extends FieldPolicy {
  readonly field: Field;
  /** Null: the default. */
  readonly changed: Pick<DriftPolicyRow, 'changedAt' | 'changedBy'> | null;
}

/** What is done about each field, as set or by default. */
export async function policiesOf(reads: Reads): Promise<ReadonlyMap<Field, PolicyInForce>> {
  const rows = await reads.em.getRepository(DriftPolicyTable).find();
  const set = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    FIELDS.map((field) => {
      const row = set.get(field);
      const { action, automatic } = row ?? FIELD_RULES[field].policy;
      return [field, { field, action, automatic: Boolean(automatic), changed: row ?? null }] as const;
    }),
  );
}
