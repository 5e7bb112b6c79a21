import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf, DAY_MS } from '../../../kernel/dates.ts';
import { conflict, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type {
  FileBrief,
  ForecastAnswer,
  ForecastRequest,
  FormValues,
  SubmitAnswer,
  SubmitRequest,
} from '../contract.ts';
import { askChoices } from '../form/choice.ts';
import { decide } from '../engine/decide.ts';
import { forecast, type Forecast, mustBeSubmittable } from '../views/forecast.ts';
import { dateRangeOf, momentOf } from '../fields/dates.ts';
import { signaturesIn } from '../fields/signature.ts';
import { idsOf, rangeOf, valueOf } from '../form/fields.ts';
import { linkedRequests } from '../store/linked-requests.ts';
import { holderOf } from '../views/holders.ts';
import type { Absence } from '../form/leave-days.ts';
import type { InstanceState } from '../model/state.ts';
import type { Org } from '../model/org.ts';
import { mustBeAllowed } from '../policy.ts';
import { keepSecrets, secretsOf } from '../store/secrets.ts';
import { setAside, withSecrets } from '../form/set-aside.ts';
import { insertInstance, loadInstance, lockApplicant, nextNumber } from '../store/requests.ts';
import { InstanceTable } from '../tables.ts';
import { takenRange } from '../form/taken-days.ts';
import { isFiles } from '../fields/controls.ts';
import type { Template } from '../template/template.ts';
import { dueWords, dueWordsOf } from './due-words.ts';
import { consequences } from './consequences.ts';
import type { ApprovalsContext } from './deps.ts';
import { givenSignatures, signedForm } from './form-signatures.ts';
import { byOf } from './perform.ts';
import { picturesOf } from './signature.ts';

/** What would happen, without doing it: days, rules, path (R24: a forecast, not a promise). */
export async function forecastRequest(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  request: ForecastRequest,
): Promise<ForecastAnswer> {
  const template = await ctx.templates.version(reads, request.templateKey, request.version);
  const form = await filledAgain(ctx, reads, actor, template, request);
  return (await foretell(ctx, reads, actor, template, { ...request, form }, await ctx.orgOf(reads))).answer;
}

/** The form of one's own request that was sent back, with the numbers it shows masked. */
async function filledAgain(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  template: Template,
  { instanceId, form }: Pick<ForecastRequest, 'instanceId' | 'form'>,
): Promise<FormValues> {
  if (instanceId === undefined || !template.fields.some(({ type }) => type === 'idNumber')) return form;
  const { state } = await loadInstance(reads, instanceId);
  mustBeAllowed(state, actor, 'resubmit');
  return withSecrets(template, form, await secretsOf(ctx, reads, instanceId));
}

/** Make a request. The same `clientKey` again answers the request it made. */
export async function submitRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  request: SubmitRequest,
): Promise<SubmitAnswer> {
  try {
    const latest = await ctx.db.read((reads) => ctx.templates.offered(reads, request.templateKey));
    if (latest.version !== request.version) throw conflict('approvals.template_changed');
    const number = await nextNumber(ctx.db, latest.numberPrefix, dateOf(ctx.clock.now()).slice(0, 4));
    const instanceId = newId();
    const pictures = await picturesOf(ctx, actor, givenSignatures(Object.values(request.form)));
    return await ctx.db.write(actor, async (tx) => {
      const form = await signedForm(ctx, tx, actor, latest, request.form, pictures);
      return submit(ctx, tx, actor, latest, { ...request, form, instanceId, number });
    });
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
  // A new request has nothing yet that would not count against it.
  const foretold = await foretell(ctx, tx, actor, template, { ...request, instanceId: undefined }, org);
  mustBeSubmittable(template, foretold);
  await mustOwnFiles(ctx, tx, actor, fileIdsOf(template, request), imagesOf(template, request));
  const { form, secrets } = setAside(template, request.form);
  const decision = decide(
    null,
    {
      type: 'submit',
      by: byOf(actor),
      instanceId: request.instanceId,
      number: request.number,
      assignmentId: request.assignmentId,
      title: foretold.checked.title,
      form,
      values: foretold.checked.values,
      chosen: request.chosen ?? {},
      forecast: foretold.steps,
    },
    { now: tx.now, newId, template, org, agentOf: await ctx.agentsOf(tx, template) },
  );
  insertInstance(tx, request.clientKey, startOf(template, request), decision);
  keepSecrets(ctx, tx, request.instanceId, secrets);
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
      request: await linkedRequests(reads, template, request.form, actor.personId),
      calendar: ctx.calendar(),
      today: dateOf(reads.now),
      absences: await absencesOf(ctx, reads, template, actor.personId, request.instanceId),
      balances: await ctx.leaves().balancesOf(reads, actor.personId, request.instanceId),
      choices: await askChoices(ctx.choices, reads, template, actor.personId),
    },
  );
}

/** An attachment is a file this person uploaded and nothing has taken yet; `images`: those that must be pictures. */
export async function mustOwnFiles(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  fileIds: readonly string[],
  images: ReadonlySet<string>,
) {
  for (const { fileId, name, type } of await ownFiles(ctx, tx, actor, fileIds))
    if (images.has(fileId) && !type.startsWith('image/')) throw refused('approvals.not_an_image', { name });
}

/** Files this person uploaded and nothing has taken yet. @throws refused `approvals.file_gone` for any other */
export async function ownFiles(
  ctx: ApprovalsContext,
  tx: Tx,
  actor: PersonActor,
  fileIds: readonly string[],
): Promise<FileBrief[]> {
  const files: FileBrief[] = [];
  for (const fileId of fileIds) {
    const file = await ctx.files.brief(tx, fileId, actor.personId);
    if (file === null) throw refused('approvals.file_gone');
    files.push(file);
  }
  return files;
}

/** The first day the request is about, from its first range or date. */
export function startOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string | null {
  for (const field of template.fields) {
    const value = valueOf(form, field.key);
    if (field.type === 'halfDayRange') return rangeOf(value)?.from ?? null;
    if (field.type === 'dateRange') return dateRangeOf(value)?.from ?? null;
    if (field.type === 'dateTime') return momentOf(value)?.date ?? null;
    if (field.type === 'date' && typeof value === 'string') return value;
  }
  return null;
}

/** Attachments and pictures of signatures. */
export function fileIdsOf(template: Template, { form }: Pick<ForecastRequest, 'form'>): string[] {
  const files = template.fields.filter(isFiles).flatMap(({ key }) => idsOf(valueOf(form, key)));
  return [...files, ...signaturesIn(form).map(({ fileId }) => fileId)];
}

/** Of these the ones that stand where pictures are asked for. */
export const imagesOf = (template: Template, { form }: Pick<ForecastRequest, 'form'>): ReadonlySet<string> =>
  new Set(
    template.fields.filter(({ type }) => type === 'image').flatMap(({ key }) => idsOf(valueOf(form, key))),
  );

/** Leave is asked for at most a year ahead. */
const ABSENCES_SINCE_MS = 400 * DAY_MS;
const MAX_ABSENCES = 200;

export const exclusiveRange = (template: Template) =>
  template.fields.find((field) => field.type === 'halfDayRange' && field.exclusive);

/** The applicant's other requests of templates with an exclusive range: running, approved, or taken in part (R39). */
export async function absencesOf(
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
