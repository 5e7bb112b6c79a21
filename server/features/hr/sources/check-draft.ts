import { badRequest, refused } from '../../../kernel/errors.ts';
import type { SheetKind } from '../model.ts';
import { COLUMNS, columnOf } from '../sheet/index.ts';
import type { HttpConnection, SourceDraft } from './contract.ts';

const KINDS: readonly SheetKind[] = ['units', 'people'];
/** Headers that are the transport's own. */
const NOT_A_CREDENTIAL = /^(?:host|connection|content-.*|transfer-encoding|accept.*|expect|upgrade)$/i;

/**
 * What the shape alone does not tell.
 * @throws badRequest `hr.source_bad_column` {column}, `hr.source_auth_name`; refused `hr.source_columns_missing` {columns}
 */
export function checkDraft(draft: SourceDraft): void {
  if (draft.kind === 'push') return;
  if (draft.kind === 'http') checkAuth(draft.connection);
  for (const kind of KINDS) {
    const list = draft.lists[kind];
    if (list === null) continue;
    const taken = new Set(list.columns.map(({ column }) => column));
    for (const column of taken)
      if (!columnOf(kind, column)) throw badRequest('hr.source_bad_column', { column });
    const missing = COLUMNS[kind].filter(({ key, required }) => required && !taken.has(key));
    if (missing.length > 0)
      throw refused('hr.source_columns_missing', { columns: missing.map(({ label }) => label).join('、') });
  }
}

/** @throws badRequest `hr.source_auth_name` */
export function checkAuth({ auth, authName }: HttpConnection): void {
  const wanted = auth === 'basic' || auth === 'header';
  if (wanted !== (authName !== '')) throw badRequest('hr.source_auth_name');
  if (auth === 'header' && (!/^[A-Za-z0-9-]+$/.test(authName) || NOT_A_CREDENTIAL.test(authName)))
    throw badRequest('hr.source_auth_name');
}
