import { actorId } from '../../kernel/actor.ts';
import { addDays, DAY_MS, dateOf } from '../../kernel/dates.ts';
import { AuditPersonalTable, forgetPerson, livingKeysOf, recordAct } from '../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Access } from '../access/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Directory } from '../directory/index.ts';
import type { FormerAnswer, FormerQuery } from './contract.ts';
import * as policy from './policy.ts';
import { ForgettingTable, type ForgettingRow } from './tables.ts';

export interface ForgetDeps {
  readonly access: Pick<Access, 'orgOf'>;
  readonly directory: Pick<Directory, 'lock' | 'personRecord' | 'formerSince'>;
  readonly accounts: Pick<Accounts, 'statesOf'>;
  readonly keepPersonalDays: number;
}

/** H9: one security administrator says whose key is to go. Nothing is destroyed yet. */
export async function proposeForgetting(tx: Tx, deps: ForgetDeps, personId: string): Promise<void> {
  await mustBeForgettable(tx, deps, personId);
  const known = await tx.em.getRepository(ForgettingTable).findOneBy({ id: personId });
  const objection = policy.whyNotPropose(known, tx.now);
  if (objection) throw objection;
  const proposal = { proposedAt: tx.now, proposedBy: actorId(tx.actor) };
  // What lapsed is proposed anew, by whoever asks now.
  if (known) await saveWithVersion(tx, ForgettingTable, known, proposal);
  else await insertRows(tx, ForgettingTable, [{ id: personId, ...proposal, version: 1 }]);
  recordAct(tx, { action: 'audit.proposeForget', targetType: 'person', targetId: personId });
}

/**
 * H9: another one looks again and types it; then the key is gone for good.
 * @returns how many entries lost their personal part
 */
export async function confirmForgetting(
  tx: Tx,
  deps: ForgetDeps,
  personId: string,
  phrase: string,
): Promise<number> {
  await mustBeForgettable(tx, deps, personId);
  const proposal = await tx.em.getRepository(ForgettingTable).findOneBy({ id: personId });
  const objection = policy.whyNotConfirm(tx.actor, proposal, phrase, tx.now);
  if (objection) throw objection;
  await drop(tx, personId);
  return forgetPerson(tx, personId, {
    proposedBy: proposal?.proposedBy,
    proposedAt: proposal?.proposedAt,
  });
}

/** Taken back by whichever security administrator sees that it should not be. */
export async function withdrawForgetting(tx: Tx, personId: string): Promise<void> {
  policy.mustSecure(tx.actor);
  const proposal = await tx.em.getRepository(ForgettingTable).findOneBy({ id: personId });
  if (!proposal) return;
  await drop(tx, personId);
  recordAct(tx, { action: 'audit.withdrawForget', targetType: 'person', targetId: personId });
}

const drop = (tx: Tx, id: string): Promise<unknown> => tx.em.getRepository(ForgettingTable).delete({ id });

async function mustBeForgettable(tx: Tx, deps: ForgetDeps, personId: string): Promise<void> {
  // Nobody is employed again while this is decided.
  await deps.directory.lock(tx);
  const objection = policy.whyNotForget(tx.actor, await factsOf(tx, deps, personId), tx.now);
  if (objection) throw objection;
}

async function factsOf(reads: Reads, deps: ForgetDeps, personId: string): Promise<policy.ForgetFacts> {
  const record = await deps.directory.personRecord(reads, personId);
  return {
    personId,
    status: record?.status ?? null,
    statusOn: record?.statusOn ?? null,
    accounts: Object.values(await deps.accounts.statesOf(reads, personId)),
    keepDays: deps.keepPersonalDays,
  };
}

/** Former people whose keeping period is over and whose key is still there, longest gone first. */
export async function listFormer(
  reads: Reads,
  deps: ForgetDeps,
  actor: policy.Asker,
  { cursor, limit }: FormerQuery,
): Promise<FormerAnswer> {
  policy.mustSecure(actor);
  const until = addDays(dateOf(reads.now), -deps.keepPersonalDays);
  const living = await livingKeysOf(reads);
  const all = (await deps.directory.formerSince(reads, until)).filter(({ personId }) => living.has(personId));
  const from = cursor === undefined ? 0 : all.findIndex(({ personId }) => personId === cursor) + 1;
  const page = all.slice(from, from + limit);
  const org = await deps.access.orgOf(reads);
  const items: FormerAnswer['items'] = [];
  for (const person of page) {
    const proposal = await reads.em.getRepository(ForgettingTable).findOneBy({ id: person.personId });
    const standing = proposal && policy.isStanding(proposal, reads.now) ? proposal : null;
    const facts = await factsOf(reads, deps, person.personId);
    const objection = policy.whyNotForget(actor, facts, reads.now);
    items.push({
      ...person,
      keptUntilOn: addDays(person.leftOn, deps.keepPersonalDays),
      entries: await reads.em
        .getRepository(AuditPersonalTable)
        .countBy({ keyId: living.get(person.personId) ?? '' }),
      obstacle: objection?.code ?? null,
      proposal: standing && shown(standing, org.person(standing.proposedBy)?.name ?? null, actor),
      can: {
        propose: objection === null && standing === null,
        confirm: objection === null && standing !== null && standing.proposedBy !== actorId(actor),
        withdraw: standing !== null,
      },
    });
  }
  return {
    items,
    next: from + limit < all.length ? (page.at(-1)?.personId ?? null) : null,
    total: all.length,
    phrase: policy.FORGET_PHRASE,
  };
}

const shown = (
  { proposedAt, proposedBy }: ForgettingRow,
  byName: string | null,
  actor: policy.Asker,
): NonNullable<FormerAnswer['items'][number]['proposal']> => ({
  at: proposedAt,
  byName,
  mine: proposedBy === actorId(actor),
  untilAt: proposedAt + DAY_MS,
});
