/** What a draft would do, before it does: differences, everybody's walk, one person's path, the file. */
import type { PersonActor } from '../../../../kernel/actor.ts';
import { dateOf } from '../../../../kernel/dates.ts';
import { notFound, refused } from '../../../../kernel/errors.ts';
import type { Reads } from '../../../../platform/db/unit-of-work.ts';
import { askChoices } from '../../form/choice.ts';
import type { FormValues } from '../../contract.ts';
import { readShape } from '../../check/template.ts';
import type { DryRunAnswer } from '../../dry-run/contract.ts';
import { dryRunAnswer, offeredTo } from '../../dry-run/queries.ts';
import { dryRun } from '../../dry-run/walk.ts';
import { forecast } from '../../views/forecast.ts';
import type { Template } from '../../template/template.ts';
import { namesOf, runningOf, type DesignContext } from '../context.ts';
import type { DifferenceAnswer, DifferenceSource, PreviewAnswer } from '../contract.ts';
import { differences } from '../difference.ts';
import { draftOf, loadDraft } from '../draft-store.ts';
import { designScope, maySeeDesign } from '../scope.ts';
import { stateOf } from '../states.ts';
import { yamlOf } from '../yaml.ts';

export async function readDifference(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  key: string,
  { from, to }: { readonly from: DifferenceSource; readonly to: DifferenceSource },
): Promise<DifferenceAnswer> {
  await mustSee(ctx, reads, actor, key);
  const [before, after] = [await side(ctx, reads, key, from), await side(ctx, reads, key, to)];
  return { rows: differences(before, after, await namesOf(ctx, reads)) };
}

export async function dryRunOfDraft(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  key: string,
): Promise<DryRunAnswer> {
  await mustSee(ctx, reads, actor, key);
  const template = await side(ctx, reads, key, 'draft');
  const org = await ctx.orgOf(reads);
  return dryRunAnswer(template, dryRun(template, org, undefined, await offeredTo(ctx, reads, template)));
}

/** As this person from their main post. Their balances and other requests are nobody's business here. */
export async function previewDraft(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  key: string,
  { personId, form }: { readonly personId: string; readonly form: FormValues },
): Promise<PreviewAnswer> {
  await mustSee(ctx, reads, actor, key);
  const draft = await draftOf(reads, key);
  const template = draft ? shaped(draft.content) : await side(ctx, reads, key, null);
  const org = await ctx.orgOf(reads);
  const [post] = org.assignmentsOf(personId);
  const choices = await askChoices(ctx.choices, reads, template, '');
  const { answer } = forecast(
    template,
    { personId, assignmentId: post?.assignmentId ?? '', form, chosen: {} },
    { org, calendar: ctx.calendar(), today: dateOf(reads.now), absences: [], balances: {}, choices },
  );
  return {
    personName: org.person(personId)?.name ?? '',
    unitName: post ? (org.departmentOf(post.unitId)?.name ?? '') : '',
    forecast: answer,
    choices: Object.fromEntries(
      Object.entries(choices).map(([field, options]) => [
        field,
        options.map(({ value, label }) => ({ value, label })),
      ]),
    ),
  };
}

/** The file of a version, or of the draft. @returns name and text */
export async function exportYaml(
  ctx: DesignContext,
  reads: Reads,
  actor: PersonActor,
  key: string,
  version: number | undefined,
): Promise<{ name: string; text: string }> {
  await mustSee(ctx, reads, actor, key);
  const template = await side(ctx, reads, key, version ?? 'draft');
  return { name: `${key}-${String(template.version)}.yaml`, text: yamlOf(template) };
}

async function mustSee(ctx: DesignContext, reads: Reads, actor: PersonActor, key: string): Promise<void> {
  const scope = await designScope(reads, actor);
  const sides = [await runningOf(ctx, reads, key), (await draftOf(reads, key))?.content ?? null];
  if (!sides.some((one) => one !== null && maySeeDesign(scope, one)))
    throw notFound('approvals.template_unknown', { key });
}

/** null: what is in force. */
async function side(
  ctx: DesignContext,
  reads: Reads,
  key: string,
  which: DifferenceSource | null,
): Promise<Template> {
  if (which === 'draft') return shaped((await loadDraft(reads, key)).content);
  if (which === null) return ctx.templates.latest(reads, key);
  if (which !== 'file') return ctx.templates.version(reads, key, which);
  const file = (await stateOf(reads, key))?.fileOffer;
  if (!file) throw notFound('approvals.no_file_offered');
  return file;
}

/** @throws refused `approvals.draft_has_faults`: half a template goes nowhere */
function shaped(content: unknown): Template {
  const shape = readShape(content);
  if ('issues' in shape) throw refused('approvals.draft_has_faults', { count: shape.issues.length });
  return shape.template;
}
