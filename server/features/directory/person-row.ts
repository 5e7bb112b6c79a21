import { emailKeyOf } from './forms.ts';
import { romanise } from './romanise.ts';
import type { PersonRow } from './tables.ts';

type Needed = Pick<PersonRow, 'id' | 'staffNo' | 'name' | 'category' | 'userid'>;

/** Somebody new of whom nothing else is known. */
export function newPersonRow(known: Needed & Partial<PersonRow>, now: number): PersonRow {
  return {
    sourceId: null,
    ...romanise(known.name),
    establishment: null,
    status: 'working',
    statusOn: null,
    leaveReason: null,
    leftAt: null,
    state: 'active',
    lockCause: null,
    sex: null,
    idType: null,
    idNumberSealed: null,
    idNumberMasked: null,
    idNumberPrint: null,
    bornOnSealed: null,
    bornOnMasked: null,
    bornOnPrint: null,
    grade: null,
    managerId: null,
    employedOn: null,
    contractUntilOn: null,
    useridKey: known.userid.toLowerCase(),
    mobileSealed: null,
    mobileMasked: null,
    mobilePrint: null,
    email: null,
    emailKey: emailKeyOf(known.email ?? null),
    addressSealed: null,
    addressMasked: null,
    sortOrder: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...known,
  };
}
