import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseModules } from '../../server/features/access/index.ts';
import { DEMO_UNITS } from '../../scripts/demo/units.ts';

const modules = parseModules(JSON.parse(readFileSync('config/modules.json', 'utf8')));

it('S2-5 modules.json names one unit that answers for each module, a unit of the demo college', () => {
  const codes = new Set(DEMO_UNITS.map((unit) => unit.code));
  for (const module of modules.values())
    for (const code of [module.owner, ...module.jointOwners]) expect(codes, module.key).toContain(code);
  expect(modules.size).toBeGreaterThan(15);
});
