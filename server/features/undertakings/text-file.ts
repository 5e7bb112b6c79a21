/** Files of config/undertakings: front matter and words. */
import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { CATEGORIES } from '../access/index.ts';
import { OCCASIONS } from './contract.ts';
import type { TextFile, Wording } from './text.ts';

const line = (most: number) => z.string().trim().min(1).max(most);
const Front = z.strictObject({
  version: z.int().min(1).max(9_999),
  title: line(60),
  source: line(100),
  occasions: z.array(z.enum(OCCASIONS)).min(1),
  who: z.union([z.literal('all'), z.array(z.enum(CATEGORIES)).min(1)]).default('all'),
  askAgain: z.boolean().default(true),
  workdays: z.int().min(1).max(60).default(5),
  order: z.int().min(0).max(9_999).default(100),
});

const MOST_WORDS = 20_000;
const FILE = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/;

/**
 * @param textId the file's name without `.md`
 * @throws Error saying what is wrong with the file
 */
export function parseTextFile(textId: string, bytes: string): TextFile {
  if (!/^[a-z][a-z0-9-]{0,47}$/.test(textId))
    throw new Error('its name must be of small letters, digits and -, at most 48');
  const found = FILE.exec(bytes.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (!found) throw new Error('it must begin with front matter between two lines of ---');
  const [, head = '', body = ''] = found;
  const front = Front.safeParse(parseYaml(head));
  if (!front.success)
    throw new Error(
      front.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  const words = body.trim();
  if (words === '' || words.length > MOST_WORDS)
    throw new Error(`it must hold between 1 and ${MOST_WORDS} characters of words`);
  const { order, ...rest } = front.data;
  return { textId, ...rest, place: order, words, sha256: hashOf({ ...rest, words }) };
}

/** Of everything that is shown. Whoever has the words can make it again: title, source, empty line, words. */
export const hashOf = ({ title, source, words }: Pick<Wording, 'title' | 'source' | 'words'>): string =>
  createHash('sha256').update(`${title}\n${source}\n\n${words}`, 'utf8').digest('hex');
