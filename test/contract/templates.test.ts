import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRoles } from '../../server/features/access/index.ts';
import { loadTemplateFiles } from '../../server/features/approvals/index.ts';
import { checkTemplate } from '../../server/features/approvals/check/template.ts';

const FOLDER = 'config/templates';
const roles = [...parseRoles(JSON.parse(readFileSync('config/roles.json', 'utf8'))).keys()];
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

describe('shipped templates', () => {
  it.each(files)('%s passes the checker, with the roles that are shipped', (name) => {
    const source: unknown = parse(readFileSync(`${FOLDER}/${name}`, 'utf8'));
    expect(checkTemplate(source, { roles }).faults).toEqual([]);
  });

  it('have keys and number prefixes of their own', async () => {
    const templates = await loadTemplateFiles(FOLDER, { roles });
    expect(templates.length).toBe(files.length);
    for (const one of ['key', 'numberPrefix'] as const)
      expect(new Set(templates.map((template) => template[one])).size).toBe(templates.length);
  });

  it('the checker does look at the roles', () => {
    const source: unknown = parse(readFileSync(`${FOLDER}/leave.yaml`, 'utf8'));
    const faults = checkTemplate(source, { roles: roles.filter((role) => role !== 'hrHead') }).faults;
    expect(faults.join()).toContain('hrHead');
  });

  it('a folder with a faulty one does not load, and every fault is told with its file', async () => {
    await expect(loadTemplateFiles(FOLDER, { roles: [] })).rejects.toThrow(/leave\.yaml: .*hrHead/);
  });
});
