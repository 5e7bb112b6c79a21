/**
 * What this device keeps: drafts, the last home and lists for times without a network, people chosen lately.
 * Every entry belongs to one person, so that a shared PC never shows one person's content to the next. A full
 * or forbidden storage is not an error: then nothing is kept.
 */
const prefix = 'steward:';
const lastKey = `${prefix}last`;

let person = '';

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Who used this device last; their kept content may be shown while the server cannot be asked. */
export function openForLastPerson(): void {
  person = attempt(() => localStorage.getItem(lastKey)) ?? '';
}

/** From now on entries belong to this person. Another person's offline content is removed, drafts stay. */
export function openFor(personId: string): void {
  if (person !== personId) removeWhere((key) => key.includes(':kept:') && !key.startsWith(own('')));
  person = personId;
  attempt(() => localStorage.setItem(lastKey, personId));
}

const own = (name: string): string => `${prefix}${person}:${name}`;

function removeWhere(matches: (key: string) => boolean): void {
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (matches(key)) localStorage.removeItem(key);
  });
}

export function keep(name: string, value: unknown): void {
  if (person === '') return;
  attempt(() => localStorage.setItem(own(name), JSON.stringify({ at: Date.now(), value })));
}

export function kept<T>(name: string): { at: number; value: T } | null {
  if (person === '') return null;
  const text = attempt(() => localStorage.getItem(own(name)));
  return text ? attempt(() => JSON.parse(text) as { at: number; value: T }) : null;
}

export function drop(name: string): void {
  attempt(() => localStorage.removeItem(own(name)));
}

/** Signing out leaves nothing of this person behind. */
export function forgetPerson(): void {
  removeWhere((key) => key.startsWith(own('')) || key === lastKey);
  person = '';
}
