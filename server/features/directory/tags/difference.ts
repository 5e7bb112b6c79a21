/** From the members a tag has to those it shall have, in as few calls as there can be. Pure. */

export interface TagState {
  /** Who shall be in it. */
  readonly wanted: readonly string[];
  /** Who is in it, as far as we wrote it. */
  readonly written: ReadonlySet<string>;
  /** Userid by person, of those whom 企业微信 has as members. */
  readonly userids: ReadonlyMap<string, string>;
}

export interface Seat {
  readonly personId: string;
  readonly userid: string;
}

export interface TagChanges {
  /** One call each. */
  readonly add: readonly (readonly Seat[])[];
  readonly remove: readonly (readonly Seat[])[];
  /** Written once, but 企业微信 has no such member any more: it left the tag with the member. */
  readonly gone: readonly string[];
  /** Who shall be in it but is no member yet. */
  readonly waiting: readonly string[];
}

/** Members that one call takes (page 90214). */
const PER_CALL = 1_000;

export function tagChanges({ wanted, written, userids }: TagState): TagChanges {
  const stay = new Set(wanted);
  const seats = (ids: readonly string[]): Seat[] =>
    ids.flatMap((personId) => {
      const userid = userids.get(personId);
      return userid === undefined ? [] : [{ personId, userid }];
    });
  const missing = wanted.filter((personId) => !written.has(personId));
  const surplus = [...written].filter((personId) => !stay.has(personId));
  return {
    add: chunks(seats(missing)),
    remove: chunks(seats(surplus)),
    gone: [...written].filter((personId) => !userids.has(personId)),
    waiting: wanted.filter((personId) => !userids.has(personId)),
  };
}

function chunks(seats: readonly Seat[]): Seat[][] {
  const parts: Seat[][] = [];
  for (let at = 0; at < seats.length; at += PER_CALL) parts.push(seats.slice(at, at + PER_CALL));
  return parts;
}
