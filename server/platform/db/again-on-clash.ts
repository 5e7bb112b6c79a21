import { isUniqueViolation } from './rows.ts';

const MAX_TRIES = 5;

/**
 * Two at the same moment wanted the same key: the one that lost looks again and finds what the other one wrote.
 * Around a whole unit of work, never inside one: what failed there is rolled back as a whole.
 */
export async function againOnClash<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_TRIES || !isUniqueViolation(error)) throw error;
    }
  }
}
