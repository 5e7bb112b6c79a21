/** Lists and one correction, each filtered to what the reader may see (H1, H2). */
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { ObligationRow } from '../supervision/index.ts';
import { CORRECTION, proofOf, type CorrectionsContext } from './commands/context.ts';
import { mustSee } from './commands/see.ts';
import type * as contract from './contract.ts';
import { ALL_FIELDS, FIELDS } from './fields.ts';
import { OWNER_OF, OWNERS, otherOwner } from './owner.ts';
import { createReach, mayAnswer, type CorrectionsOrg, ownersFor } from './policy.ts';
import { compare, presentOf } from './present.ts';
import { openAsked, shownOf } from './sealed.ts';
import { eventsOf, loadCorrection } from './store.ts';
import { CorrectionTable, type CorrectionRow } from './tables.ts';
import { eventWords, STATE_WORDS } from './words.ts';

type Row = Omit<CorrectionRow, 'wantedSealed' | 'reasonSealed'>;
const COLUMNS =
  'id, personId, field, owner, state, openKey, raisedAt, sentOnAt, endedAt, endedBy, answer, version';

/** What one may say about one's own record, with what it says now. */
export async function listFields(
  ctx: CorrectionsContext,
  reads: Reads,
  personId: string,
): Promise<contract.FieldsAnswer> {
  const org = await ctx.orgOf(reads);
  const record = await ctx.directory.personRecord(reads, personId);
  const open = await reads.em.getRepository(CorrectionTable).findBy({ personId, state: 'open' });
  const openIds = new Map(open.map(({ field, id }) => [field, id]));
  return {
    answerWorkdays: ctx.settings.answerWorkdays,
    items: ALL_FIELDS.map((field) => ({
      field,
      ...FIELDS[field],
      ownerName: OWNERS[OWNER_OF[field]].name,
      present: record === null ? null : presentOf(org, record, personId, field),
      openId: openIds.get(field) ?? null,
    })),
  };
}

