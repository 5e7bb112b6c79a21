import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Establishment, IdPaperType, LinkedBy, NewcomerState, PersonCategory, Sex } from './contract.ts';

/**
 * Somebody a unit reported before HR knew them. Sealed as the directory seals the same values, so that prints compare;
 * blank once HR's own record has them, or when nobody came and the time is over.
 */
export interface NewcomerRow {
  /** Stands for the person in the request until HR knows them. */
  id: string;
  requestId: string;
  state: NewcomerState;
  /** Sealed, purpose `accounts.newcomerName`. */
  nameSealed: string | null;
  nameMasked: string;
  sex: Sex | null;
  idType: IdPaperType | null;
  /** Sealed, purpose `person.idNumber`. */
  idNumberSealed: string | null;
  idNumberMasked: string | null;
  idNumberPrint: string | null;
  /** Sealed, purpose `person.mobile`. */
  mobileSealed: string | null;
  mobileMasked: string | null;
  mobilePrint: string | null;
  title: string | null;
  personCategory: PersonCategory;
  establishment: Establishment | null;
  /** Whom HR's record says they are; null while nobody. */
  personId: string | null;
  linkedBy: LinkedBy | null;
  linkedAt: number | null;
  /** People HR said they are not. */
  rejected: readonly string[];
  reportedAt: number;
  endedAt: number | null;
  erasedAt: number | null;
  version: number;
}

export const NewcomerTable = new EntitySchema<NewcomerRow>({
  name: 'account_newcomer',
  tableName: 'account_newcomer',
  columns: {
    id: c.id(),
    requestId: c.ref(),
    state: c.code(16),
    nameSealed: c.nullable(c.sealed(c.code(512), 'accounts.newcomerName')),
    nameMasked: c.label(128),
    sex: c.nullable(c.code(8)),
    idType: c.nullable(c.code(24)),
    idNumberSealed: c.nullable(c.sealed(c.code(255), 'person.idNumber')),
    idNumberMasked: c.nullable(c.code(32)),
    idNumberPrint: c.nullable(c.print('person.idNumber', 'idNumberSealed')),
    mobileSealed: c.nullable(c.sealed(c.code(255), 'person.mobile')),
    mobileMasked: c.nullable(c.code(32)),
    mobilePrint: c.nullable(c.print('person.mobile', 'mobileSealed')),
    title: c.nullable(c.label(64)),
    personCategory: c.code(16),
    establishment: c.nullable(c.code(16)),
    personId: c.nullable(c.ref()),
    linkedBy: c.nullable(c.code(16)),
    linkedAt: c.nullable(c.instant()),
    rejected: c.json(),
    reportedAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    erasedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'account_newcomer_request', columns: ['requestId'], unique: true },
    { name: 'account_newcomer_state', columns: ['state', 'id'] },
    { name: 'account_newcomer_paper', columns: ['idNumberPrint'] },
    { name: 'account_newcomer_mobile', columns: ['mobilePrint'] },
    { name: 'account_newcomer_person', columns: ['personId', 'id'] },
  ],
});

export const newcomerTables = [NewcomerTable] as const;
