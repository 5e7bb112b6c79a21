// The keys of the vault, while the server runs or not:
//   npm run -s vault -- status [--json]               what lies under which key
//   npm run -s vault -- rotate [--prints] [--json]    seal with the newest key what lies under another; may be cut off
// Exit codes: 0 everything lies under the newest key, 1 failed, 2 something is left under another one.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../server/config.ts';
import { createFolderStore, createS3Store } from '../server/platform/files/index.ts';
import {
  countByKey,
  type KeyCount,
  leftUnderOthers,
  rotate,
  type Rotated,
} from '../server/platform/rotation/index.ts';
import { createVault } from '../server/platform/vault/index.ts';
import { sealedPlaces } from '../server/sealed-places.ts';
import { Advice, configured, runProgram, withDatabase } from './command-line.ts';

const USE = `npm run -s vault -- status [--json]
npm run -s vault -- rotate [--json]             seal with the first of VAULT_KEYS what lies under another
npm run -s vault -- rotate --prints [--json]    after another VAULT_FINGERPRINT_KEY, all servers stopped`;
const EXIT = { done: 0, left: 2 } as const;

await runProgram(async (args) => {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, prints: { type: 'boolean', default: false } },
  });
  const [verb] = positionals;
  if (verb !== 'status' && verb !== 'rotate') throw new Advice(USE);
  const config = configured();
  return withDatabase(config, async ({ db }) => {
    const deps = { db, vault: vaultOf(config), blobs: blobsOf(config) };
    const rotated =
      verb === 'rotate' ? await rotate({ ...deps, ...telling(values.json) }, sealedPlaces, values) : [];
    const counts = await countByKey(deps, sealedPlaces);
    const left = leftUnderOthers(counts);
    if (values.json) console.log(JSON.stringify({ keys: deps.vault.keyIds, rotated, counts, left }, null, 2));
    else print(deps.vault.keyIds, rotated, counts, left);
    return left === 0 ? EXIT.done : EXIT.left;
  });
});

function vaultOf({ vaultKeys, fingerprintKey }: Config) {
  return createVault({ secrets: vaultKeys, fingerprintSecret: fingerprintKey });
}

function blobsOf({ s3, dataDir }: Config) {
  return s3 ? createS3Store(s3) : createFolderStore(join(dataDir, 'files'));
}

/** A line on the error output now and then, so that a long run is seen to go on. */
function telling(json: boolean) {
  const told = new Map<string, number>();
  return {
    onProgress(place: string, done: number): void {
      if (json || done - (told.get(place) ?? 0) < 10_000) return;
      told.set(place, done);
      console.error(`${place}: ${done} …`);
    },
  };
}

function print(
  keys: readonly string[],
  rotated: readonly Rotated[],
  counts: readonly KeyCount[],
  left: number,
): void {
  console.log(`keys, newest first: ${keys.join(' ')}`);
  for (const { place, resealed, printed, meanwhile, unreadable } of rotated) {
    if (resealed + printed + meanwhile + unreadable === 0) continue;
    const parts = [
      `${resealed} sealed anew`,
      ...(printed > 0 ? [`${printed} fingerprints`] : []),
      ...(meanwhile > 0 ? [`${meanwhile} changed meanwhile`] : []),
      ...(unreadable > 0 ? [`${unreadable} that no key opens`] : []),
    ];
    console.log(`${place}: ${parts.join(', ')}`);
  }
  for (const { place, keyId, held, count } of counts)
    console.log(`${place}  ${keyId === '' ? '(no key)' : keyId}  ${held}  ${count}`);
  console.log(
    left === 0 ? 'Everything lies under the newest key.' : `${left} value(s) lie under other keys.`,
  );
}
