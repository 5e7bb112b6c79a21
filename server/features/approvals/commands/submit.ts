import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { isUniqueViolation } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { ForecastAnswer, ForecastRequest, SubmitAnswer, SubmitRequest } from '../contract.ts';
import { decide } from '../engine/decide.ts';
import { forecast, type Forecast, mustBeSubmittable } from '../forecast.ts';
import { rangeOf, valueOf } from '../form-fields.ts';
import { holderOf } from '../describe.ts';
import type { Absence } from '../leave-days.ts';
import type { Org } from '../org.ts';
import { insertInstance, lockApplicant, nextNumber } from '../store.ts';
import { InstanceTable, type InstanceRow } from '../tables.ts';
import type { Template } from '../template.ts';
import { dueWordsOf } from '../due-words.ts';
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

/** What the answer is made of. */
type Made = Pick<InstanceRow, 'id' | 'requestNumber' | 'state'>;

/** Make a request. The same `clientKey` again answers the request it made. */
export async function submitRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  request: SubmitRequest,
): Promise<SubmitAnswer> {
  const known = await ctx.db.read((reads) => findByClientKey(reads, actor.personId, request.clientKey));
  if (known) return answerOf(ctx, known);
  const latest = await ctx.db.read((reads) => ctx.templates.latest(reads, request.templateKey));
  if (latest.version !== request.version) throw conflict('approvals.template_changed');
  const now = ctx.clock.now();
  const number = await nextNumber(ctx.db, latest.numberPrefix, dateOf(now).slice(0, 4));
  const instanceId = newId();
  const made = await ctx.db
    .write(actor, (tx) => submit(ctx, tx, actor, latest, { ...request, instanceId, number }))
    .catch(async (error: unknown) => {
      // The same form sent twice: the other one committed in between.
      const twin = isUniqueViolation(error)
        ? await ctx.db.read((reads) => findByClientKey(reads, actor.personId, request.clientKey))
        : null;
      if (!twin) throw error;
      return twin;
    });
  return answerOf(ctx, made);
}

async function submit(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  template: Template,
  request: SubmitRequest & { readonly instanceId: string; readonly number: string },
): Promise<Made> {
  if (exclusiveRange(template)) await lockApplicant(tx, actor.personId);
  // The same form sent twice at the same moment: the other one won, and these days are its own.
  const twin = await findByClientKey(tx, actor.personId, request.clientKey);
  if (twin) return twin;
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
    { now: tx.now, newId, template, org },
  );
  insertInstance(tx, request.clientKey, startOf(template, request), decision);
  await ctx.files.attach(tx, fileIdsOf(template, request), request.instanceId);
  await consequences(ctx, tx, { before: null, decision, template, org, action: 'submit' });
  return { id: request.instanceId, requestNumber: request.number, state: decision.state };
}

async function foretell(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  template: Template,
  request: Pick<ForecastRequest, 'assignmentId' | 'form' | 'chosen'>,
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
      absences: await absencesOf(reads, template, actor.personId),
      balances: await ctx.balancesOf(reads, actor.personId),
    },
  );
}

/** An attachment is a file this person uploaded and nothing has taken yet. */
async function mustOwnFiles(ctx: ApprovalsContext, tx: Tx, actor: PersonActor, fileIds: readonly string[]) {
  for (const fileId of fileIds) {
    if ((await ctx.files.brief(tx, fileId, actor.personId)) === null) throw refused('approvals.file_gone');
  }
}

/** The first day the request is about, from its first range or date. */
function startOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string | null {
  for (const field of template.fields) {
    const value = valueOf(form, field.key);
    if (field.type === 'halfDayRange') return rangeOf(value)?.from ?? null;
    if (field.type === 'date' && typeof value === 'string') return value;
  }
  return null;
}

function fileIdsOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string[] {
  return template.fields
    .filter((field) => field.type === 'attachment')
    .flatMap((field) => {
      const value = valueOf(form, field.key);
      return Array.isArray(value) ? value : [];
    });
}

const exclusiveRange = (template: Template) =>
  template.fields.find((field) => field.type === 'halfDayRange' && field.exclusive);

/** The applicant's other running or approved requests of templates with an exclusive range (R39). */
async function absencesOf(reads: Reads, template: Template, personId: string): Promise<Absence[]> {
  const field = exclusiveRange(template);
  if (!field) return [];
  const since = reads.now - 400 * 86_400_000;
  const rows = await reads.em
    .getRepository(InstanceTable)
    .createQueryBuilder('i')
    .where('i.applicantId = :personId and i.submittedAt > :since', { personId, since })
    .andWhere('i.templateKey = :key and i.status in (:...alive)', {
      key: template.key,
      alive: ['running', 'approved'],
    })
    .orderBy('i.submittedAt', 'DESC')
    .take(200)
    .getMany();
  return rows.flatMap((row) => {
    const range = rangeOf(valueOf(row.state.form, field.key));
    return range ? [{ instanceId: row.id, title: row.title, range }] : [];
  });
}

const findByClientKey = (reads: Reads, applicantId: string, clientKey: string): Promise<InstanceRow | null> =>
  reads.em.getRepository(InstanceTable).findOneBy({ applicantId, clientKey });

async function answerOf(ctx: ApprovalsContext, row: Made): Promise<SubmitAnswer> {
  const due = await ctx.db.read((reads) => dueWordsOf(reads, row.id));
  return {
    instanceId: row.id,
    number: row.requestNumber,
    holderWords: holderOf(row.state)?.sentence ?? '',
    dueWords: due,
  };
}
