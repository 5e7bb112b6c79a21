import type { Context } from 'koa';
import type { Calendar } from '../../kernel/workdays.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { Text } from './text.ts';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface Note {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

export interface UndertakingsContext {
  readonly db: Db;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly supervision: Pick<
    Supervision,
    'openObligation' | 'closeObligations' | 'listOfSubjects' | 'dueOf' | 'onReminder'
  >;
  readonly calendar: Pick<Calendar, 'isWorkday'>;
  /** Random id of the session behind a request. */
  readonly sessionOf: (http: Context) => string | null;
  readonly notify: (tx: Tx, note: Note) => void;
}

/** With the texts in force, kept in memory: they change only with a start. */
export interface RoomContext extends UndertakingsContext {
  readonly texts: () => readonly Text[];
}
