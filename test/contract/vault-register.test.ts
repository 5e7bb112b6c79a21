import type { EntitySchemaColumnOptions } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRINTED, SEALED } from '../../server/platform/db/columns.ts';
import { sealedPlaces } from '../../server/sealed-places.ts';
import { tables } from '../../server/tables.ts';
import { constantIn, serverSources } from '../support/sources.ts';
import { type Started, startApp } from '../support/start-app.ts';

const columns = tables.flatMap(({ options }) =>
  Object.entries(options.columns as Record<string, EntitySchemaColumnOptions>).map(([name, column]) => ({
    table: options.tableName ?? options.name,
    name,
    column,
  })),
);
const shown = ({ table, name }: { table: string; name: string }) => `${table}.${name}`;

/** Fingerprints of values that lie elsewhere; what another fingerprint key does to them stands in the README. */
const PRINTS_OF_OTHERS = [
  'hr_fault.valuePrint',
  'wecom_member_mirror.mobilePrint',
  'account_device.devicePrint',
];

/** Sealed with a person's own key, which the register holds (H9); a count of sealed entries. */
const NOT_BY_THE_VAULT = ['audit_personal.sealed', 'audit_verification.sealed'];

let s: Started;
beforeAll(async () => {
  s = await startApp();
});
afterAll(() => s.close());

describe('the register of sealed values', () => {
  it('holds every column that is called sealed', () => {
    const called = columns
      .filter(({ name }) => /sealed/i.test(name))
      .filter((column) => !NOT_BY_THE_VAULT.includes(shown(column)));
    expect(called.length).toBeGreaterThan(7);
    expect(called.filter(({ column }) => !(SEALED in column)).map(shown)).toEqual([]);
    expect(sealedPlaces.columns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      called.map(shown).sort(),
    );
  });

  it('knows of every fingerprint which value it is of', () => {
    const prints = columns.filter(({ name }) => name.endsWith('Print'));
    const marked = prints.filter(({ column }) => PRINTED in column).map(shown);
    expect([...marked, ...PRINTS_OF_OTHERS].sort()).toEqual(prints.map(shown).sort());
    const found = sealedPlaces.columns.flatMap(({ table, print }) =>
      print ? [`${table}.${print.column}`] : [],
    );
    expect(found.sort()).toEqual(marked.sort());
  });

  it('holds every purpose the code seals for', () => {
    const sources = serverSources();
    const known = new Set<string>(
      [...sealedPlaces.columns, ...sealedPlaces.files].map(({ purpose }) => purpose),
    );
    const sealing = sources
      .filter(({ path }) => !path.startsWith('server/platform/vault/'))
      .flatMap((source) =>
        [...source.text.matchAll(/vault\.seal\((\w+),/g)].map(
          ([, name = '']) => constantIn(sources, source, name) ?? `${source.path}: ${name}`,
        ),
      );
    expect(sealing.length).toBeGreaterThan(4);
    expect(sealing.filter((purpose) => !known.has(purpose))).toEqual([]);
  });

  it('holds every column in which the running product has a sealed value', async () => {
    const texts = columns.filter(({ column }) => column.type === 'varchar' || column.type === 'mediumtext');
    const holding: string[] = [];
    for (const { table, name } of texts) {
      const rows = await s.app.db.read((reads) =>
        reads.em.query<unknown[]>(
          `select 1 from ${table} where ${escaped(name)} like 'v1.________.%' limit 1`,
        ),
      );
      if (rows.length > 0) holding.push(`${table}.${name}`);
    }
    const known = new Set(sealedPlaces.columns.map(({ table, column }) => `${table}.${column}`));
    expect(holding).toContain('person.mobileSealed');
    expect(holding.filter((place) => !known.has(place))).toEqual([]);
  });
});

const escaped = (name: string) => s.app.source.driver.escape(name);
