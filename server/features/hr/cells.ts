import type { Vault } from '../../platform/vault/index.ts';

const PURPOSE = 'hr.row';

export type Cells = Readonly<Partial<Record<string, string>>>;

/** Rows of a sheet hold ID numbers and mobiles, so they are stored sealed (rule H6). */
export interface CellVault {
  seal(cells: Cells): string;
  open(sealed: string): Cells;
  /** Equal values have equal prints; for counting equal faults without keeping the value. */
  print(value: string): string;
}

export const createCellVault = (vault: Vault): CellVault => ({
  seal: (cells) => vault.seal(PURPOSE, JSON.stringify(cells)),
  open: (sealed) => JSON.parse(vault.open(PURPOSE, sealed)) as Cells,
  print: (value) => vault.fingerprint(PURPOSE, value),
});
