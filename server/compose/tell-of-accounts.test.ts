import { expect, it } from 'vitest';
import type { Tx } from '../platform/db/unit-of-work.ts';
import { tellOfAccounts } from './tell-of-accounts.ts';

it('a word of the accounts room is kept under its own kind, named once', () => {
  const rows: object[] = [];
  const tx = {
    now: 0,
    signal: () => undefined,
    append: (_table: unknown, row: object) => void rows.push(row),
  } as unknown as Tx;
  const tell = tellOfAccounts('https://oa.example.edu.cn');
  for (const key of ['accounts.returned:r1:1', 'accounts.letter:l1'])
    tell(tx, { key, personId: 'p1', words: '请看', path: '/accounts/requests/r1' });
  expect(rows.filter((row) => 'ref' in row)).toMatchObject([
    { kind: 'accounts.returned', ref: 'accounts.returned:r1:1', personId: 'p1' },
    { kind: 'accounts.letter', ref: 'accounts.letter:l1', personId: 'p1' },
  ]);
});