/** One's own, newest first. */
export async function listOwn(
  ctx: CorrectionsContext,
  reads: Reads,
  personId: string,
  { cursor, limit }: contract.OwnQuery,
): Promise<contract.OwnAnswer> {
  const rows = await rowsWhere(
    reads,
    `personId = ?${cursor ? ' and id < ?' : ''}`,
    [personId, ...(cursor ? [cursor] : [])],
    limit + 1,
  );
  const page = rows.slice(0, limit);
  return {
    items: await briefs(ctx, reads, await ctx.orgOf(reads), page),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * What the reader may answer, or answered for: those that wait in order of coming, those that ended newest first. Who
 * is a person's owner follows from posts and rights of now, so it is asked of each person, not of the database.
 */
export async function listForOwner(
  ctx: CorrectionsContext,
  reads: Reads,
  actorId: string,
  { state, owner: only, cursor, limit }: contract.ListQuery,
): Promise<contract.ListAnswer> {
  const org = await ctx.orgOf(reads);
  const owners = ownersFor(org, actorId);
  const wanted = only === undefined ? owners : owners.filter((owner) => owner === only);
  const tallies = await talliesOf(reads, org, actorId, wanted);
  const isOpen = state === 'open';
  const rows: Row[] = [];
  let after = cursor;
  // Only people with a correction in the reader's part are asked for: every row that is read is shown.
  const people = tallies.filter((tally) => tally.isOpen === isOpen);
  for (let at = 0; at < people.length; at += IN_CHUNK) {
    const chunk = people.slice(at, at + IN_CHUNK);
    const pairs = chunk.map(() => '(personId = ? and owner = ?)').join(' or ');
    rows.push(
      ...(await rowsWhere(
        reads,
        `state ${isOpen ? '=' : '<>'} 'open' and (${pairs})${after ? ` and id ${isOpen ? '>' : '<'} ?` : ''}`,
        [...chunk.flatMap(({ personId, owner }) => [personId, owner]), ...(after ? [after] : [])],
        limit + 1,
        isOpen,
      )),
    );
  }
  rows.sort((a, b) => (a.id < b.id === isOpen ? -1 : 1));
  const page = rows.slice(0, limit);
  after = page.at(-1)?.id;
  const count = (open: boolean) =>
    tallies.filter((tally) => tally.isOpen === open).reduce((sum, tally) => sum + tally.count, 0);
  return {
    items: await briefs(ctx, reads, org, page),
    next: rows.length > limit ? (after ?? null) : null,
    total: count(isOpen),
    counts: { open: count(true), closed: count(false) },
    owners: owners.map((owner) => ({ owner, ownerName: OWNERS[owner].name })),
  };
}

const IN_CHUNK = 200;

interface Tally {
  readonly personId: string;
  readonly owner: contract.Owner;
  readonly isOpen: boolean;
  readonly count: number;
}

/** Per person and owner how many there are, of those the reader answers for; never one's own (H3). */
async function talliesOf(
  { em }: Reads,
  org: CorrectionsOrg,
  actorId: string,
  owners: readonly contract.Owner[],
): Promise<Tally[]> {
  if (owners.length === 0) return [];
  const rows = await em.query<
    { personId: string; owner: contract.Owner; isOpen: number; n: number | string }[]
  >(
    `select personId, owner, case when state = 'open' then 1 else 0 end as isOpen, count(*) as n
     from correction where owner in (${owners.map(() => '?').join(', ')}) and personId <> ?
     group by personId, owner, case when state = 'open' then 1 else 0 end`,
    [...owners, actorId],
  );
  const reaches = createReach(org, actorId);
  return rows
    .filter(({ owner, personId }) => reaches(owner, personId))
    .map(({ personId, owner, isOpen, n }) => ({
      personId,
      owner,
      isOpen: Number(isOpen) === 1,
      count: Number(n),
    }));
}

async function rowsWhere(
  { em }: Reads,
  where: string,
  params: readonly unknown[],
  limit: number,
  isAscending = false,
): Promise<Row[]> {
  const rows = await em.query<Row[]>(
    `select ${COLUMNS} from correction where ${where} order by id ${isAscending ? 'asc' : 'desc'} limit ${limit}`,
    [...params],
  );
  return rows.map((row) => ({
    ...row,
    raisedAt: Number(row.raisedAt),
    endedAt: row.endedAt === null ? null : Number(row.endedAt),
  }));
}

async function briefs(
  ctx: CorrectionsContext,
  reads: Reads,
  org: CorrectionsOrg,
  rows: readonly Row[],
): Promise<contract.CorrectionBrief[]> {
  const clocks = await ctx.supervision.listOfSubjects(
    reads,
    CORRECTION,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    briefOf(
      ctx,
      reads.now,
      org,
      row,
      clocks.filter(({ subjectId }) => subjectId === row.id),
    ),
  );
}

function briefOf(
  { supervision }: CorrectionsContext,
  now: number,
  org: CorrectionsOrg,
  { id, personId, field, owner, state, raisedAt, endedAt }: Row,
  clocks: readonly ObligationRow[],
): contract.CorrectionBrief {
  const running = clocks.find((clock) => clock.state === 'open');
  return {
    correctionId: id,
    field,
    label: FIELDS[field].label,
    person: personOf(org, personId),
    owner,
    ownerName: OWNERS[owner].name,
    state,
    stateWords: STATE_WORDS[state],
    raisedAt,
    endedAt,
    due: running ? { ...supervision.dueOf(running, now) } : null,
    isLate: clocks.some((clock) => isLate(clock, now)),
  };
}

function personOf(org: CorrectionsOrg, personId: string): contract.CorrectionBrief['person'] {
  const { name = '', unitName = '', title = '' } = org.briefOf(personId) ?? {};
  return { personId, name, unitName, title };
}

/** Passed now, though the sweep has not written it down yet, or was passed. */
const isLate = ({ breachedAt, state, dueAt, provisional }: ObligationRow, now: number): boolean =>
  breachedAt !== null || (state === 'open' && !provisional && dueAt !== null && dueAt <= now);

/** One correction for whoever asked or who answers for it. */
export async function readCorrection(
  ctx: CorrectionsContext,
  reads: Reads,
  actorId: string,
  correctionId: string,
): Promise<contract.CorrectionAnswer> {
  const row = await loadCorrection(reads, correctionId);
  const org = await ctx.orgOf(reads);
  mustSee(org, actorId, row);
  const { personId, field, owner, state, sentOnAt } = row;
  const { wanted, reason } = openAsked(ctx.vault, row);
  const clocks = await ctx.supervision.listOfSubjects(reads, CORRECTION, [row.id]);
  const answers = state === 'open' && mayAnswer(org, actorId, owner, personId);
  const { isPersonal } = FIELDS[field];
  return {
    ...briefOf(ctx, reads.now, org, row, clocks),
    isPersonal,
    wanted: wanted === null ? null : shownOf(field, wanted),
    present: await compare(ctx, reads, org, { personId, field, wanted }),
    reason,
    files: await ctx.files.ofOwner(reads, proofOf(row.id)),
    answer: row.answer,
    history: (await eventsOf(reads, row.id)).map((event) => ({
      id: event.id,
      at: event.happenedAt,
      by: event.byName,
      words: eventWords(event.kind, event.owner),
      note: event.note,
    })),
    clocks: clocks.map((clock) => ({
      id: clock.id,
      holder: holderName(org, clock),
      openedAt: clock.openedAt,
      dueAt: clock.dueAt,
      closedAt: clock.closedAt,
      isLate: isLate(clock, reads.now),
    })),
    can: {
      withdraw: state === 'open' && actorId === personId,
      answer: answers,
      sendOnTo: answers && sentOnAt === null ? OWNERS[otherOwner(owner)].name : null,
      reveal: isPersonal && wanted !== null,
    },
  };
}

/** G9: what was missed is of who held it then, whoever holds it now. */
function holderName(org: CorrectionsOrg, { holderPersonId, breachPersonId }: ObligationRow): string | null {
  const id = breachPersonId ?? holderPersonId;
  return id === null ? null : (org.person(id)?.name ?? null);
}
