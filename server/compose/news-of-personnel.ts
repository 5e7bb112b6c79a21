import { z } from 'zod';
import type { AccountsDeps, PersonnelNews } from '../features/accounts/index.ts';
import type { Directory, HistoryEntry } from '../features/directory/index.ts';
import type { Reads } from '../platform/db/unit-of-work.ts';

const Post = z.object({ unitId: z.string(), kind: z.string(), title: z.string() });
const Posts = z.object({ posts: z.array(Post) });

/** The main post in one side of a line of history. */
function mainPost(side: HistoryEntry['before']): z.output<typeof Post> | null {
  const read = Posts.safeParse(side);
  return read.success ? (read.data.posts.find(({ kind }) => kind === 'main') ?? null) : null;
}

/** HR's last word about a person, for the accounts room: what the directory wrote down of it. */
export function newsOfPersonnel(directory: Directory): NonNullable<AccountsDeps['newsOf']> {
  return async (reads, personId, change) => {
    const history = await directory.historyOf(reads, 'person', personId);
    switch (change) {
      case 'hired':
      case 'returned':
        return joined(directory, reads, personId, history);
      case 'moved':
        return moved(history);
      case 'left':
        return left(history);
    }
  };
}

async function joined(
  directory: Directory,
  reads: Reads,
  personId: string,
  history: readonly HistoryEntry[],
): Promise<PersonnelNews | null> {
  const post = (await directory.orgOf(reads)).mainAssignmentOf(personId);
  const entry = history.find(({ kind }) => kind === 'hired' || kind === 'rehired');
  return post && entry ? { kind: 'joined', on: entry.effectiveOn, unitId: post.unitId } : null;
}

/** A concurrent post more or less changes nothing about the main one: that comes by a request of both units. */
function moved(history: readonly HistoryEntry[]): PersonnelNews | null {
  const entry = history.find(({ kind }) => kind === 'posts');
  const [from, to] = [mainPost(entry?.before ?? null), mainPost(entry?.after ?? null)];
  if (!entry || !from || !to || (from.unitId === to.unitId && from.title === to.title)) return null;
  return { kind: 'moved', on: entry.effectiveOn, from, to };
}

function left(history: readonly HistoryEntry[]): PersonnelNews | null {
  const entry = history.find(({ kind }) => kind === 'left' || kind === 'retired');
  const post = mainPost(entry?.before ?? null);
  if (!entry || !post) return null;
  return { kind: 'left', on: entry.effectiveOn, unitId: post.unitId, retired: entry.kind === 'retired' };
}
