import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { HrContext } from '../deps.ts';
import type { Words } from '../words.ts';
import type { AskLimits } from './http/ask.ts';
import type { Reach } from './reach.ts';

export interface SourceTrouble {
  readonly sourceId: string;
  readonly name: string;
  readonly fetchId: string;
  /** One sentence: what is wrong. */
  readonly words: string;
}

/** A socket: a source that fails is somebody's business, not a line in a log. */
export interface TroubleSocket {
  /** In the unit of work that gives a fetch up; told again each time it fails, until it is settled. */
  failed(tx: Tx, trouble: SourceTrouble): void | Promise<void>;
  /** The source was read again, or is not wanted any more. */
  settled(tx: Tx, sourceId: string): void | Promise<void>;
}

export interface SourcesContext extends HrContext {
  readonly reach: Reach;
  readonly words: Words;
  readonly troubles: TroubleSocket;
  readonly askLimits?: Partial<AskLimits> | undefined;
}
