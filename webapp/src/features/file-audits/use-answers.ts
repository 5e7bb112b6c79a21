import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { AuditFile, FieldKey, Said } from './api.ts';

type Answers = Partial<Record<FieldKey, Said>>;

export interface OwnAnswers {
  readonly answers: Ref<Answers>;
  /** What stands for a field now: chosen, or wrong because a correction waits. */
  readonly saidOf: (field: FieldKey) => Said | null;
  readonly choose: (field: FieldKey, said: Said) => void;
  /** What is there and was not said wrong; what is not there is asked one by one. */
  readonly restIsRight: () => void;
  readonly hasRest: ComputedRef<boolean>;
  readonly left: ComputedRef<number>;
  /** Said wrong, without the correction that has to be asked for first. */
  readonly unasked: ComputedRef<readonly FieldKey[]>;
  readonly all: () => { field: FieldKey; said: Said }[];
  readonly forget: () => void;
}

/**
 * What I say of each field. Kept in this tab while I go and ask for a correction; no value of the record is in it.
 * A field that waits to be corrected is wrong without being asked again.
 */
export function useAnswers(file: Ref<AuditFile | null>): OwnAnswers {
  const answers = ref<Answers>({});
  const key = computed(() => (file.value ? `file-audit:${file.value.fileId}:${file.value.round}` : null));
  watch(
    key,
    (now) => {
      answers.value = now === null ? {} : read(now);
    },
    { immediate: true },
  );
  const keep = (): void => {
    if (key.value !== null) sessionStorage.setItem(key.value, JSON.stringify(answers.value));
  };
  const fields = computed(() => file.value?.fields ?? []);
  const saidOf = (field: FieldKey): Said | null => {
    const chosen = answers.value[field];
    if (chosen) return chosen;
    const correction = fields.value.find((one) => one.field === field)?.correction;
    return correction?.state === 'open' ? 'wrong' : null;
  };
  return {
    answers,
    saidOf,
    choose(field, said) {
      answers.value = { ...answers.value, [field]: said };
      keep();
    },
    restIsRight() {
      const rest = fields.value.filter(({ field, present }) => present !== null && saidOf(field) === null);
      answers.value = {
        ...answers.value,
        ...Object.fromEntries(rest.map(({ field }) => [field, 'right' as const])),
      };
      keep();
    },
    hasRest: computed(() =>
      fields.value.some(({ field, present }) => present !== null && saidOf(field) === null),
    ),
    left: computed(() => fields.value.filter(({ field }) => saidOf(field) === null).length),
    unasked: computed(() =>
      fields.value
        .filter(
          ({ field, correction }) => saidOf(field) === 'wrong' && correction === null && field !== 'photo',
        )
        .map(({ field }) => field),
    ),
    all: () => fields.value.map(({ field }) => ({ field, said: saidOf(field) ?? 'right' })),
    forget() {
      if (key.value !== null) sessionStorage.removeItem(key.value);
    },
  };
}

function read(key: string): Answers {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Answers;
  } catch {
    return {};
  }
}
