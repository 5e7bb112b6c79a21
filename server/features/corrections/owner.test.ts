import { describe, expect, it } from 'vitest';
import { parseModules, parseRoles } from '../access/index.ts';
import { readFileSync } from 'node:fs';
import { Field } from './contract.ts';
import { FIELDS } from './fields.ts';
import { LAST_RESORT, OWNER_OF, OWNERS, otherOwner } from './owner.ts';

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('S1-2e who owns which part of a record', () => {
  it.each([
    ['name', 'hr'],
    ['idNumber', 'hr'],
    ['bornOn', 'hr'],
    ['unit', 'hr'],
    ['title', 'hr'],
    ['category', 'hr'],
    ['address', 'hr'],
    ['other', 'hr'],
    ['mobile', 'accounts'],
    ['email', 'accounts'],
    ['userid', 'accounts'],
  ] as const)('%s belongs to %s', (field, owner) => expect(OWNER_OF[field]).toBe(owner));

  it('every field has an owner and a name of its own', () => {
    expect(Object.keys(OWNER_OF).sort()).toEqual([...Field.options].sort());
    expect(new Set(Object.values(FIELDS).map(({ label }) => label)).size).toBe(Field.options.length);
  });

  it('owners are named by roles and modules that there are, and are each other’s other', () => {
    const roles = parseRoles(json('config/roles.json'));
    const modules = parseModules(json('config/modules.json'));
    for (const { roles: codes, moduleKey } of Object.values(OWNERS)) {
      expect(modules.has(moduleKey)).toBe(true);
      expect(codes.filter((code) => !roles.has(code))).toEqual([]);
    }
    expect(LAST_RESORT.filter((code) => !roles.has(code))).toEqual([]);
    expect([otherOwner('hr'), otherOwner('accounts')]).toEqual(['accounts', 'hr']);
  });

  it('H6 what is sealed in the directory is personal here', () =>
    expect(Field.options.filter((field) => FIELDS[field].isPersonal)).toEqual([
      'idNumber',
      'bornOn',
      'address',
      'mobile',
      'email',
    ]));
});
