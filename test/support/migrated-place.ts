import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, templateName, wholeFile } from './migrated-template.ts';
import { keepSchema, takeSchema } from './migrated-schema.ts';
import { newPlace } from './test-db.ts';

/** A database of one's own: `url` for `DATABASE_URL`. */
export interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

const isMariadb = (): boolean => process.env.DB === 'mariadb';
const fileOf = ({ url }: Place): string => url.slice('sqlite:'.length);

/**
 * A place whose database has had all migrations already. They run once, and every test gets a copy of what they made:
 * a start costs a quarter less on SQLite, and on MariaDB a fifth of the time of its migrations. What the migrations do
 * is shown by tests of their own.
 * @param from what `keepPlace` said: the copy has its rows as well
 */
export async function newMigratedPlace(from?: string): Promise<Place> {
  if (isMariadb()) return takeSchema(from);
  const place = await newPlace();
  copyFileSync(from ?? (await (template ??= migratedFile())), fileOf(place));
  return place;
}

let template: Promise<string> | undefined;

/** Made aside and put into its place whole: of two processes that make it at once, either's is right. */
async function migratedFile(): Promise<string> {
  const path = join('test/.tmp', `${templateName()}.db`);
  if (existsSync(path)) return path;
  const place = await newPlace();
  await migrate(place.url);
  renameSync(fileOf(place), path);
  await place.remove();
  return path;
}

/** Keep a copy of a place that nobody has open, to make others from. @returns what `newMigratedPlace` takes */
export async function keepPlace(place: Place, folder: string): Promise<string> {
  if (isMariadb()) return keepSchema(place.url);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'test.db');
  await wholeFile(place.url);
  copyFileSync(fileOf(place), path);
  return path;
}
