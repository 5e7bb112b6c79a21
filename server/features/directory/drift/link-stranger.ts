import { actorId, type Role } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { pushPerson } from '../commands/consequences.ts';
import { recordChange } from '../history.ts';
import { memberMirrors, writtenOf } from '../push/mirror-store.ts';
import { MemberMirrorTable } from '../tables.ts';
import type { DriftContext } from './deps.ts';
import { isClaimed } from './our-side.ts';
import { mustManageWhole } from './rights.ts';
import { change, openKeyOf } from './store.ts';
import { DifferenceTable } from './tables.ts';

const GIVE_ROLES: readonly Role[] = ['creator', 'superAdmin'];

/**
 * A stranger turns out to be one of ours who has no member there: from now on that member is theirs, and the next
 * push brings it to what is stored here. Nothing is created or deleted.
 */
export async function linkStranger(
  ctx: DriftContext,
  tx: Tx,
  differenceId: string,
  personId: string,
): Promise<void> {
  await mustManageWhole(ctx, tx, tx.actor);
  const row = await tx.em.getRepository(DifferenceTable).findOneBy({ id: differenceId });
  if (!row) throw notFound('directory.drift_unknown');
  const isStranger = row.subjectType === 'member' && (row.state === 'open' || row.state === 'taken');
  if (!isStranger) throw conflict('directory.drift_not_possible');
  const person = (await ctx.directory.orgOf(tx)).person(personId);
  if (!person || person.state === 'left') throw refused('directory.unknown_person');
  await mustGiveRoles(ctx, tx, personId);
  await mustHaveNoMember(tx, personId);
  await ctx.directory.putPerson(tx, { personId, userid: row.subjectId });
  await adopt(tx, personId, row.subjectId);
  await change(tx, row, {
    state: 'linked',
    linkedPersonId: personId,
    actedAt: tx.now,
    actedBy: actorId(tx.actor).slice(0, 64),
  });
  if (row.state === 'taken') await ctx.sockets.answeredHr(tx, row.id);
  recordChange(tx, {
    type: 'person',
    id: personId,
    kind: 'rewritten',
    after: { userid: row.subjectId },
    action: 'directory.driftLink',
  });
}

/**
 * Whoever owns the member signs in as this person from now on. Where that hands a given role on, those decide who
 * give roles (H3). @throws forbidden `directory.drift_given_role`
 */
async function mustGiveRoles({ holdsGiven }: DriftContext, tx: Tx, personId: string): Promise<void> {
  const { actor } = tx;
  const gives = actor.kind === 'person' && GIVE_ROLES.some((role) => actor.roles.includes(role));
  if (!gives && (await holdsGiven(tx, personId))) throw forbidden('directory.drift_given_role');
}

async function mustHaveNoMember(tx: Tx, personId: string): Promise<void> {
  const mirror = (await memberMirrors(tx, [personId])).get(personId);
  if (mirror && isClaimed(mirror, tx.now)) throw conflict('directory.drift_busy');
  if (writtenOf(mirror) === null) return;
  const openKey = openKeyOf('person', personId, 'presence');
  const missing = await tx.em.getRepository(DifferenceTable).findOneBy({ openKey });
  if (missing?.theirs !== false) throw refused('directory.drift_has_member');
}

/** The mirror knows the userid and nothing else, so everything is written to it, as an update. */
async function adopt(tx: Tx, personId: string, userid: string): Promise<void> {
  const mirrors = tx.em.getRepository(MemberMirrorTable);
  const changes = {
    userid,
    written: { userid },
    state: 'written',
    mobilePrint: null,
    claim: null,
    claimUntilAt: null,
    updatedAt: tx.now,
  };
  if (await mirrors.existsBy({ id: personId })) await mirrors.update({ id: personId }, changes as object);
  else
    await insertRows(tx, MemberMirrorTable, [
      {
        id: personId,
        userid,
        written: { userid },
        state: 'written',
        errorCode: null,
        errorFields: null,
        updatedAt: tx.now,
        mobilePrint: null,
        managerErrorCode: null,
        claim: null,
        claimUntilAt: null,
      },
    ]);
  pushPerson(tx, personId, newId());
}
