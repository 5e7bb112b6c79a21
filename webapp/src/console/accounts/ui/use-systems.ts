import { computed, shallowRef, type ComputedRef } from 'vue';
import { asFailure, type Failure } from '../../../api/failure.ts';
import { accounts } from '../api.ts';

export interface SystemName {
  code: string;
  name: string;
}

const known = shallowRef<readonly SystemName[]>([]);
const failure = shallowRef<Failure | null>(null);
let asking: Promise<void> | null = null;

/** The registered systems, asked for once. */
async function ask(): Promise<void> {
  try {
    const { systems } = await accounts.systems();
    known.value = systems.map(({ code, name }) => ({ code, name }));
    failure.value = null;
  } catch (error) {
    failure.value = asFailure(error);
  } finally {
    asking = null;
  }
}

/** The register has changed: whoever asks next asks the server. */
export function forgetSystems(): void {
  known.value = [];
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
