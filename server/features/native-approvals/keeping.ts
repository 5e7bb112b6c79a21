import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';
import type { NativeContext } from './context.ts';

const A_YEAR = 366;

/** Forms go with who held them and who took part; an import says only days and counts. */
export const nativeKeepings = ({ db }: Pick<NativeContext, 'db'>): Keeping[] => [
  deleteRows(db, {
    kind: 'native.cases',
    atLeastDays: A_YEAR,
    table: 'native_case',
    since: 'endedAt',
    where: 'endedAt is not null',
    parts: [
      { table: 'native_holding', column: 'caseId' },
      { table: 'native_part', column: 'caseId' },
    ],
  }),
  deleteRows(db, {
    kind: 'native.imports',
    atLeastDays: A_YEAR,
    table: 'native_import',
    since: 'endedAt',
    where: 'endedAt is not null',
    parts: [{ table: 'native_window', column: 'importId' }],
  }),
];
