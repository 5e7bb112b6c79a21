import { maskIdNumber, maskMobile } from '../../../platform/vault/index.ts';
import type { SheetKind } from '../model.ts';
import { columnOf } from '../sheet/index.ts';

/**
 * A cell as it is shown to whoever sets a source up: enough to see that the right field was mapped. The system
 * administrator looks after the connection, not after people, so names and addresses are masked too (H4, H6).
 */
export function maskCell(kind: SheetKind, column: string, text: string): string {
  if (text === '') return '';
  if (column === 'idNumber') return maskIdNumber(text);
  if (column === 'mobile') return maskMobile(text);
  if (column === 'email')
    return text.replace(/^(.).*(@.*)?$/su, (_, first: string, at = '') => `${first}***${at}`);
  if (kind === 'people' && column === 'name') return `${[...text][0] ?? ''}**`;
  return columnOf(kind, column)?.personal ? '*'.repeat([...text].length) : text;
}
