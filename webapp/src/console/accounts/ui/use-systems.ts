import { computed, shallowRef, type ComputedRef } from 'vue';
import { asFailure, type Failure } from '../../../api/failure.ts';
import { me } from '../../session.ts';
import { accounts } from '../api.ts';

export interface SystemName {
  code: string;
  name: string;
}

const known = shallowRef<readonly SystemName[]>([]);
const failure = shallowRef<Failure | null>(null);
let asking: Promise<void> | null = null;

/**
 * The registered systems. The server names all of them with anybody's accounts, one's own among them; there is no list
 * of its own.
 */
async function ask(): Promise<void> {
  const own = me.value?.person.personId;
  if (own === undefined) return;
  try {
    const { accounts: all } = await accounts.ofPerson(own);
    known.value = all.map(({ systemCode, systemName }) => ({ code: systemCode, name: systemName }));
    failure.value = null;
  } catch (error) {
    failure.value = asFailure(error);
  } finally {
    asking = null;
  }
}

export function useSystems(): {
  systems: ComputedRef<readonly SystemName[]>;
  failure: ComputedRef<Failure | null>;
  nameOf: (code: string) => string;
  retry: () => void;
} {
  const retry = (): void => {
    if (known.value.length === 0) asking ??= ask();
  };
  retry();
  return {
    systems: computed(() => known.value),
    failure: computed(() => failure.value),
    nameOf: (code) => known.value.find((one) => one.code === code)?.name ?? code,
    retry,
  };
}
