/**
 * The part of a request's model about people who read it without deciding: 传阅, and who is named in a comment.
 * Optional in the state, so that older requests replay to what they were.
 */
import type { By, PersonSnapshot } from './people.ts';

/** Each person is a reader of a request once, whoever sends it to them again (R29). */
export interface ReaderState {
  readonly person: PersonSnapshot;
  readonly readAt: number | null;
  /** Confirmed by a press, which opening the page is not. */
  readonly confirmedAt: number | null;
}

/** One act of sending the request to people for reading. */
export interface CirculationState {
  readonly circulationId: string;
  readonly at: number;
  readonly by: By;
  readonly note: string | null;
  /** Keys of the fields whoever sent it could not read then: nor can those they sent it to. */
  readonly hidden?: readonly string[];
  readonly readers: readonly ReaderState[];
}

export interface CirculationsInState {
  readonly circulations?: readonly CirculationState[];
}

/** Somebody named in a comment, with the name they had. */
export interface Mention {
  readonly personId: string;
  readonly name: string;
}

export type CirculationCommand =
  | {
      readonly type: 'circulate';
      readonly by: By;
      readonly personIds: readonly string[];
      readonly note?: string | undefined;
    }
  | { readonly type: 'confirmRead'; readonly by: By };

export type CirculationFact =
  | {
      readonly type: 'circulated';
      readonly circulationId: string;
      readonly people: readonly PersonSnapshot[];
      readonly note: string | null;
      readonly hidden?: readonly string[];
    }
  | { readonly type: 'readConfirmed'; readonly personId: string };
