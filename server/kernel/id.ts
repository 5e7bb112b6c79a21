import { uuidv7obj } from 'uuidv7';

/** A new time-ordered identifier: 32 lower-case hex digits (UUIDv7). Fits a card's task id and a URL. */
export function newId(): string {
  return uuidv7obj().toHex();
}
