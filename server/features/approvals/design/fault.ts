/** What is wrong with a draft, and what it is judged by. */
import type { TemplateSurroundings } from '../check/template.ts';
import type { Template } from '../template/template.ts';
import type { DraftContent } from './draft.ts';
import type { Place } from './places.ts';

export interface DraftSurroundings extends TemplateSurroundings {
  readonly isUnitCode?: (code: string) => boolean;
  /** Rooms that offer options. */
  readonly sources?: readonly string[];
  /** Keys of all templates. */
  readonly templates?: readonly string[];
  /** Titles of other templates by the prefix of their numbers. */
  readonly prefixes?: ReadonlyMap<string, string>;
  /** What is in force, and whether rooms act on what its fields hold when a request of it ends. */
  readonly running?: { readonly template: Template; readonly hasEffects: boolean } | null;
  /** Version the draft was begun from, 0 for none. */
  readonly basedOn?: number;
}

export interface Issue {
  /** Stays the same while the fault does. */
  readonly id: string;
  readonly severity: 'error' | 'notice';
  readonly at: Place;
  /** What it is about: 步骤“党政办主任”. */
  readonly title: string;
  readonly words: string;
  /** What 照此改 would do: "超时改为升级给上级"; null where a person has to decide. */
  readonly repair: string | null;
}

export interface Mend {
  readonly words: string;
  readonly content: DraftContent;
}

/** A fault before its repair is looked for. */
export interface Fault {
  readonly severity: 'error' | 'notice';
  readonly at: Place;
  readonly words: string;
  /** A repair that follows from how it was found. */
  readonly mend?: Mend;
}
