import { dateOf } from '../../../kernel/dates.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import { jsonInText } from '../../../platform/db/columns.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { describeDue } from '../../supervision/index.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import { formVersion } from '../engine/form-edits.ts';
import { factsOf } from '../views/facts.ts';
import { hiddenFrom, readable } from '../field-rights.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';
import type { Template } from '../template/template.ts';
import { type BatchAnswer, type BatchItem, MAX_BATCH } from './contract.ts';
import { aloneWords } from './may-batch.ts';
import { type Figure, outliersOf } from './outliers.ts';

interface Row {
  readonly id: string;
  readonly state: unknown;
  readonly dueAt: number | string | null;
  readonly provisional: number | boolean;
}

interface Mine {
  readonly state: InstanceState;
  readonly task: TaskState;
  /** As far as I may read it. */
  readonly template: Template;
  readonly due: { readonly dueAt: number | null; readonly provisional: boolean };
}

const MAX_FACTS = 3;

/** My decisions, the most urgent first, in groups of one kind. Opinions asked for and what was sent back are elsewhere. */
export async function listBatch(ctx: ApprovalsContext, reads: Reads, personId: string): Promise<BatchAnswer> {
  const rows = await reads.em.query<Row[]>(
    `select t.id, i.state, t.dueAt, t.provisional from approval_task t join approval_instance i on i.id = t.instanceId
     where t.personId = ? and t.status = 'pending' and t.stepId <> t.id and t.stepId <> t.instanceId
     order by t.sortAt, t.id limit ${MAX_BATCH + 1}`,
    [personId],
  );
  const mine = await mineOf(ctx, reads, rows.slice(0, MAX_BATCH));
  const outliers = outliersOf(
    mine.map(({ task, template, state }) => ({
      taskId: task.taskId,
      kind: template.key,
      figures: figuresOf(template, state),
    })),
  );
  const org = await ctx.orgOf(reads);
  const personName = (id: string): string | null => org.person(id)?.name ?? null;
  const item = (one: Mine) => itemOf(ctx, reads.now, one, outliers.get(one.task.taskId) ?? null, personName);
  return {
    groups: [...groupBy(mine, ({ template }) => template.key)].map(([templateKey, members]) => ({
      templateKey,
      title: members[0]?.template.title ?? '',
      icon: members[0]?.template.icon ?? 'doc',
      hue: members[0]?.template.hue ?? 'blue',
      items: members.map(item),
    })),
    more: rows.length > MAX_BATCH,
  };
}

async function mineOf(ctx: ApprovalsContext, reads: Reads, rows: readonly Row[]): Promise<Mine[]> {
  const mine: Mine[] = [];
  for (const row of rows) {
    const state = jsonInText.from(row.state) as InstanceState;
    const task = state.tasks.find(({ taskId }) => taskId === row.id);
    if (!task) continue;
    const whole = await ctx.templates.version(reads, state.templateKey, state.templateVersion);
    const { personId } = task.person;
    const template = readable(whole, hiddenFrom(whole, state, { personId, roles: [] }));
    const dueAt = row.dueAt === null ? null : Number(row.dueAt);
    mine.push({ state, task, template, due: { dueAt, provisional: Boolean(row.provisional) } });
  }
  return mine;
}

function itemOf(
  ctx: ApprovalsContext,
  now: number,
  { state, task, template, due }: Mine,
  outlier: string | null,
  personName: (personId: string) => string | null,
): BatchItem {
  const sources = { today: dateOf(now), personName, file: () => null };
  return {
    taskId: task.taskId,
    instanceId: state.instanceId,
    formVersion: formVersion(state),
    title: state.title,
    who: state.applicant.name,
    unitName: state.applicant.unitName,
    due: describeDue(due, now, ctx.calendar()),
    forWords: task.onBehalfOf === undefined ? '' : `代 ${task.onBehalfOf.name}`,
    facts: factsOf(template, state.form, state.values, sources)
      .filter(({ kind, value }) => kind === 'text' && value !== '')
      .slice(0, MAX_FACTS)
      .map(({ label, value }) => ({ label, value })),
    outlier,
    alone: aloneWords(template, state, task),
  };
}

/** Numbers of the form, and those computed from it: days, hours, money. */
function figuresOf({ fields, computed }: Template, { values }: InstanceState): Figure[] {
  const numbers = fields.filter(({ type }) => ['number', 'money', 'dateRange', 'formula'].includes(type));
  return [...numbers, ...computed].flatMap(({ key, label }) => {
    const value = values[key];
    return typeof value === 'number' ? [{ label, value }] : [];
  });
}
