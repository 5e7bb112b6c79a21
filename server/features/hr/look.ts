import type { PersonActor } from '../../kernel/actor.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { HrContext } from './deps.ts';
import { mustMaintain } from './policy.ts';
import type { NameOf } from './queries.ts';

/** Read for one of the maintainers; everything here is for them alone, reading included (S2-8). */
export type Look = <T>(actor: PersonActor, work: (reads: Reads, nameOf: NameOf) => Promise<T>) => Promise<T>;

export const createLook =
  (ctx: HrContext): Look =>
  (actor, work) => {
    mustMaintain(actor);
    return ctx.db.read(async (reads) => {
      const org = await ctx.directory.orgOf(reads);
      return work(reads, (id) => org.person(id)?.name ?? id);
    });
  };
