import type { Actor } from '../../../kernel/actor.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../org.ts';
import { mustMaintain } from '../policy.ts';
import type { ListRequest, SetRequest } from './contract.ts';
import { peopleOf } from './definition.ts';
import { activeSets, definitionOf, mustBeSet, taggedIn } from './store.ts';

/** Whoever changes a tag of many has typed how many get it or lose it; one question a kind of act. */
export async function mustTypeSet(
  reads: Reads,
  org: Org,
  actor: Actor,
  { setId, definition, phrase }: SetRequest,
): Promise<void> {
  mustMaintain(actor);
  const wanted = new Set(peopleOf(definition, org));
  const now =
    setId === undefined ? [] : peopleOf(await definitionOf(reads, await mustBeSet(reads, setId)), org);
  const leaving = now.filter((personId) => !wanted.has(personId)).length;
  const count = wanted.size - (now.length - leaving) + leaving;
  mustBeTyped(count, setId === undefined ? `建${count}人` : `改${count}人`, phrase);
}

export function mustTypeList(actor: Actor, { add, take, phrase }: ListRequest): void {
  mustMaintain(actor);
  const parts = [add.length > 0 && `加${add.length}人`, take.length > 0 && `移出${take.length}人`];
  mustBeTyped(Math.max(add.length, take.length), parts.filter(Boolean).join(''), phrase);
}

/** Whoever has the tag loses it, and whoever is to get it does not. */
export async function mustTypeRemoval(
  reads: Reads,
  org: Org,
  actor: Actor,
  setId: string,
  phrase: string | undefined,
): Promise<void> {
  mustMaintain(actor);
  const set = (await activeSets(reads)).find(({ id }) => id === setId);
  // Given up already, or never there: the command says which.
  if (!set) return;
  const people = peopleOf(await definitionOf(reads, set), org).length;
  const count = Math.max(people, (await taggedIn(reads, setId)).size);
  mustBeTyped(count, `删${count}人`, phrase);
}
