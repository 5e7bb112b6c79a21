import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf, DAY_MS } from '../../../kernel/dates.ts';
import { conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { ForecastAnswer, ForecastRequest, SubmitAnswer, SubmitRequest } from '../contract.ts';
import { askChoices } from '../choice.ts';
import { decide } from '../engine/decide.ts';
import { forecast, type Forecast, mustBeSubmittable } from '../forecast.ts';
import { rangeOf, valueOf } from '../form-fields.ts';
import { holderOf } from '../describe.ts';
import type { Absence } from '../leave-days.ts';
import type { InstanceState } from '../model.ts';
import type { Org } from '../org.ts';
import { insertInstance, lockApplicant, nextNumber } from '../store.ts';
import { InstanceTable } from '../tables.ts';
import { takenRange } from '../taken-days.ts';
import type { Template } from '../template.ts';
import { dueWords, dueWordsOf } from '../due-words.ts';
import { consequences } from './consequences.ts';
import type { ApprovalsContext } from './deps.ts';
import { byOf } from './perform.ts';

/** What would happen, without doing it: days, rules, path (R24: a forecast, not a promise). */
export async function forecastRequest(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  request: ForecastRequest,
): Promise<ForecastAnswer> {
  const template = await ctx.templates.version(reads, request.templateKey, request.version);
  return (await foretell(ctx, reads, actor, template, request, await ctx.orgOf(reads))).answer;
}

/** Make a request. The same `clientKey` again answers the request it made. */
export async function submitRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  request: SubmitRequest,
): Promise<SubmitAnswer> {
  const latest = await ctx.db.read((reads) => ctx.templates.latest(reads, request.templateKey));
  try {
    if (latest.version !== request.version) throw conflict('approvals.template_changed');
    const number = await nextNumber(ctx.db, latest.numberPrefix, dateOf(ctx.clock.now()).slice(0, 4));
    const instanceId = newId();
    return await ctx.db.write(actor, (tx) =>
      submit(ctx, tx, actor, latest, { ...request, instanceId, number }),
    );
  } catch (error) {
    // Whatever was wrong with it (these days are taken, the template has changed): the same form made a request before.
    const made = await ctx.db.read((reads) => answerOfTwin(reads, actor.personId, request.clientKey));
    if (made) return made;
    throw error;
  }
}

async function submit(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  template: Template,
  request: SubmitRequest & { readonly instanceId: string; readonly number: string },
): Promise<SubmitAnswer> {
  if (exclusiveRange(template)) await lockApplicant(tx, actor.personId);
  const org = await ctx.orgOf(tx);
  const foretold = await foretell(ctx, tx, actor, template, request, org);
  mustBeSubmittable(template, foretold);
  await mustOwnFiles(ctx, tx, actor, fileIdsOf(template, request));
  const decision = decide(
    null,
    {
      type: 'submit',
      by: byOf(actor),
      instanceId: request.instanceId,
      number: request.number,
      assignmentId: request.assignmentId,
      title: foretold.checked.title,
      form: request.form,
      values: foretold.checked.values,
      chosen: request.chosen ?? {},
      forecast: foretold.steps,
    },
    { now: tx.now, newId, template, org, agentOf: await ctx.agentsOf(tx, template.key) },
  );
  insertInstance(tx, request.clientKey, startOf(template, request), decision);
  await ctx.files.attach(tx, fileIdsOf(template, request), request.instanceId);
  const dues = await consequences(ctx, tx, { before: null, decision, template, org, action: 'submit' });
  return answerOf(
    decision.state,
    dueWords(
      dues.map(({ dueAt }) => dueAt),
      tx.now,
    ),
  );
}

export async function foretell(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  template: Template,
  request: Pick<ForecastRequest, 'assignmentId' | 'form' | 'chosen' | 'instanceId'>,
  org: Org,
): Promise<Forecast> {
  return forecast(
    template,
    {
      personId: actor.personId,
      assignmentId: request.assignmentId,
      form: request.form,
      chosen: request.chosen ?? {},
    },
    {
      org,
      calendar: ctx.calendar(),
      today: dateOf(reads.now),
      absences: await absencesOf(ctx, reads, template, actor.personId, request.instanceId),
      balances: await ctx.leaves().balancesOf(reads, actor.personId, request.instanceId),
      choices: await askChoices(ctx.choices, reads, template, actor.personId),
    },
  );
}

/** An attachment is a file this person uploaded and nothing has taken yet. */
export async function mustOwnFiles(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  fileIds: readonly string[],
) {
  for (const fileId of fileIds) {
    if ((await ctx.files.brief(tx, fileId, actor.personId)) === null) throw refused('approvals.file_gone');
  }
}

/** The first day the request is about, from its first range or date. */
export function startOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string | null {
  for (const field of template.fields) {
    const value = valueOf(form, field.key);
    if (field.type === 'halfDayRange') return rangeOf(value)?.from ?? null;
    if (field.type === 'date' && typeof value === 'string') return value;
  }
  return null;
}

export function fileIdsOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string[] {
  return template.fields
    .filter((field) => field.type === 'attachment')
    .flatMap((field) => {
      const value = valueOf(form, field.key);
      return Array.isArray(value) ? value : [];
    });
}

/** Leave is asked for at most a year ahead. */
const ABSENCES_SINCE_MS = 400 * DAY_MS;
const MAX_ABSENCES = 200;

export const exclusiveRange = (template: Template) =>
  template.fields.find((field) => field.type === 'halfDayRange' && field.exclusive);

/** The applicant's other requests of templates with an exclusive range: running, approved, or taken in part (R39). */
async function absencesOf(
  ctx: ApprovalsContext,
  reads: Reads,
  template: Template,
  personId: string,
  itself: string | undefined,
): Promise<Absence[]> {
  const field = exclusiveRange(template);
  if (!field) return [];
  const rows = await reads.em.query<{ id: string; title: string; state: string }[]>(
    `select id, title, state from approval_instance
     where applicantId = ? and submittedAt > ? and templateKey = ? and status in ('running', 'approved', 'revoked')
     order by submittedAt desc limit ${MAX_ABSENCES}`,
    [personId, reads.now - ABSENCES_SINCE_MS, template.key],
  );
  const taken = await ctx.leaves().takenOtherwise(
    reads,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, title, state }) => {
    if (id === itself) return [];
    const known = JSON.parse(state) as InstanceState;
    const asked = taken.has(id) ? (taken.get(id) ?? null) : rangeOf(valueOf(known.form, field.key));
    const range = asked && takenRange(asked, known);
    return range ? [{ instanceId: id, title, range }] : [];
  });
}

async function answerOfTwin(
  reads: Reads,
  applicantId: string,
  clientKey: string,
): Promise<SubmitAnswer | null> {
  const twin = await reads.em.getRepository(InstanceTable).findOneBy({ applicantId, clientKey });
  return twin && answerOf(twin.state, await dueWordsOf(reads, twin.id));
}

const answerOf = (state: InstanceState, words: string): SubmitAnswer => ({
  instanceId: state.instanceId,
  number: state.number,
  holderWords: holderOf(state)?.sentence ?? '',
  dueWords: words,
});
