/** Which texts are open for whom, and what may be registered. Pure. */
import type { Occasion } from './contract.ts';
import { FIRST_SIGN_IN, type Text, type TextFile, type Wording } from './text.ts';

/** What one person gave and was asked, of their present time here; versions by text. */
export interface OwnStanding {
  readonly given: ReadonlyMap<string, readonly number[]>;
}

export const concerns = ({ who }: Pick<Text, 'who'>, category: string): boolean =>
  who === 'all' || (who as readonly string[]).includes(category);

/** Does what somebody gave count for the words in force? */
export const countsFor = ({ countsFrom }: Pick<Text, 'countsFrom'>, versions: readonly number[]): boolean =>
  versions.some((version) => version >= countsFrom);

/** What this person still has to give, in order; on this occasion, or on any. */
export const openFor = (
  texts: readonly Text[],
  category: string,
  { given }: OwnStanding,
  occasion?: Occasion,
): Text[] =>
  texts.filter(
    (text) =>
      (occasion === undefined || text.occasions.includes(occasion)) &&
      concerns(text, category) &&
      !countsFor(text, given.get(text.textId) ?? []),
  );

/** Everybody owes it by a time, not only on an occasion of their own. */
export const isOwedByAll = ({ occasions }: Pick<Text, 'occasions'>): boolean =>
  occasions.includes(FIRST_SIGN_IN);

/** Texts a room rests on by name: the institution may reword them, not take them away. */
export const GUARDED = ['no-classified-content'] as const;
export type GuardedText = (typeof GUARDED)[number];

export interface Registered extends Pick<Wording, 'version' | 'sha256' | 'askAgain'> {
  readonly textId: string;
}

export interface Registration {
  /** Versions nobody has registered yet. */
  readonly fresh: readonly TextFile[];
  /** Why the start is stopped, in words for who edits the files. */
  readonly faults: readonly string[];
}

/** Versions only rise, and a version means the same words for ever. */
export function planRegistration(
  files: readonly TextFile[],
  registered: readonly Registered[],
): Registration {
  const fresh: TextFile[] = [];
  const faults: string[] = GUARDED.flatMap((textId) => guardFault(textId, files));
  for (const file of files) {
    const known = registered.filter(({ textId }) => textId === file.textId);
    const highest = Math.max(0, ...known.map(({ version }) => version));
    const same = known.find(({ version }) => version === file.version);
    const name = `config/undertakings/${file.textId}.md`;
    if (file.version < highest)
      faults.push(
        `${name}: version ${file.version} is lower than version ${highest}, which is registered and people may have given: put the text of version ${highest} back, or raise it to version: ${highest + 1}`,
      );
    else if (same && (same.sha256 !== file.sha256 || same.askAgain !== file.askAgain))
      faults.push(
        `${name}: version ${file.version} is registered with other words or another askAgain (sha256 ${same.sha256.slice(0, 12)}… then, ${file.sha256.slice(0, 12)}… now): raise it to version: ${highest + 1}`,
      );
    else if (!same) fresh.push(file);
  }
  return { fresh, faults };
}

function guardFault(textId: GuardedText, files: readonly TextFile[]): string[] {
  const file = files.find((one) => one.textId === textId);
  const name = `config/undertakings/${textId}.md`;
  if (!file) return [`${name} is missing: publishing and groups rest on it`];
  return file.who === 'all' ? [] : [`${name}: who must be all, because publishing and groups rest on it`];
}

/** From which version on what was given counts: the newest one that asks anew. */
export function countsFrom(
  { version }: Pick<TextFile, 'version'>,
  registered: readonly Pick<Registered, 'version' | 'askAgain'>[],
): number {
  const upTo = registered.filter((one) => one.version <= version).sort((a, b) => b.version - a.version);
  return (upTo.find(({ askAgain }) => askAgain) ?? upTo.at(-1))?.version ?? version;
}

/** The texts in force, in the order of lists. */
export const inForce = (files: readonly TextFile[], registered: readonly Registered[]): Text[] =>
  files
    .map((file) => ({
      ...file,
      countsFrom: countsFrom(
        file,
        registered.filter(({ textId }) => textId === file.textId),
      ),
    }))
    .sort((a, b) => a.place - b.place || (a.textId < b.textId ? -1 : 1));
