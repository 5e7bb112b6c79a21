import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { conflict } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ActAnswer, FormValues, PersonBrief, ResubmitRequest, ReturnedFormAnswer } from '../contract.ts';
import { askChoices } from '../form/choice.ts';
import { withOthersSignatures } from '../engine/form-signatures.ts';
import { holderOf, nextWords } from '../views/holders.ts';
import { STATUS_WORDS } from '../views/status.ts';
import { nameThenOf } from '../form/words.ts';
import { valueOf } from '../form/fields.ts';
import { mustBeSubmittable } from '../views/forecast.ts';
import type { InstanceState } from '../model/state.ts';
import { mustBeAllowed, mustMayTerminate } from '../policy.ts';
import { replaceSecrets, secretsOf } from '../store/secrets.ts';
import { setAside, withSecrets } from '../form/set-aside.ts';
import { loadInstance, lockApplicant, lockInstance, saveContent } from '../store/requests.ts';
import { type Org, snapshot } from '../model/org.ts';
import type { Template } from '../template/template.ts';
import { isSignature } from '../fields/controls.ts';
import { templateAnswer } from '../views/template.ts';
import type { ApprovalsContext } from './deps.ts';
import { givenSignatures, signedForm } from './form-signatures.ts';
import { byOf, performOn } from './perform.ts';
import { picturesOf } from './signature.ts';
import { exclusiveRange, fileIdsOf, foretell, imagesOf, mustOwnFiles, startOf } from './submit.ts';

/** The form of a request that lies with its applicant, as it was handed in last. @throws `approvals.not_returned` */
export async function returnedForm(
  ctx: ApprovalsContext,
  reads: Reads,
  actor: PersonActor,
  instanceId: string,
): Promise<ReturnedFormAnswer> {
  const { state } = await loadInstance(reads, instanceId);
  mustBeAllowed(state, actor, 'resubmit');
  if (state.status !== 'running' || !state.returned) throw conflict('approvals.not_returned');
  const template = await ctx.templates.version(reads, state.templateKey, state.templateVersion);
  const org = await ctx.orgOf(reads);
  const { by, at, reason } = state.returned;
  return {
    template: templateAnswer(
      template,
      org,
      actor.personId,
      await ctx.leaves().balancesOf(reads, actor.personId, instanceId),
      dateOf(reads.now),
      await askChoices(ctx.choices, reads, template, actor.personId),
    ),
    number: state.number,
    assignmentId: state.applicant.assignmentId ?? '',
    form: unsigned(template, state.form),
    chosen: state.chosen,
    people: peopleIn(template, state, org),
    files: await ctx.files.attached(reads, instanceId),
    names: namesIn(template, state),
    by: by.name,
    at,
    reason,
  };
}

/** Each hand-in is signed anew; what others signed is theirs. */
const unsigned = ({ fields }: Template, form: FormValues): FormValues => {
  const signed = new Set(fields.filter(isSignature).map(({ key }) => key));
  return Object.fromEntries(Object.entries(form).filter(([key]) => !signed.has(key)));
};

function peopleIn({ fields }: Template, { form, chosen }: InstanceState, org: Org): PersonBrief[] {
  const named = fields.filter(({ type }) => type === 'person').map(({ key }) => valueOf(form, key));
  const ids = new Set([...named, ...Object.values(chosen).flat()]);
  return [...ids].flatMap((id) => {
    const found = typeof id === 'string' ? snapshot(org, id) : null;
    if (found === null) return [];
    const { personId, name, unitName, title } = found;
    return [{ personId, name, unitName, title }];
  });
}

/** What ids in the form were called when it was handed in, by id. */
function namesIn({ fields }: Template, { form, values }: InstanceState): Record<string, string> {
  const nameThen = nameThenOf(values);
  return Object.fromEntries(
    fields.flatMap(({ key, type }) => {
      const [id, name] = [valueOf(form, key), nameThen(key)];
      return (type === 'unit' || type === 'request') && typeof id === 'string' && name !== null
        ? [[id, name]]
        : [];
    }),
  );
}

/** Checked like a first submission, on the version and the post it was made with; the number stays. */
export async function resubmitRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  request: ResubmitRequest,
): Promise<ActAnswer> {
  const pictures = await picturesOf(ctx, actor, givenSignatures(Object.values(request.form)));
  const { state, outcome } = await ctx.db.write(actor, async (tx) => {
    const seen = await loadInstance(tx, instanceId);
    mustBeAllowed(seen.state, actor, 'resubmit');
    const template = await ctx.templates.version(tx, seen.templateKey, seen.templateVersion);
    // The order of submitting: the applicant's days first, then the request.
    if (exclusiveRange(template)) await lockApplicant(tx, actor.personId);
    const row = await lockInstance(tx, instanceId);
    if (row.state.status !== 'running' || !row.state.returned)
      return { outcome: 'already' as const, state: row.state };
    const { chosen = row.state.chosen } = request;
    const unsigned = withOthersSignatures(template, row.state.form, request.form);
    const form = await signedForm(ctx, tx, actor, template, unsigned, pictures);
    const { assignmentId } = row.state.applicant;
    const full = withSecrets(template, form, await secretsOf(ctx, tx, instanceId));
    const draft = { assignmentId: assignmentId ?? '', form: full, chosen, instanceId };
    const foretold = await foretell(ctx, tx, actor, template, draft, await ctx.orgOf(tx));
    mustBeSubmittable(template, foretold);
    const known = new Set((await ctx.files.attached(tx, instanceId)).map(({ fileId }) => fileId));
    const fresh = fileIdsOf(template, draft).filter((fileId) => !known.has(fileId));
    await mustOwnFiles(ctx, tx, actor, fresh, imagesOf(template, draft));
    const open = setAside(template, full);
    const { title, values } = foretold.checked;
    const decision = await performOn(ctx, tx, row, {
      type: 'resubmit',
      by: byOf(actor),
      title,
      form: open.form,
      values,
      chosen,
      forecast: foretold.steps,
    });
    await saveContent(tx, decision.state, startOf(template, draft));
    await replaceSecrets(ctx, tx, instanceId, open.secrets);
    if (fresh.length > 0) await ctx.files.attach(tx, fresh, instanceId);
    return decision;
  });
  return { outcome, words: againWords(state, outcome), nextWords: null, nextItem: null };
}

function againWords(state: InstanceState, outcome: 'done' | 'already'): string {
  const now = holderOf(state)?.sentence ?? STATUS_WORDS[state.status];
  return outcome === 'done' ? `已重新提交，${now}` : now;
}

/** A process administrator ends a request that cannot end by itself. */
export async function terminateRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  reason: string,
): Promise<ActAnswer> {
  const { state, outcome } = await ctx.db.write(actor, async (tx) => {
    const row = await lockInstance(tx, instanceId);
    mustMayTerminate(row.state, actor);
    return performOn(ctx, tx, row, { type: 'terminate', by: byOf(actor), reason });
  });
  const words = outcome === 'done' ? STATUS_WORDS.terminated : (nextWords(state) ?? '');
  return { outcome, words, nextWords: null, nextItem: null };
}
