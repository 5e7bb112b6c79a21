import type { PersonActor } from '../../../kernel/actor.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import type { TimelineRow } from '../contract.ts';
import { statusWords } from '../views/status.ts';
import { replay } from '../engine/evolve.ts';
import { changedSince } from '../engine/form-signatures.ts';
import { factsOf } from '../views/facts.ts';
import { hiddenFrom, readable } from '../field-rights.ts';
import type { InstanceState } from '../model/state.ts';
import { stepsOf } from '../template/plan.ts';
import { mustBeAllowed } from '../policy.ts';
import { historyOf, loadInstance } from '../store/requests.ts';
import { InstanceTable } from '../tables.ts';
import { signatureClaims, standsOf, type SignatureClaim } from '../reads/signature-proof.ts';
import type { Template } from '../template/template.ts';
import { timelineOf } from '../timeline/timeline.ts';
import type { EditWords } from '../timeline/edits.ts';
import { markOf } from '../words.ts';
import type { PrintAnswer, VerifyAnswer } from './contract.ts';
import { codeOf, historyHash, readCode } from './print-code.ts';

/** Every date is of another year than this, and says its own. */
const NO_YEAR = '0000-01-01';

/** The code for a page that somebody who may see the request prints now, with as much of it as they may read. `asParty` as in `readDetail`. */
export async function printOf(
  ctx: ApprovalsContext,
  reads: Reads,
  viewer: PersonActor,
  instanceId: string,
  asParty = true,
): Promise<Printed> {
  const { state, templateKey, templateVersion } = await loadInstance(reads, instanceId);
  if (asParty) mustBeAllowed(state, viewer, 'see');
  const code = codeOf(instanceId, await historyOf(reads, instanceId));
  const [whole, org, files] = await Promise.all([
    ctx.templates.version(reads, templateKey, templateVersion),
    ctx.orgOf(reads),
    ctx.files.attached(reads, instanceId),
  ]);
  const hidden = hiddenFrom(whole, state, viewer);
  const template = readable(whole, hidden);
  const facts = factsOf(template, state.form, state.values, {
    today: NO_YEAR,
    personName: (id) => org.person(id)?.name ?? null,
    file: (fileId) => files.find((file) => file.fileId === fileId) ?? null,
    changedSince: (signature) => changedSince(template, state, signature),
  });
  // What became of it: the number it drew, what was stamped.
  for (const added of ctx.facts.get(templateKey) ?? [])
    for (const { isFinal: _told, ...fact } of await added(reads, state)) facts.push(fact);
  return {
    code,
    url: `${ctx.publicUrl}/verify/${code}`,
    printedAt: reads.now,
    printedBy: viewer.name,
    facts,
    claims: await signatureClaims(ctx, reads, whole, state, hidden),
  };
}

/** A print before the pictures of its signatures were looked at. */
export interface Printed extends Omit<PrintAnswer, 'signatures'> {
  readonly claims: readonly SignatureClaim[];
}

/** Held against the bytes that are kept now. */
export async function withStands(ctx: ApprovalsContext, { claims, ...print }: Printed): Promise<PrintAnswer> {
  const shown = claims.filter(({ withheld }) => !withheld);
  const stands = await standsOf(ctx, shown);
  return { ...print, signatures: [...stands].map(([fileId, stand]) => ({ fileId, stand })) };
}

/**
 * Whoever holds the paper may ask: the code is on it. They learn what is on it already, without comments and fields, and
 * what became of the request since.
 */
export async function verifyPrint(ctx: ApprovalsContext, text: string): Promise<VerifyAnswer> {
  const { answer, claims } = await ctx.db.read((reads) => readPrint(ctx, reads, text));
  if (answer.result === 'unknown') return answer;
  const stands = await standsOf(ctx, claims);
  const standing = ({ fileId, hash }: SignatureClaim) => ({
    stand: stands.get(fileId) ?? 'lost',
    mark: markOf(hash),
  });
  const rows = answer.rows.map((row) => {
    const claim = claims.find(({ taskId }) => taskId === row.id);
    return claim ? { ...row, signature: standing(claim) } : row;
  });
  const formSignatures = claims.flatMap((claim) =>
    claim.field
      ? [{ label: claim.field.label, name: claim.name, at: claim.at, how: claim.how, ...standing(claim) }]
      : [],
  );
  return { ...answer, rows, formSignatures };
}

interface ReadPrint {
  readonly answer: VerifyAnswer;
  readonly claims: readonly SignatureClaim[];
}

const UNKNOWN: ReadPrint = { answer: { result: 'unknown' }, claims: [] };

async function readPrint(ctx: ApprovalsContext, reads: Reads, text: string): Promise<ReadPrint> {
  const code = readCode(text);
  const row = code && (await reads.em.getRepository(InstanceTable).findOneBy({ id: code.instanceId }));
  if (!code || !row) return UNKNOWN;
  const history = await historyOf(reads, code.instanceId);
  const then = history.slice(0, code.events);
  if (then.length !== code.events || historyHash(then) !== code.hash) return UNKNOWN;
  const printed = replay(then);
  const template = await ctx.templates.version(reads, row.templateKey, row.templateVersion);
  const answer: VerifyAnswer = {
    result: 'genuine',
    number: printed.number,
    title: printed.title,
    templateTitle: template.title,
    applicant: { name: printed.applicant.name, unitName: printed.applicant.unitName },
    printed: standOf(printed),
    rows: decisionsOf(printed, reads.now),
    formSignatures: [],
    now: standOf(row.state),
    later: history.length - code.events,
  };
  const claims = await signatureClaims(ctx, reads, template, printed, hiddenAnywhere(template));
  return { answer, claims: claims.filter(({ withheld, field }) => !withheld && field?.stands !== false) };
}

/** Who asks by a code may be anybody. */
const hiddenAnywhere = (template: Template): ReadonlySet<string> =>
  new Set(
    stepsOf(template).flatMap(({ fields = {} }) =>
      Object.keys(fields).filter((key) => fields[key] === 'hidden'),
    ),
  );

const standOf = (state: InstanceState) => ({ code: state.status, words: statusWords(state) });

/** What became of it is told by itself. */
const TOLD: ReadonlySet<TimelineRow['kind']> = new Set(['comment', 'cc', 'finished']);

/** Changes of the form are among what is told by itself, and reasons stay here. */
const NOTHING_TOLD: EditWords = { hidden: new Set(), valueWords: () => '', tells: () => true };

function decisionsOf(state: InstanceState, now: number) {
  const rows = timelineOf(state, {
    now,
    workedWords: () => '',
    viewerId: '',
    ahead: [],
    edits: NOTHING_TOLD,
  });
  return rows
    .filter(({ kind, state: was }) => !TOLD.has(kind) && (was === 'done' || was === 'refused'))
    .map(({ id, name, role, stateWords, onBehalfOf, at }) => ({
      id,
      name,
      role,
      stateWords,
      onBehalfOf,
      at,
    }));
}
