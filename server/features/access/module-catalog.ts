import { z } from 'zod';
import { CATEGORIES } from './category.ts';

const Catalog = z.object({
  modules: z.array(
    z.strictObject({
      key: z.string().regex(/^[a-z][A-Za-z]{1,31}$/),
      name: z.string().min(1).max(20),
      /** Whose people may see it (S2-4.4). */
      categories: z.array(z.enum(CATEGORIES)).min(1),
      /** Code of the one unit that answers for it (S2-5). */
      owner: z.string().min(1).max(32),
      jointOwners: z.array(z.string().min(1).max(32)).default([]),
    }),
  ),
});

export type ModuleDefinition = z.infer<typeof Catalog>['modules'][number];
/** The functions of the platform by key, in the order they are shown. */
export type ModuleCatalog = ReadonlyMap<string, ModuleDefinition>;

/** `config/modules.json`. @throws an error that names what is wrong with the file */
export function parseModules(json: unknown): ModuleCatalog {
  const { modules } = Catalog.parse(json);
  const catalog = new Map(modules.map((module) => [module.key, module]));
  if (catalog.size !== modules.length) throw new Error('modules.json names a module twice');
  const shared = modules.find((module) => module.jointOwners.includes(module.owner));
  if (shared) throw new Error(`modules.json: ${shared.key} names its owner as joint owner too`);
  return catalog;
}
