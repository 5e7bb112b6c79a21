import { actorId, type Actor } from '../../../kernel/actor.ts';
import { addDays, dateOf, instantOf, type CalendarDate } from '../../../kernel/dates.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { affiliationsOf, type Category } from '../category.ts';
import { isDelegationInForce, type Duty } from '../held-rights.ts';
import { whyNotChangeDelegation, whyNotDelegate } from '../policy.ts';
import { createScope, type ScopeSlice } from '../scope.ts';
import type { OrgWithRoles } from '../rights.ts';
import { grantsInForce } from '../store.ts';
import { DelegationTable, type DelegationRow, type EndReason } from '../tables.ts';
import type { CommandDeps } from './deps.ts';
import { raiseEpoch } from './session-epoch.ts';

export interface DelegationTerms {
  readonly unitId: string;
  readonly duty: Duty;
  readonly modules: readonly string[];
  readonly categories: readonly Category[];
  /** The last day it holds; there is no delegation without an end. */
  readonly lastOn: CalendarDate;
  /** What it is for. */
  readonly note: string;
}

export interface NewDelegation extends DelegationTerms {
  readonly personId: string;
}

export interface DelegationCommands {
  /** @returns the delegation's id */
  delegate(tx: Tx, request: NewDelegation): Promise<string>;
  /** Replace its terms; the person stays. Who changes it becomes its granter. */
  changeDelegation(tx: Tx, delegationId: string, terms: DelegationTerms): Promise<void>;
  endDelegation(tx: Tx, delegationId: string): Promise<void>;
  /** End it without asking who does it: a consequence, not an act. */
  endNow(tx: Tx, row: DelegationRow, reason: EndReason): Promise<void>;
}

export function createDelegationCommands(deps: CommandDeps): DelegationCommands {
  const { directory, rights, roles, modules } = deps;

  async function mustFit(tx: Tx, org: OrgWithRoles, request: NewDelegation): Promise<void> {
    const person = org.person(request.personId);
    const objection = whyNotDelegate(
      tx.actor,
      { ...request, untilAt: untilOf(request.lastOn) },
      { roles, modules },
      {
        scope: org.scopeOf(granterOf(tx.actor)),
        held: await grantsInForce(tx, { personId: request.personId }),
        affiliations: person ? affiliationsOf(person) : [],
        isUnitActive: org.unit(request.unitId)?.state === 'active',
      },
      tx.now,
    );
    if (objection?.status === 403) throw objection;
    if (!person?.active) throw notFound('access.unknown_person');
    if (objection) throw objection;
  }

  async function endNow(tx: Tx, row: DelegationRow, reason: EndReason): Promise<void> {
    await saveWithVersion(tx, DelegationTable, row, {
      // What had passed unnoticed ended on its day, not on the day we noticed.
      endedAt: Math.min(tx.now, row.untilAt),
      endedBy: actorId(tx.actor).slice(0, 64),
      endReason: reason,
    });
    recordAct(tx, {
      action: 'access.endDelegation',
      targetType: 'delegation',
      targetId: row.id,
      before: termsOf(row),
      after: { personId: row.personId, reason },
    });
    await raiseEpoch(tx, row.personId);
  }

  return {
    async delegate(tx, request) {
      await directory.lock(tx);
      const { org } = await rights(tx);
      await directory.touch(tx);
      await mustFit(tx, org, request);
      const row: DelegationRow = {
        id: newId(),
        personId: request.personId,
        ...columnsOf(request),
        grantedBy: granterOf(tx.actor),
        sinceAt: tx.now,
        endedAt: null,
        endedBy: null,
        endReason: null,
        warnedAt: null,
        version: 1,
      };
      await insertRows(tx, DelegationTable, [row]);
      recordAct(tx, {
        action: 'access.delegate',
        targetType: 'delegation',
        targetId: row.id,
        after: { personId: row.personId, ...termsOf(row) },
      });
      return row.id;
    },

    async changeDelegation(tx, delegationId, terms) {
      await directory.lock(tx);
      const { org } = await rights(tx);
      await directory.touch(tx);
      const row = await openRow(tx, delegationId);
      await mustFit(tx, org, { ...terms, personId: row.personId });
      const next = columnsOf(terms);
      await saveWithVersion(tx, DelegationTable, row, {
        ...next,
        grantedBy: granterOf(tx.actor),
        warnedAt: null,
      });
      recordAct(tx, {
        action: 'access.changeDelegation',
        targetType: 'delegation',
        targetId: row.id,
        before: termsOf(row),
        after: termsOf(next),
      });
      const before: ScopeSlice = row;
      const after = createScope([{ ...next, from: { delegationId } }], org);
      if (next.untilAt < row.untilAt || !after.contains(before)) await raiseEpoch(tx, row.personId);
    },

    async endDelegation(tx, delegationId) {
      await directory.touch(tx);
      await endNow(tx, await openRow(tx, delegationId), 'revoked');
    },

    endNow,
  };
}

/** The delegation in force, for who may change it. Who may not learns nothing about whether it exists. */
async function openRow(tx: Tx, delegationId: string): Promise<DelegationRow> {
  const row = await tx.em.getRepository(DelegationTable).findOneBy({ id: delegationId });
  const objection = whyNotChangeDelegation(tx.actor, row?.personId ?? '');
  if (objection) throw objection;
  if (!row || !isDelegationInForce(row, tx.now)) throw notFound('access.unknown_delegation');
  return row;
}

/** S2-9d asks for a granter: somebody who answers for it, never a mechanism. */
function granterOf(actor: Actor): string {
  if (actor.kind !== 'person') throw forbidden('access.may_not_delegate');
  return actor.personId;
}

const untilOf = (lastOn: CalendarDate): number => instantOf(addDays(lastOn, 1));

/** The last day on which something holds that is over from `untilAt` on. */
export const lastDayOf = (untilAt: number): CalendarDate => dateOf(untilAt - 1);

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)].sort();

const columnsOf = ({ unitId, duty, modules, categories, lastOn, note }: DelegationTerms) => ({
  unitId,
  duty,
  modules: unique(modules),
  categories: unique(categories),
  note,
  untilAt: untilOf(lastOn),
});

type Terms = Pick<DelegationRow, 'unitId' | 'duty' | 'modules' | 'categories' | 'untilAt'>;
const termsOf = ({ unitId, duty, modules, categories, untilAt }: Terms): Terms => ({
  unitId,
  duty,
  modules,
  categories,
  untilAt,
});
