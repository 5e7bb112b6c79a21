import { systemActor } from '../../kernel/actor.ts';
import { DAY_MS, dateOf } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../platform/db/unit-of-work.ts';
import { dailyAt, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { UnitEffect } from '../directory/index.ts';
import { lastDayOf, type DelegationCommands } from './commands/delegations.ts';
import { tell, type CommandDeps, type DelegationEnding } from './commands/deps.ts';
import { endedUnitsWithRights } from './store.ts';
import { DelegationTable, type DelegationRow } from './tables.ts';

const END_DELEGATIONS = 'access.endDelegations';
const WARN_DAYS = 7;
const SLICE = 100;
const actor = systemActor(`job:${END_DELEGATIONS}`);

/**
 * Shortly after midnight: note the end of delegations whose day has passed (they ceased to hold at that moment by
 * themselves), tell the person and the granter of those that end within a week, once, and end what is still given for a
 * unit that is over: since rights end with their unit there is none but from before.
 */
export function accessJobs(
  db: Db,
  deps: Pick<CommandDeps, 'directory' | 'sockets'>,
  commands: Pick<DelegationCommands, 'endNow'> & { readonly afterUnitEnd: UnitEffect },
): { definitions: JobDefinition[]; schedules: Schedule[] } {
  async function note(tx: Tx, kind: DelegationEnding['kind'], row: DelegationRow): Promise<void> {
    const { id, personId, grantedBy, unitId, untilAt } = row;
    await tell(tx, deps.sockets.delegationEnding, {
      kind,
      delegationId: id,
      personId,
      grantedBy,
      unitId,
      lastOn: lastDayOf(untilAt),
    });
  }

  const endPassed = (): Promise<number> =>
    db.write(actor, async (tx) => {
      const rows = await dueRows(tx, 'd.untilAt <= :until', tx.now);
      for (const row of rows) {
        await commands.endNow(tx, row, 'expired');
        await note(tx, 'ended', row);
      }
      if (rows.length > 0) await deps.directory.touch(tx);
      return rows.length;
    });

  const warnOfEnding = (): Promise<number> =>
    db.write(actor, async (tx) => {
      const rows = await dueRows(
        tx,
        'd.untilAt <= :until and d.warnedAt is null',
        tx.now + WARN_DAYS * DAY_MS,
      );
      for (const row of rows) {
        await updateCount(tx.em, 'update delegation set warnedAt = ? where id = ?', [tx.now, row.id]);
        await note(tx, 'ending', row);
      }
      return rows.length;
    });

  const endOfEndedUnits = (): Promise<void> =>
    db.write(actor, async (tx) => {
      await deps.directory.lock(tx);
      const on = dateOf(tx.now);
      for (const unitId of await endedUnitsWithRights(tx))
        await commands.afterUnitEnd(tx, { unitId, successorId: null, on });
    });

  return {
    definitions: [
      {
        name: END_DELEGATIONS,
        exclusive: true,
        handle: async () => {
          while ((await endPassed()) === SLICE);
          while ((await warnOfEnding()) === SLICE);
          await endOfEndedUnits();
        },
      },
    ],
    schedules: [dailyAt(END_DELEGATIONS, 0, 10)],
  };
}

const dueRows = (tx: Tx, condition: string, until: number): Promise<DelegationRow[]> =>
  tx.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where(`d.endedAt is null and ${condition}`, { until })
    .orderBy('d.id')
    .take(SLICE)
    .getMany();
