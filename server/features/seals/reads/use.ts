import type { Context } from 'koa';
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { maySee } from '../commands/act.ts';
import { ownerOf, type SealsContext } from '../context.ts';
import { ACT_NAMES, type UseAnswer } from '../contract.ts';
import { handlersOfUse, keepersOf, lastCheckoutOf, loadSeal, loadUse, stateOf } from '../store.ts';
import { NumberTable, UseEventTable } from '../tables.ts';
import { isPossible } from '../use.ts';
import { eventTitle } from '../words.ts';
import { aroundOf, briefOf } from './briefs.ts';

/** One use with everything that happened to it. @throws notFound `seals.no_use`, also out of reach */
export async function readUse(
  ctx: SealsContext,
  reads: Reads,
  actorId: string,
  useId: string,
): Promise<UseAnswer> {
  const row = await loadUse(reads, useId);
  const seal = await loadSeal(reads, row.sealId);
  const around = await aroundOf(ctx, reads, [row]);
  const { org } = around;
  if (!(await maySee(ctx, reads, org, row, seal, actorId))) throw notFound('seals.no_use');
  const nameOf = (id: string): string => org.person(id)?.name ?? '';
  const keeperIds = (await keepersOf(reads, seal.id)).map(({ personId }) => personId);
  const handlers = handlersOfUse(org, ctx.settings.chiefUnits, seal, keeperIds, row.applicantId);
  const state = await stateOf(reads, row);
  const checkout = await lastCheckoutOf(reads, row.id);
  const contract =
    row.contractId === null
      ? null
      : await reads.em.getRepository(NumberTable).findOneBy({ id: row.contractId });
  const events = await reads.em.getRepository(UseEventTable).find({ where: { useId }, order: { id: 'asc' } });
  const brief = briefOf(ctx, around, row, reads.now);
  return {
    ...brief,
    version: row.version,
    sealId: seal.id,
    manageUnitName: org.placeOf(seal.unitId)?.name ?? '',
    keepers: handlers.map((id) => ({ id, name: nameOf(id) })),
    purpose: row.purpose,
    outWorkdays: row.outWorkdays,
    contractNumber: contract?.number ?? '',
    endWords: row.endWords,
    needsPhoto: ctx.settings.photoWhenStamped,
    today: dateOf(reads.now),
    approvedOn: state.approvedOn,
    checkout: checkout && {
      personName: nameOf(checkout.personId),
      outAt: checkout.outAt,
      backAt: checkout.backAt,
      isLate: checkout.isLate || (checkout.backAt === null && brief.due?.state === 'overdue'),
    },
    can: handlers.includes(actorId) ? ACT_NAMES.filter((act) => isPossible(state, act)) : [],
    events: events.map(({ kind, byName, copies, recordedAt, happenedOn, words, fileIds }) => ({
      kind,
      title: eventTitle(kind, byName, copies),
      recordedAt,
      happenedOn,
      words,
      fileIds,
    })),
  };
}

/** A photo, for whoever sees its use. @throws notFound `seals.no_use`, `files.unknown` */
export async function sendPhoto(
  ctx: SealsContext,
  actor: PersonActor,
  http: Context,
  { useId, fileId }: { readonly useId: string; readonly fileId: string },
): Promise<void> {
  await ctx.db.read(async (reads) => {
    const row = await loadUse(reads, useId);
    const seal = await loadSeal(reads, row.sealId);
    if (!(await maySee(ctx, reads, await ctx.orgOf(reads), row, seal, actor.personId)))
      throw notFound('seals.no_use');
  });
  await ctx.files.send(http, fileId, ownerOf(useId));
}
