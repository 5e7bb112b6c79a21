import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { readAccounts } from './api.ts';
import type { AccountsAnswer } from './shapes.ts';

export interface PersonAccounts {
  accounts: ShallowRef<AccountsAnswer | null>;
  /** "企业微信 正常，OA 未开通"; empty while unknown. */
  accountWords: ComputedRef<string>;
}

/** What the chosen person has in each system, as a help beside the form: who may not see it simply gets none. */
export function useAccounts(personId: () => string): PersonAccounts {
  const accounts = shallowRef<AccountsAnswer | null>(null);
  watch(
    personId,
    async (id) => {
      accounts.value = null;
      if (id === '') return;
      const found = await readAccounts(id).catch(() => null);
      if (personId() === id) accounts.value = found;
    },
    { immediate: true },
  );
  const accountWords = computed(() =>
    (accounts.value?.accounts ?? []).map(({ systemName, words }) => `${systemName} ${words}`).join('；'),
  );
  return { accounts, accountWords };
}
