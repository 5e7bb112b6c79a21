import type { Tx } from '../../platform/db/unit-of-work.ts';
import type { Directory } from '../directory/index.ts';
import type { GrantCommands, NewGrant } from './commands/grants.ts';
import type { RoleCatalog } from './role-catalog.ts';

export const GRANT_SHEET = '角色';
export const GRANT_COLUMNS = { staffNo: '工号', role: '角色', unitCode: '范围单位编号' } as const;

interface SheetText {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

export interface GrantFault {
  readonly sheet: string;
  readonly line: number;
  readonly column: string;
  /** `unknown`, or the code of the rule that says no. */
  readonly reason: string;
}

export interface GrantsImported {
  readonly granted: number;
  readonly faults: readonly GrantFault[];
}

/** Give the roles of sheet 角色 (role code, or its Chinese name). A row that names nobody we know, or that a rule refuses, is listed (A4). */
export function createImportGrants(
  directory: Directory,
  catalog: RoleCatalog,
  commands: Pick<GrantCommands, 'grantRoles'>,
) {
  const byName = new Map([...catalog.values()].map((role) => [role.name, role.code]));
  return async function importGrants(tx: Tx, sheets: readonly SheetText[]): Promise<GrantsImported> {
    const org = await directory.orgOf(tx);
    const people = new Map(org.people().map((person) => [person.staffNo, person.personId]));
    const units = new Map(org.units().map((unit) => [unit.code, unit.unitId]));
    const faults: GrantFault[] = [];
    const requests: (NewGrant & { line: number })[] = [];
    for (const { line, cell } of rowsOf(sheets)) {
      const role = byName.get(cell('role')) ?? cell('role');
      const request = readGrant(
        { staffNo: cell('staffNo'), role, unitCode: cell('unitCode') },
        people,
        units,
        catalog,
      );
      if ('column' in request)
        faults.push({ sheet: GRANT_SHEET, line, column: request.column, reason: 'unknown' });
      else requests.push({ ...request, line });
    }
    if (requests.length === 0) return { granted: 0, faults };
    const results = await commands.grantRoles(
      tx,
      requests.map(({ line: _line, ...request }) => request),
    );
    const refused = results.flatMap((result, at) =>
      typeof result === 'string'
        ? []
        : [
            {
              sheet: GRANT_SHEET,
              line: requests[at]?.line ?? 0,
              column: GRANT_COLUMNS.role,
              reason: result.code,
            },
          ],
    );
    return { granted: requests.length - refused.length, faults: [...faults, ...refused] };
  };
}

type Columns = keyof typeof GRANT_COLUMNS;

function rowsOf(sheets: readonly SheetText[]) {
  const [header = [], ...rows] = sheets.find((sheet) => sheet.name === GRANT_SHEET)?.rows ?? [];
  return rows.flatMap((row, at) => {
    const cell = (column: Columns) => row[header.indexOf(GRANT_COLUMNS[column])] ?? '';
    return row.some((text) => text !== '') ? [{ line: at + 2, cell }] : [];
  });
}

function readGrant(
  { staffNo, role, unitCode }: Record<Columns, string>,
  people: ReadonlyMap<string, string>,
  units: ReadonlyMap<string, string>,
  catalog: RoleCatalog,
): NewGrant | { column: string } {
  const personId = people.get(staffNo);
  const scopeUnitId = unitCode === '' ? null : units.get(unitCode);
  if (personId === undefined) return { column: GRANT_COLUMNS.staffNo };
  if (!catalog.has(role)) return { column: GRANT_COLUMNS.role };
  if (scopeUnitId === undefined) return { column: GRANT_COLUMNS.unitCode };
  return { personId, role, scopeUnitId, untilAt: null };
}
