/** Templates one may see, and what a designer chooses from. */
import type { PersonActor } from '../../../../kernel/actor.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import type { DesignContext } from '../context.ts';
import type { AroundAnswer, DesignListAnswer } from '../contract.ts';
import { designScope, isGlobal, maySeeDesign, mayChangeDesign } from '../scope.ts';
import { DesignRightTable, DraftTable, TemplateStateTable } from '../tables.ts';
import { runningCounts } from './read-design.ts';

const PAGE = 50;
const MOST_UNITS = 2_000;

export async function listDesigns(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  after = '',
): Promise<DesignListAnswer> {
  const scope = await designScope(reads, actor);
  const org = await ctx.orgOf(reads);
  const [all, drafts, states, rights, running] = await Promise.all([
    ctx.templates.all(reads),
    reads.em.getRepository(DraftTable).find(),
    reads.em.getRepository(TemplateStateTable).find(),
    reads.em.getRepository(DesignRightTable).find(),
    runningCounts(reads),
  ]);
  const inForce = new Map(all.map((one) => [one.key, one]));
  const open = new Map(drafts.map((one) => [one.id, one]));
  const keys = [...new Set([...inForce.keys(), ...open.keys()])].sort();
  const seen = keys.filter((key) =>
    [inForce.get(key), open.get(key)?.content].some((one) => one !== undefined && maySeeDesign(scope, one)),
  );
  const page = seen.filter((key) => key > after).slice(0, PAGE);
  const managersOf = (key: string, group: string): string[] =>
    rights
      .filter((one) => one.endedAt === null && one.scopeValue === (one.scopeKind === 'group' ? group : key))
      .map(({ personId }) => org.person(personId)?.name ?? '')
      .filter((name) => name !== '');
  return {
    items: page.map((key) => {
      const template = inForce.get(key);
      const draft = open.get(key);
      const state = states.find(({ id }) => id === key);
      const head = template ?? draft?.content ?? { title: '', group: '' };
      return {
        templateKey: key,
        title: head.title,
        group: head.group,
        state: template === undefined ? 'draft' : (state?.state ?? 'inForce'),
        version: template?.version ?? null,
        draft: draft
          ? {
              changed: { at: draft.changedAt, by: org.person(draft.changedBy)?.name ?? '系统' },
              inReview: draft.reviewAskedAt !== null,
            }
          : null,
        running: running.get(key) ?? 0,
        managers: [...new Set(managersOf(key, head.group))],
        fileOffered: Boolean(state?.fileOffer),
      };
    }),
    next: (page.at(-1) ?? '') < (seen.at(-1) ?? '') ? (page.at(-1) ?? null) : null,
    can: {
      create: scope.changes === 'all' || (scope.changes === 'own' && scope.groups.size > 0),
      grant: isGlobal(actor),
      change: scope.changes !== 'none',
    },
  };
}

export async function readAround(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
): Promise<AroundAnswer> {
  const scope = await designScope(reads, actor);
  const org = await ctx.orgOf(reads);
  const all = await ctx.templates.all(reads);
  const groups = new Set([...all.map(({ group }) => group), ...scope.groups]);
  return {
    roles: [...ctx.roles].map(([code, { name }]) => ({ code, name })),
    units: org
      .units()
      .flatMap(({ code, name }) => (code ? [{ code, name: name ?? code }] : []))
      .slice(0, MOST_UNITS),
    sources: [...ctx.choices.keys()],
    templates: all.map(({ key, title }) => ({ key, title })),
    groups: [...groups].filter((group) => mayChangeDesign(scope, { key: '', group })).sort(),
  };
}
