/** The only source of "now" (rule G10). Epoch milliseconds, UTC. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until told otherwise; for tests and for the sandbox's adjustable time. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: number | string) {
    this.#now = typeof start === 'number' ? start : Date.parse(start);
    if (!Number.isFinite(this.#now)) throw new Error(`not an instant: ${start}`);
  }

  now(): number {
    return this.#now;
  }

  set(at: number | string): void {
    this.#now = typeof at === 'number' ? at : Date.parse(at);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Real time plus an offset that can be moved: the demo's clock, shared by the server and its sandbox. */
export class OffsetClock implements Clock {
  #offset = 0;
  readonly #listeners = new Set<() => void>();

  now(): number {
    return Date.now() + this.#offset;
  }

  get offset(): number {
    return this.#offset;
  }

  setOffset(ms: number): void {
    this.#offset = ms;
    for (const listener of this.#listeners) listener();
  }

  /** Told after the time was moved: what is due by the new time should run now. */
  onMoved(listener: () => void): void {
    this.#listeners.add(listener);
  }
}
