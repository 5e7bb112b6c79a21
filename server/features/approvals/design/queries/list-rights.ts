/** Who may design what, by which request. */
import type { PersonActor } from '../../../../kernel/actor.ts';
import { forbidden } from '../../../../kernel/errors.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { DesignContext } from '../context.ts';
import type { RightsAnswer } from '../contract.ts';
import { designScope } from '../scope.ts';
import type { DesignRightRow } from '../tables.ts';

const PAGE = 50;

/** @throws forbidden `approvals.not_designer`; a manager does not see who else manages */
export async function listRights(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  after = '',
): Promise<RightsAnswer> {
  if ((await designScope(reads, actor)).sees !== 'all') throw forbidden('approvals.not_designer');
  const rows = await reads.em.query<DesignRightRow[]>(
    'select * from approval_design_right where endedAt is null and id > ? order by id limit ?',
    [after, PAGE + 1],
  );
  const org = await ctx.orgOf(reads);
  const titles = new Map((await ctx.templates.all(reads)).map(({ key, title }) => [key, title]));
  const managers = new Set(org.roleHolders('moduleManager', null).map(({ personId }) => personId));
  const page = rows.slice(0, PAGE);
  return {
    items: page.map((row) => ({
      rightId: row.id,
      personId: row.personId,
      name: org.person(row.personId)?.name ?? '已离开的人',
      scope: { kind: row.scopeKind, value: row.scopeValue },
      scopeWords:
        row.scopeKind === 'group'
          ? `${row.scopeValue}（整组）`
          : (titles.get(row.scopeValue) ?? row.scopeValue),
      requestNumber: row.requestNumber,
      granted: { at: Number(row.grantedAt), by: org.person(row.grantedBy)?.name ?? '' },
      rests: !managers.has(row.personId),
    })),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
