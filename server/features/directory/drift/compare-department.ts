import type { DesiredDepartment } from '../push/desired.ts';
import { UNIT_FIELDS, type UnitField } from './fields.ts';
import { differences, type Found } from './values.ts';

/** A department as 企业微信 answered; `name` only where the app sees it. */
export interface ReadDepartment {
  readonly id: number;
  readonly parentid: number;
  readonly order?: number | null | undefined;
  readonly name?: string | undefined;
}

/** What differs of one department we have written. */
export function compareDepartment(
  read: ReadDepartment,
  desired: DesiredDepartment,
  written: Readonly<Record<string, unknown>>,
): Found<UnitField>[] {
  return differences(
    UNIT_FIELDS,
    valuesOf(read.name, read.parentid, read.order),
    valuesOf(written.name, written.parentid, written.order),
    valuesOf(desired.name, desired.parentid, desired.order),
  );
}

const valuesOf = (name: unknown, parent: unknown, order: unknown) => ({
  ...(typeof name === 'string' && { unitName: name }),
  ...(typeof parent === 'number' && { unitParent: parent }),
  ...(typeof order === 'number' && { unitOrder: order }),
});
