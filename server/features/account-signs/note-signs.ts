import { DAY_MS, MINUTE_MS } from '../../kernel/dates.ts';
import { newId } from '../../kernel/id.ts';
import { systemActor } from '../../kernel/actor.ts';
import { insertRows, saveWithVersion } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Visit } from '../access/index.ts';
import type { Sign } from './assess.ts';
import type { LogSource, MemberAct, SignsContext } from './context.ts';
import type { SignKind } from './contract.ts';
import { DeviceTable, SignLogTable, SignTable, type SignLogRow, type SignRow } from './tables.ts';
import { dayOf, deviceKindOf, signsOfVisit } from './visit-signs.ts';

const DEVICE = 'account.device';

/**
 * A sign-in to our own pages. What the browser said of itself is forgotten here: kept is a print of the kind of device,
 * salted with the person, so that two people with the same phone have nothing in common; and days, not times.
 */
export async function noteVisit(
  { vault, settings }: SignsContext,
  tx: Tx,
  { personId, userAgent }: Visit,
): Promise<void> {
  const kind = deviceKindOf(userAgent);
  const keyMark = vault.fingerprint(DEVICE, '').slice(0, 16);
  const devicePrint = kind === null ? null : vault.fingerprint(DEVICE, `${personId} ${kind}`);
  const known = await tx.em.getRepository(DeviceTable).findBy({ personId });
  await noteSigns(tx, personId, signsOfVisit(known, { devicePrint, keyMark }, settings, tx.now));
  if (devicePrint === null) return;
  const today = dayOf(tx.now);
  const same = known.find((device) => device.devicePrint === devicePrint);
  if (!same) {
    const row = { id: newId(), personId, devicePrint, keyMark, firstAt: today, lastAt: today };
    // Two tabs at once: once is enough.
    await insertRows(tx, DeviceTable, [row], 'keep');
  } else if (same.lastAt < today) {
    await tx.em.getRepository(DeviceTable).update({ id: same.id }, { lastAt: today });
  }
}

/** Each once a day. */
export const noteSigns = (tx: Tx, personId: string, signs: readonly Sign[]): Promise<void> =>
  insertRows(
    tx,
    SignTable,
    signs.map((sign) => rowOf(personId, sign)),
    'keep',
  );

const rowOf = (personId: string, { kind, source, seenAt }: Sign): SignRow => ({
  id: newId(),
  personId,
  kind,
  source,
  seenAt,
});

/** Whoever left has no account to look after. */
export async function forgetSigns(tx: Tx, personId: string): Promise<void> {
  for (const table of ['account_device', 'account_sign'])
    await tx.em.query(`delete from ${table} where personId = ?`, [personId]);
}

const LOG = 'members';
const KIND_OF: Readonly<Record<LogSource, SignKind>> = {
  newDevice: 'device',
  newMobile: 'phone',
  newWeChat: 'phone',
};
/** An act may reach the log a little later than it was done. */
const LAG_MS = 10 * MINUTE_MS;
/** The log goes back 180 days. */
const LIFE_MS = 179 * DAY_MS;

export const signLogOf = ({ em }: Reads): Promise<SignLogRow | null> =>
  em.getRepository(SignLogTable).findOneBy({ id: LOG });

/**
 * New devices, numbers and 微信 of members since the last time, at first of the window. Repeating it is harmless, so what
 * is cut off is read again. Where 企业微信 does not let us, that is said, and the other signs stand alone.
 */
export async function readMemberLog({ db, settings, memberLog }: SignsContext, now: number): Promise<void> {
  const actor = systemActor('job:signs.look');
  const known = await db.read(signLogOf);
  const until = now - LAG_MS;
  const from = Math.max(known?.readUntil ?? now - settings.windowDays * DAY_MS, now - LIFE_MS);
  if (from >= until) return;
  let refused: number | null = null;
  for (const source of Object.keys(KIND_OF) as LogSource[]) {
    const answer = await memberLog(source, { from, until }, now);
    if ('refused' in answer) {
      refused = answer.refused;
      break;
    }
    for (let at = 0; at < answer.value.length; at += AT_ONCE)
      await db.write(actor, (tx) => noteActs(tx, source, answer.value.slice(at, at + AT_ONCE)));
  }
  await db.write(actor, async (tx) => {
    const row = await signLogOf(tx);
    const readUntil = refused === null ? until : (row?.readUntil ?? null);
    if (row) await saveWithVersion(tx, SignLogTable, row, { readUntil, refused });
    else await insertRows(tx, SignLogTable, [{ id: LOG, readUntil, refused, version: 1 }]);
  });
}

const AT_ONCE = 500;

const noteActs = (tx: Tx, source: LogSource, acts: readonly MemberAct[]): Promise<void> =>
  insertRows(
    tx,
    SignTable,
    acts.flatMap(({ personId, at }) =>
      personId === null ? [] : [rowOf(personId, { kind: KIND_OF[source], source, seenAt: dayOf(at) })],
    ),
    'keep',
  );
