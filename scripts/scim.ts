import { systemActor } from '../server/kernel/actor.ts';
import { acceptSource, addSource, issueKey, listSources, revokeKey } from '../server/features/hr/index.ts';
import { dateOf } from '../server/kernel/dates.ts';
import type { Db, Tx } from '../server/platform/db/unit-of-work.ts';
import { Advice, configured, runProgram, withDatabase } from './command-line.ts';

// Identity systems that push by SCIM, and their keys. A key is printed once and cannot be read back.
const USE = `npm run -s scim -- list
npm run -s scim -- add <code> <name>     a new identity system
npm run -s scim -- key <code>            another key for it; the old ones stay valid until they are revoked
npm run -s scim -- revoke <key id>
npm run -s scim -- accept <code>         from now on it may suspend and delete, within the limits of a day`;

await runProgram(async ([command = '', first = '', ...rest]) =>
  withDatabase(configured(), async ({ db }) => {
    const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.write(systemActor('cli:scim'), work);
    switch (command) {
      case 'list':
        await print(db);
        return 0;
      case 'add':
        await write((tx) => addSource(tx, first, rest.join(' ')));
        return 0;
      case 'key':
        console.log(await write((tx) => issueKey(tx, first)));
        return 0;
      case 'revoke':
        await write((tx) => revokeKey(tx, first));
        return 0;
      case 'accept':
        await write((tx) => acceptSource(tx, first));
        return 0;
      default:
        throw new Advice(USE);
    }
  }),
);

async function print(db: Db): Promise<void> {
  for (const { source, name, acceptedAt, keys } of await db.read(listSources)) {
    console.log(
      `${source}  ${name}  ${acceptedAt === null ? 'not accepted' : `accepted ${dateOf(acceptedAt)}`}`,
    );
    for (const { keyId, hint, revokedAt, lastUsedAt } of keys)
      console.log(
        `  ${keyId}  …${hint}  ${revokedAt === null ? 'valid' : 'revoked'}  ${
          lastUsedAt === null ? 'never used' : `used ${dateOf(lastUsedAt)}`
        }`,
      );
  }
}
