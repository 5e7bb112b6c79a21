/** Who owns which part of a record (S1-2e: a correction goes to the owning department). Pure. */
import type { Field, Owner } from './contract.ts';

export interface OwnerFacts {
  readonly name: string;
  /** Module of config/modules.json: whoever manages it for the person's unit and category answers (H1). */
  readonly moduleKey: string;
  /** Asked first, in this order; those of `LAST_RESORT` when nobody holds one. */
  readonly roles: readonly string[];
}

export const OWNERS: Readonly<Record<Owner, OwnerFacts>> = {
  hr: { name: '人事处', moduleKey: 'directory', roles: ['hrMaintainer'] },
  accounts: { name: '信息办', moduleKey: 'accounts', roles: ['systemAdmin'] },
};

/** They may do everything, so nothing is left lying. */
export const LAST_RESORT: readonly string[] = ['superAdmin', 'creator'];

/** What HR states of a person is HR's; what one signs in with belongs to those who administer accounts. */
export const OWNER_OF: Readonly<Record<Field, Owner>> = {
  name: 'hr',
  staffNo: 'hr',
  sex: 'hr',
  idType: 'hr',
  idNumber: 'hr',
  bornOn: 'hr',
  address: 'hr',
  unit: 'hr',
  title: 'hr',
  manager: 'hr',
  category: 'hr',
  establishment: 'hr',
  grade: 'hr',
  employedOn: 'hr',
  contractUntilOn: 'hr',
  status: 'hr',
  mobile: 'accounts',
  email: 'accounts',
  userid: 'accounts',
  other: 'hr',
};

export const otherOwner = (owner: Owner): Owner => (owner === 'hr' ? 'accounts' : 'hr');
