/** One template as the designer shows it: the draft, or what is in force, with what is wrong and what may be done. */
import type { PersonActor } from '../../../../kernel/actor.ts';
import { notFound } from '../../../../kernel/errors.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import { TemplateTable } from '../../tables.ts';
import type { Template } from '../../template/template.ts';
import { checkDraft, errorsOf } from '../check-draft.ts';
import { namesOf, runningOf, surroundings, type DesignContext } from '../context.ts';
import type { DesignAnswer, DraftState } from '../contract.ts';
import { draftOf } from '../draft-store.ts';
import { DraftContent } from '../draft.ts';
import { designScope, mayChangeAll, maySeeDesign } from '../scope.ts';
import { stateOf } from '../states.ts';
import { stepWords } from '../step-words.ts';
import type { DraftRow } from '../tables.ts';

/** Versions shown; older ones stay in the database. */
const MOST_VERSIONS = 50;

export async function readDesign(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  key: string,
): Promise<DesignAnswer> {
  const scope = await designScope(reads, actor);
  const [running, draft, state] = await Promise.all([
    runningOf(ctx, reads, key),
    draftOf(reads, key),
    stateOf(reads, key),
  ]);
  const shown = draft?.content ?? (running && DraftContent.parse(running));
  const sides = [running, draft?.content].filter((one) => one !== undefined && one !== null);
  if (!shown || !sides.some((one) => maySeeDesign(scope, one)))
    throw notFound('approvals.template_unknown', { key });
  const names = await namesOf(ctx, reads);
  const judged = draft ? await draftState(ctx, reads, draft) : null;
  const change = mayChangeAll(scope, sides);
  const isRetired = state?.state === 'retired';
  const waitsFor = draft && needsSecond(draft, running) ? waiting(draft, actor) : '';
  return {
    templateKey: key,
    state: running === null ? 'draft' : isRetired ? 'retired' : 'inForce',
    version: running?.version ?? null,
    running: (await runningCounts(reads)).get(key) ?? 0,
    fileOffered: Boolean(state?.fileOffer),
    retiredWords: isRetired ? state.reason : '',
    content: shown,
    draft: judged,
    steps: judged?.steps ?? stepWords(shown, names),
    versions: await versionsOf(ctx, reads, key),
    people: Object.fromEntries(namedIn(shown).map((id) => [id, names.person(id)])),
    can: {
      change,
      publish: change && judged !== null && judged.errors === 0 && waitsFor === '',
      waitsFor,
      retire: change && running !== null && !isRetired,
      restore: change && isRetired,
    },
  };
}

/** Templates marked sensitive (R46) are published by somebody who changed nothing in the draft. */
export const needsSecond = (draft: Pick<DraftRow, 'content'>, running: Template | null): boolean =>
  draft.content['sensitive'] === true || running?.sensitive === true;

function waiting(draft: DraftRow, { personId }: PersonActor): 'review' | 'second' | '' {
  if (draft.reviewAskedAt === null) return 'review';
  return draft.changers.includes(personId) ? 'second' : '';
}

export async function draftState(ctx: DesignContext, reads: Reads, row: DraftRow): Promise<DraftState> {
  const { issues } = checkDraft(row.content, await surroundings(ctx, reads, row.id, row.basedOn));
  const org = await ctx.orgOf(reads);
  return {
    version: row.version,
    basedOn: row.basedOn,
    changed: { at: row.changedAt, by: org.person(row.changedBy)?.name ?? '系统' },
    inReview: row.reviewAskedAt !== null,
    errors: errorsOf(issues),
    issues: issues.map((issue) => ({ ...issue, at: { ...issue.at } })),
    steps: stepWords(row.content, await namesOf(ctx, reads)),
  };
}

/** How many requests are under way, by template. */
export async function runningCounts(reads: Reads): Promise<ReadonlyMap<string, number>> {
  const rows = await reads.em.query<{ templateKey: string; n: number | string }[]>(
    'select templateKey, count(*) as n from approval_instance where finishedAt is null group by templateKey',
  );
  return new Map(rows.map(({ templateKey, n }) => [templateKey, Number(n)]));
}

async function versionsOf(ctx: DesignContext, reads: Reads, key: string): Promise<DesignAnswer['versions']> {
  const rows = await reads.em.getRepository(TemplateTable).find({
    select: { id: true, templateVersion: true, publishedAt: true, publishedBy: true },
    where: { templateKey: key },
    order: { templateVersion: 'DESC' },
    take: MOST_VERSIONS,
  });
  const org = await ctx.orgOf(reads);
  return rows.map(({ templateVersion, publishedAt, publishedBy }) => ({
    version: templateVersion,
    published: { at: publishedAt, by: org.person(publishedBy)?.name ?? '系统' },
  }));
}

/** Ids under `personIds`, wherever a draft has them. */
function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namedIn);
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    name === 'personIds' && Array.isArray(part)
      ? part.filter((id): id is string => typeof id === 'string')
      : namedIn(part),
  );
}
