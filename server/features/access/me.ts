import type { Reads } from '../../platform/db/unit-of-work.ts';
import { notFound } from '../../kernel/errors.ts';
import { categoryName, type Directory } from '../directory/index.ts';
import type { Me, Post } from './contract.ts';
import { DERIVED_ROLES, type RoleCatalog } from './role-catalog.ts';
import { managesPeople, seesPeople } from './people/visible.ts';
import type { OrgWithRoles } from './rights.ts';

export interface Site {
  readonly appName: string;
  readonly sandbox: boolean;
}

/** Whether a room opens its area of the console to this person, whatever roles they hold. */
export type OpensArea = (reads: Reads, personId: string) => Promise<boolean>;

async function areasFor(
  areas: ReadonlyMap<string, OpensArea>,
  reads: Reads,
  personId: string,
): Promise<string[]> {
  const open: string[] = [];
  for (const [area, opens] of areas) if (await opens(reads, personId)) open.push(area);
  return open;
}

/** Everything the first page needs to know about the person, in one answer. */
export function createMeQuery(
  directory: Directory,
  catalog: RoleCatalog,
  site: Site,
  areas: ReadonlyMap<string, OpensArea>,
) {
  return async (reads: Reads, org: OrgWithRoles, personId: string, csrfToken: string): Promise<Me> => {
    const person = org.person(personId);
    const brief = org.briefOf(personId);
    const card = await directory.contactCard(reads, personId);
    if (!person || !brief || !card) throw notFound('access.unknown_person');
    return {
      person: {
        ...brief,
        staffNo: person.staffNo,
        mobileMasked: card.mobileMasked,
        category: person.category,
        categoryName: categoryName(person.category, person.establishment),
      },
      posts: postsOf(org, personId),
      roles: org.rolesOf(personId).map(({ role, scopeUnitId }) => ({
        role,
        roleName: catalog.get(role)?.name ?? DERIVED_ROLES[role] ?? role,
        scopeUnitName: scopeUnitId === null ? null : (org.unit(scopeUnitId)?.name ?? null),
      })),
      can: {
        seePeople: seesPeople(org.scopeOf(personId)),
        managePeople: managesPeople(org.scopeOf(personId)),
        areas: await areasFor(areas, reads, personId),
      },
      csrfToken,
      institution: org.root()?.name ?? '',
      now: reads.now,
      ...site,
    };
  };
}

export function postsOf(org: OrgWithRoles, personId: string): Post[] {
  return org.assignmentsOf(personId).map((post) => ({
    assignmentId: post.assignmentId,
    unitId: post.unitId,
    unitName: org.unit(post.unitId)?.name ?? '',
    unitPath: org
      .pathOf(post.unitId)
      .map((unit) => unit.name)
      .join(' / '),
    title: post.title,
    kind: post.kind,
    isHead: post.isHead,
    since: post.since,
  }));
}
