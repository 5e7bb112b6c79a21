import { expect, it } from 'vitest';
import { among, idList } from './among.ts';

it('binds a few, writes many out, and nobody is among none', () => {
  expect(among('u.id', [])).toEqual({ sql: '1 = 0', params: [] });
  expect(among('u.id', ['a', 'b'])).toEqual({ sql: 'u.id in (?, ?)', params: ['a', 'b'] });
  const many = Array.from({ length: 501 }, (_, n) => `u${n}`);
  const { sql, params } = among('u.id', many);
  expect(params).toEqual([]);
  expect(sql.startsWith(`u.id in ('u0', 'u1', `)).toBe(true);
});

it.each([`x' or '1' = '1`, 'a b', '', '部门', 'a\\', 'x'.repeat(65)])(
  'never writes out what is no id: %s',
  (id) => {
    expect(() => idList(['a', id])).toThrow();
    expect(() => among('u.id', [...Array.from({ length: 500 }, (_, n) => `u${n}`), id])).toThrow();
  },
);
