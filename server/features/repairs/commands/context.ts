import type { Context } from 'koa';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { FileBrief } from '../../../platform/files/index.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { Supervision } from '../../supervision/index.ts';
import { categoryOrPlain, type Category, type RepairSettings } from '../settings.ts';
import { badRequest } from '../../../kernel/errors.ts';

/** A short word to somebody, with the page it is about. `key`, unique per person and at most 64 characters, makes a repetition harmless. */
export interface RepairNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

interface Owner {
  readonly type: string;
  readonly id: string;
}

export interface RepairsContext {
  readonly db: Db;
  readonly settings: RepairSettings;
  readonly calendar: Calendar;
  readonly publicUrl: string;
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly supervision: Pick<
    Supervision,
    | 'openObligation'
    | 'closeObligations'
    | 'transferObligations'
    | 'pauseObligations'
    | 'resumeObligations'
    | 'listOfSubjects'
    | 'dueOf'
    | 'usedMs'
    | 'onReminder'
  >;
  readonly files: {
    claim(tx: Tx, fileIds: readonly string[], owner: Owner): Promise<void>;
    ownUnclaimed(reads: Reads, fileId: string, personId: string): Promise<FileBrief | null>;
    send(http: Context, fileId: string, owner: Owner): Promise<void>;
    release(tx: Tx, owner: Owner): Promise<void>;
  };
  readonly notify: (tx: Tx, note: RepairNote) => void;
  /** What waits for this reporter's word changed. */
  readonly acceptanceMoved: (tx: Tx, reporterId: string) => void;
}

/** As obligations and files name it. */
export const TICKET = 'repair_ticket';
export const kindOf = (clock: 'take' | 'resolve'): string => `repairs.${clock}`;
export const ticketPath = (ticketId: string): string => `/repairs/${ticketId}`;
export const ownerOf = (ticketId: string): Owner => ({ type: TICKET, id: ticketId });

/** One that is offered. @throws badRequest `repairs.unknown_category` */
export function categoryOf({ settings }: Pick<RepairsContext, 'settings'>, key: string): Category {
  const category = settings.categories.find((one) => one.key === key);
  if (!category) throw badRequest('repairs.unknown_category');
  return category;
}

/** For what is shown: a category that is no longer offered keeps its key as its name. */
export const categoryName = ({ settings }: Pick<RepairsContext, 'settings'>, key: string): string =>
  categoryOrPlain(settings, key).name;
