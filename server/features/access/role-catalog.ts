import { z } from 'zod';

const Catalog = z.object({
  roles: z
    .array(
      z.object({
        code: z.string().regex(/^[a-z][A-Za-z]{1,63}$/),
        name: z.string().min(1).max(20),
        /** May be given for one unit only. */
        scoped: z.boolean(),
      }),
    )
    .min(1),
});

export type RoleDefinition = z.infer<typeof Catalog>['roles'][number];
/** Roles that can be given, by code. */
export type RoleCatalog = ReadonlyMap<string, RoleDefinition>;

/** Words of the roles that follow from the directory. */
export const DERIVED_ROLES: Readonly<Record<string, string>> = { staff: '教职工', unitHead: '部门负责人' };

/** `config/roles.json`. @throws an error that names what is wrong with the file */
export function parseRoles(json: unknown): RoleCatalog {
  const { roles } = Catalog.parse(json);
  const catalog = new Map(roles.map((role) => [role.code, role]));
  if (catalog.size !== roles.length) throw new Error('roles.json names a role twice');
  for (const derived of Object.keys(DERIVED_ROLES)) {
    if (catalog.has(derived))
      throw new Error(`roles.json: ${derived} follows from the directory and cannot be given`);
  }
  if (!catalog.has('superAdmin'))
    throw new Error('roles.json: superAdmin is missing, nobody could give roles');
  return catalog;
}
