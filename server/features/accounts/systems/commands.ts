import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import type { ChangeSystem, NewLink, RegisterSystem } from '../contract.ts';
import { mustBeIt } from '../policy.ts';
import { systemOf } from '../settings.ts';
import { DataLinkTable, type SystemRow, SystemTable } from './tables.ts';

/** As many as the settings file may hold; lists of systems are read at once. */
const MOST = 50;

/** S3-6: from the next request on the same rules hold for it. */
export async function registerSystem(
  ctx: AccountsContext,
  actor: PersonActor,
  wanted: RegisterSystem,
): Promise<void> {
  await ctx.db
    .write(actor, async (tx) => {
      await mustKeepBook(ctx, tx, actor, wanted.ownerUnitId);
      if (systemOf(ctx.settings, wanted.code))
        throw refused('accounts.system_known', { system: wanted.code });
      if (ctx.settings.systems.length >= MOST) throw refused('accounts.too_many_systems', { most: MOST });
      const row: SystemRow = {
        id: newId(),
        ...wanted,
        state: 'on',
        registeredAt: tx.now,
        version: 1,
      };
      await insertRows(tx, SystemTable, [row]);
      recordAct(tx, {
        action: 'accounts.register_system',
        targetType: 'account_system',
        targetId: wanted.code,
        after: { ...wanted },
      });
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? refused('accounts.system_known', { system: wanted.code }) : error;
    });
}

export async function changeSystem(
  ctx: AccountsContext,
  actor: PersonActor,
  code: string,
  { version, ...wanted }: ChangeSystem,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await mustKeepBook(ctx, tx, actor, wanted.ownerUnitId);
    const row = await tx.em.getRepository(SystemTable).findOneBy({ code });
    if (!row)
      throw systemOf(ctx.settings, code)
        ? refused('accounts.system_in_file')
        : notFound('accounts.unknown_system', { system: code });
    await saveWithVersion(tx, SystemTable, { ...row, version }, wanted);
    const { name, ownerUnitId, byDefault, onLock, onSecondOut, inspected, state } = row;
    recordAct(tx, {
      action: 'accounts.change_system',
      targetType: 'account_system',
      targetId: code,
      before: { name, ownerUnitId, byDefault, onLock, onSecondOut, inspected, state },
      after: { ...wanted },
    });
  });
}

/** S3-7 */
export async function noteLink(ctx: AccountsContext, actor: PersonActor, link: NewLink): Promise<string> {
  const id = newId();
  await ctx.db
    .write(actor, async (tx) => {
      await mustKeepBook(ctx, tx, actor, null);
      for (const code of [link.providerCode, link.consumerCode]) {
        if (!systemOf(ctx.settings, code)) throw refused('accounts.unknown_system', { system: code });
      }
      if (link.providerCode === link.consumerCode) throw refused('accounts.link_to_itself');
      await insertRows(tx, DataLinkTable, [{ id, ...link, sinceAt: tx.now, version: 1 }]);
      recordAct(tx, {
        action: 'accounts.note_link',
        targetType: 'account_data_link',
        targetId: id,
        after: { ...link },
      });
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? refused('accounts.link_known') : error;
    });
  return id;
}

export async function moveLink(
  ctx: AccountsContext,
  actor: PersonActor,
  linkId: string,
  { version, state }: { readonly version: number; readonly state: NewLink['state'] },
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await mustKeepBook(ctx, tx, actor, null);
    const row = await tx.em.getRepository(DataLinkTable).findOneBy({ id: linkId });
    if (!row) throw notFound('accounts.unknown_link');
    if (row.state === state) return;
    await saveWithVersion(tx, DataLinkTable, { ...row, version }, { state, sinceAt: tx.now });
    recordAct(tx, {
      action: 'accounts.move_link',
      targetType: 'account_data_link',
      targetId: linkId,
      before: { state: row.state },
      after: { state },
    });
  });
}

/** IT keeps the book; every system has a unit of ours that answers for it. */
async function mustKeepBook(
  ctx: AccountsContext,
  reads: Reads | Tx,
  actor: PersonActor,
  ownerUnitId: string | null,
): Promise<void> {
  const org = await ctx.orgOf(reads);
  mustBeIt(viewerOf(org, actor.personId), ctx.settings);
  if (ownerUnitId !== null && !org.unit(ownerUnitId)) throw refused('accounts.unknown_unit');
}
