import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../server/kernel/id.ts';
import { keepPlace, newMigratedPlace, type Place } from './migrated-place.ts';

/** Where a product stands before it is started: its database, its folder, and the time. */
export interface Stage {
  readonly place: Place;
  readonly dataDir: string;
  /** Epoch ms at which it is opened. */
  readonly at: number;
  remove(): Promise<void>;
}

/** Nobody is there yet. @param now ISO */
export async function emptyStage(now: string): Promise<Stage> {
  return stageOf(await newMigratedPlace(), newFolder(), Date.parse(now));
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'steward-'));

const stageOf = (place: Place, dataDir: string, at: number): Stage => ({
  place,
  dataDir,
  at,
  async remove() {
    await place.remove();
    rmSync(dataDir, { recursive: true, force: true });
  },
});

/** What is written down of a stage that is copied. */
interface Kept {
  readonly at: number;
  /** See `keepPlace`. */
  readonly from: string;
}

/**
 * To bring everybody in takes twice as long as the start itself, and most stories begin with the same people: it is
 * done once in a run of the tests, and every start gets a copy.
 * @param name which people, and when
 * @param make brings them in, leaves everything closed, and says what time it was then
 */
export async function setStage(name: string, make: (stage: Stage) => Promise<number>): Promise<Stage> {
  const folder = join(setsFolder(), createHash('sha256').update(name).digest('hex').slice(0, 32));
  if (!existsSync(folder)) await keepStage(folder, make);
  const { at, from } = JSON.parse(readFileSync(join(folder, KEPT), 'utf8')) as Kept;
  const dataDir = newFolder();
  cpSync(join(folder, 'data'), dataDir, { recursive: true });
  return stageOf(await newMigratedPlace(from), dataDir, at);
}

const KEPT = 'kept.json';

/** Of this run alone: the next one may have other code. */
export const setsFolder = (): string => join('test/.tmp/sets', process.env.TEST_RUN ?? String(process.pid));

/** Made aside and put into its place whole: of two processes that make it at once, either's is right. */
async function keepStage(folder: string, make: (stage: Stage) => Promise<number>): Promise<void> {
  const stage = await emptyStage('1970-01-01T00:00:00Z');
  const aside = `${folder}.${newId()}`;
  mkdirSync(aside, { recursive: true });
  const at = await make(stage);
  const from = await keepPlace(stage.place, `${aside}.db`);
  cpSync(stage.dataDir, join(aside, 'data'), { recursive: true });
  writeFileSync(join(aside, KEPT), JSON.stringify({ at, from } satisfies Kept));
  await stage.remove();
  try {
    renameSync(aside, folder);
  } catch {
    // Another process was first.
    rmSync(aside, { recursive: true });
  }
}
