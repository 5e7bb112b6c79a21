/** What somebody else changed of a tag, from what 企业微信 holds and what we wrote (S1-7.2c, D11). Pure. */

/**
 * `takenOut`: somebody of the set is no more in the tag; `putIn`: a person of ours, `stranger`: a member nobody here
 * knows, `department`: a whole department, is in the tag and not in the set.
 */
export type FindingKind = 'takenOut' | 'putIn' | 'stranger' | 'department' | 'renamed' | 'deleted';

/** As `tag/get` answers (page 90213). */
export interface TagRead {
  readonly tagname: string;
  readonly users: readonly { readonly userid: string }[];
  readonly parties: readonly number[];
}

export interface TagKnown {
  /** What the tag shall be called. */
  readonly name: string;
  /** What it was last called by us. */
  readonly writtenName: string;
  readonly wanted: ReadonlySet<string>;
  /** Whom we put into it. */
  readonly written: ReadonlySet<string>;
  /** Userid by person, of those whom 企业微信 has as members. */
  readonly userids: ReadonlyMap<string, string>;
  /** The same the other way round, userids in lower case (B1). */
  readonly people: ReadonlyMap<string, string>;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly subject: string;
  readonly words: string | null;
}

export interface TagCompared {
  readonly found: readonly Finding[];
  /** In the tag as they shall be, though not by a write of ours that we know of. */
  readonly joined: readonly string[];
  /** Not in the tag any more, and they shall not be. */
  readonly parted: readonly string[];
}

const finding = (kind: FindingKind, subject: string, words: string | null = null): Finding => ({
  kind,
  subject,
  words,
});

/** @param read null when 企业微信 has no such tag any more */
export function compareTag(read: TagRead | null, known: TagKnown): TagCompared {
  if (read === null) return { found: [finding('deleted', '')], joined: [], parted: [] };
  const { wanted, written, userids, people } = known;
  const there = useridsIn(read);
  const missing = [...written].filter((id) => isMissing(id, there, userids));
  const surplus = [...there].filter((userid) => !written.has(people.get(userid) ?? ''));
  const ofOurs = surplus.flatMap((userid) => people.get(userid) ?? []);
  const isRenamed = read.tagname !== known.writtenName && read.tagname !== known.name;
  return {
    found: [
      ...(isRenamed ? [finding('renamed', '', read.tagname)] : []),
      ...missing.filter((id) => wanted.has(id)).map((id) => finding('takenOut', id)),
      ...ofOurs.filter((id) => !wanted.has(id)).map((id) => finding('putIn', id)),
      ...surplus.filter((userid) => !people.has(userid)).map((userid) => finding('stranger', userid)),
      ...read.parties.map((id) => finding('department', String(id))),
    ],
    joined: ofOurs.filter((id) => wanted.has(id)),
    parted: missing.filter((id) => !wanted.has(id)),
  };
}

const useridsIn = ({ users }: TagRead): Set<string> =>
  new Set(users.map(({ userid }) => userid.toLowerCase()));

/** Whoever is no member of 企业微信 any more left its tags with it: nobody took them out. */
function isMissing(personId: string, there: ReadonlySet<string>, userids: TagKnown['userids']): boolean {
  const userid = userids.get(personId);
  return userid !== undefined && !there.has(userid.toLowerCase());
}

/** Of something found before: is it as it shall be by now? */
export function isRight(
  { kind, subject }: Pick<Finding, 'kind' | 'subject'>,
  read: TagRead | null,
  known: TagKnown,
): boolean {
  if (kind === 'deleted') return read !== null;
  // The deletion is told as such; what was wrong inside went with the tag.
  if (read === null) return true;
  const there = useridsIn(read);
  switch (kind) {
    case 'takenOut':
      return !known.wanted.has(subject) || !isMissing(subject, there, known.userids);
    case 'putIn':
      return known.wanted.has(subject) || !there.has(known.userids.get(subject)?.toLowerCase() ?? '');
    case 'stranger':
      return !there.has(subject) || known.people.has(subject);
    case 'department':
      return !read.parties.includes(Number(subject));
    case 'renamed':
      return read.tagname === known.name;
  }
}
