import type { AdminAct } from './resources/oper-log.ts';

/** detail_type of the administrators' log about people and departments (page 100179). */
const MEMBER_ACTS: ReadonlySet<number> = new Set([12, 13, 14, 15, 24, 176]);
const DEPARTMENT_ACTS: ReadonlySet<number> = new Set([9, 10, 11, 21]);
/** Tags made, deleted, renamed, given other members; the page does not say which is which. */
const TAG_ACTS: ReadonlySet<number> = new Set([38, 39, 40, 41]);
/** Imports at the console: they name no single member or department. */
const BULK_ACTS: ReadonlySet<number> = new Set([16, 60, 61, 62]);
/** Administrators added, removed, or given other rights or another range: their log is compared with ours (part 9). */
const RIGHTS_ACTS: ReadonlySet<number> = new Set([5, 6, 7, 8]);

const KINDS = { member: MEMBER_ACTS, department: DEPARTMENT_ACTS, tag: TAG_ACTS } as const;

export interface ActTarget {
  readonly type: 'member' | 'department' | 'tag';
  /** Userid or department id, names old and new: an act that mentions one of them may be the one. */
  readonly words: readonly string[];
}

/**
 * D11: acts that may have made a difference, newest first. `named` acts mention the target; `bulk` ones are imports
 * that may have. The log's words are free text, so this is a hint for people and never proof.
 */
export function actsOn(
  acts: readonly AdminAct[],
  target: ActTarget,
): { named: readonly AdminAct[]; bulk: readonly AdminAct[] } {
  const kinds = KINDS[target.type];
  const words = target.words.filter((word) => word !== '');
  const newest = acts.toSorted((a, b) => b.at - a.at);
  return {
    named: newest.filter(
      ({ detailType, info }) => kinds.has(detailType) && words.some((word) => mentions(info, word)),
    ),
    bulk: newest.filter(({ detailType }) => BULK_ACTS.has(detailType)),
  };
}

export const isRightsAct = ({ detailType }: AdminAct): boolean => RIGHTS_ACTS.has(detailType);

/** As a word of its own where it is made of letters and digits: 12 is not in 312. Without case (B1). */
function mentions(info: string, word: string): boolean {
  const [text, wanted] = [info.toLowerCase(), word.toLowerCase()];
  const inner = /^[\w.@-]+$/.test(wanted);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = [text[at - 1] ?? '', text[at + wanted.length] ?? ''];
    if (!inner || around.every((char) => !/[\w.@-]/.test(char))) return true;
  }
  return false;
}
