import { systemActor } from '../../kernel/actor.ts';
import { updateCount } from '../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping, numberIn } from '../../platform/keeping/index.ts';
import { recordChange } from './history.ts';
import { touchRevision } from './revision.ts';

/** Which of these people's personal values a room still needs: an account that is not cancelled yet. */
export type StillNeeded = (reads: Reads, personIds: readonly string[]) => Promise<readonly string[]>;

const KIND = 'directory.formerPeople';
const actor = systemActor(`keeping:${KIND}`);
const AT_ONCE = 200;

/** Former people of whom we still hold what only mattered while they were here. */
const HOLDING = `state = 'left' and (idNumberSealed is not null or bornOnSealed is not null
  or mobileSealed is not null or email is not null or addressSealed is not null or mobilePrint is not null or bornOnPrint is not null)`;

/**
 * What goes: number, birth date, mobile, e-mail, home address, with masks and prints. What stays: name, staff number, posts and their
 * history, which are the institution's own record, and the print of the ID number: it cannot be read back, and without
 * it who is employed again would become a second person (B7, F9).
 */
const BLANKED = `idNumberSealed = null, idNumberMasked = null,
  bornOnSealed = null, bornOnMasked = null, bornOnPrint = null,
  mobileSealed = null, mobileMasked = null, mobilePrint = null, email = null, emailKey = null,
  addressSealed = null, addressMasked = null`;

export function directoryKeepings(db: Db, holders: readonly StillNeeded[]): Keeping[] {
  return [
    deleteRows(db, {
      // A copy older than what is remembered is read anew.
      kind: 'directory.changes',
      atLeastDays: 1,
      table: 'directory_change',
      since: 'changedAt',
    }),
    deleteRows(db, {
      // How often one was put back is counted over a week.
      kind: 'directory.tagFindings',
      atLeastDays: 7,
      table: 'wecom_tag_finding',
      since: 'settledAt',
      where: 'settledAt is not null',
    }),
    {
      kind: KIND,
      // The account's grace, its hand-over and a return within the year come first.
      atLeastDays: 184,
      ending: {
        how: 'blank',
        remove: (before, limit) => forget(db, holders, before, limit),
        overdue: async (reads, before) =>
          (await numberIn(reads, `select count(*) as n from person where ${HOLDING} and leftAt < ?`, [
            before,
          ])) ?? 0,
        oldest: (reads) => numberIn(reads, `select min(leftAt) as n from person where ${HOLDING}`),
      },
    },
  ];
}

interface Former {
  readonly id: string;
  readonly version: number;
}

async function forget(
  db: Db,
  holders: readonly StillNeeded[],
  before: number,
  limit: number,
): Promise<number> {
  let done = 0;
  let after = '';
  while (done < limit) {
    const from = after;
    const page = await db.read((reads) =>
      reads.em.query<Former[]>(
        `select id, version from person where ${HOLDING} and leftAt < ? and id > ? order by id limit ${AT_ONCE}`,
        [before, from],
      ),
    );
    const last = page.at(-1);
    if (last === undefined) return done;
    done += await db.write(actor, (tx) => blankPage(tx, holders, page));
    after = last.id;
  }
  return done;
}

async function blankPage(tx: Tx, holders: readonly StillNeeded[], page: readonly Former[]): Promise<number> {
  const ids = page.map(({ id }) => id);
  const needed = new Set<string>();
  for (const stillNeeded of holders) for (const id of await stillNeeded(tx, ids)) needed.add(id);
  const gone: string[] = [];
  for (const { id, version } of page) {
    if (needed.has(id)) continue;
    // Somebody who came back meanwhile has another version.
    const changed = await updateCount(
      tx.em,
      `update person set ${BLANKED}, version = version + 1, updatedAt = ? where id = ? and version = ? and state = 'left'`,
      [tx.now, id, version],
    );
    if (changed === 1) gone.push(id);
  }
  for (const id of gone) recordChange(tx, { type: 'person', id, kind: 'forgotten' });
  if (gone.length > 0) await touchRevision(tx, gone);
  return gone.length;
}
