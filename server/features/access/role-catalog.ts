import { z } from 'zod';

const RoleCode = z.string().regex(/^[a-z][A-Za-z]{1,63}$/);

const Catalog = z.object({
  roles: z
    .array(
      z.strictObject({
        code: RoleCode,
        name: z.string().min(1).max(20),
        /** May be given for one unit only. */
        scoped: z.boolean(),
        /** Is always given for one unit, never for the whole institution. */
        unitOnly: z.boolean().default(false),
        /** At most one holder per unit; in the whole institution for a role without a unit. */
        onePerScope: z.boolean().default(false),
        /** Roles (or `delegation`) that one person may not hold besides; holds in both directions (H4). */
        excludes: z.array(z.string()).default([]),
        /** Who gives it besides the creator and super administrators. */
        alsoGrantedBy: z.array(RoleCode).default([]),
        /** Only holders of one of these posts; null: anybody (S2-9b). */
        posts: z
          .array(
            z.strictObject({
              /** Names or codes. */
              units: z.array(z.string().min(1)).min(1),
              /** Empty: every title. */
              titles: z.array(z.string().min(1)).default([]),
            }),
          )
          .min(1)
          .nullable()
          .default(null),
        /** Facts that are hidden from everybody else (H5). */
        mayKnow: z.array(z.enum(['lockReason'])).default([]),
      }),
    )
    .min(1),
});

export type RoleDefinition = z.infer<typeof Catalog>['roles'][number];
/** Roles that can be given, by code. */
export type RoleCatalog = ReadonlyMap<string, RoleDefinition>;
/** A fact that only named roles learn. */
export type Secret = RoleDefinition['mayKnow'][number];

/** Words of the roles that follow from the directory. */
export const DERIVED_ROLES: Readonly<Record<string, string>> = { staff: '教职工', unitHead: '部门负责人' };

/** In `excludes`: any delegated administration. */
export const DELEGATION = 'delegation';

/** The creator and super administrators: the scope is the whole institution (S2-9c), and they give every role. */
export const GLOBAL_ROLES: readonly string[] = ['creator', 'superAdmin'];

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
  for (const role of roles) {
    const fault = faultOf(role, catalog);
    if (fault) throw new Error(`roles.json: ${role.code} ${fault}`);
  }
  return catalog;
}

function faultOf(role: RoleDefinition, catalog: RoleCatalog): string | null {
  const unknown = role.excludes.find((code) => code !== DELEGATION && !catalog.has(code));
  if (unknown !== undefined) return `excludes ${unknown}, which is no role`;
  if (role.excludes.includes(role.code)) return 'excludes itself';
  if (role.unitOnly && !role.scoped) return 'is for one unit but not scoped';
  // A granter's own role has no unit, so that what they give never reaches further than what they hold (H3).
  const granter = role.alsoGrantedBy.find((code) => catalog.get(code)?.scoped !== false);
  return granter === undefined ? null : `is given by ${granter}, which is no role of the whole institution`;
}

/** May one person not hold both? `a` and `b` are role codes or `delegation`. */
export const isExclusive = (catalog: RoleCatalog, a: string, b: string): boolean =>
  (catalog.get(a)?.excludes.includes(b) ?? false) || (catalog.get(b)?.excludes.includes(a) ?? false);

/** Rule H5: only the roles that the institution named learn this fact; everybody else reads "locked". */
export const mayKnow = (
  catalog: RoleCatalog,
  held: readonly { readonly role: string }[],
  secret: Secret,
): boolean => held.some(({ role }) => catalog.get(role)?.mayKnow.includes(secret) ?? false);
