import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../kernel/errors.ts';

export interface RateLimits {
  byAddress(address: string): Promise<void>;
  byPerson(personId: string): Promise<void>;
}

/**
 * Protection of this process against one noisy client, not a business quota: kept in memory per instance. A whole
 * institution sits behind one address, so the address limit is wide and the person's is the one that bites.
 */
export function createRateLimits(perMinute: { address: number; person: number }): RateLimits {
  const address = new RateLimiterMemory({ points: perMinute.address, duration: 60 });
  const person = new RateLimiterMemory({ points: perMinute.person, duration: 60 });
  return {
    byAddress: (key) => consume(address, key),
    byPerson: (key) => consume(person, key),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    const { msBeforeNext } = error as RateLimiterRes;
    throw new AppError('http.too_many', {
      status: 429,
      data: { seconds: Math.ceil((msBeforeNext ?? 60_000) / 1000) },
    });
  }
}
