import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { say } from '../ui/say.ts';
import { useAct, type Act } from '../ui/use-act.ts';
import { drift, type ActAnswer, type Choice, type Difference } from './api.ts';
import { sortOut } from './choices.ts';
import { w } from './words.ts';

export interface Settling {
  picked: Ref<string[]>;
  chosen: ShallowRef<ReadonlyMap<string, Choice>>;
  /** The picked rows by what is to be done with them. */
  wanted: ComputedRef<ReturnType<typeof sortOut>>;
  act: Act;
  /** Rows the server left as they were, and why. */
  refusals: ShallowRef<ActAnswer['refused']>;
  clear: () => void;
  carryOut: (reason?: string) => Promise<boolean>;
  reopen: (row: Difference) => Promise<void>;
}

/** Choosing for rows and carrying it out. `reload` reads the page again after an act, `reread` the list after a failed one. */
export function useSettling(
  rows: () => readonly Difference[],
  reload: () => Promise<void>,
  reread: () => Promise<void>,
): Settling {
  const picked = ref<string[]>([]);
  const chosen = shallowRef<ReadonlyMap<string, Choice>>(new Map());
  const refusals = shallowRef<ActAnswer['refused']>([]);
  const act = useAct();
  const wanted = computed(() =>
    sortOut(
      rows().filter(({ differenceId }) => picked.value.includes(differenceId)),
      chosen.value,
    ),
  );
  function clear(): void {
    picked.value = [];
    chosen.value = new Map();
  }
  async function carryOut(reason?: string): Promise<boolean> {
    const { groups } = wanted.value;
    const answers = await act.run(async () => {
      const all: { act: Choice; answer: ActAnswer }[] = [];
      for (const group of groups)
        all.push({
          act: group.act,
          answer: await drift.act(group.ids, group.act, group.act === 'ignore' ? reason : undefined),
        });
      return all;
    });
    if (!answers) {
      void reread();
      return false;
    }
    refusals.value = answers.flatMap(({ answer }) => answer.refused);
    const parts = answers
      .filter(({ answer }) => answer.done > 0)
      .map((each) => w.count(w.acts[each.act], each.answer.done));
    if (parts.length > 0) say(parts.join('，'));
    await reload();
    return true;
  }
  async function reopen(row: Difference): Promise<void> {
    const answer = await act.run(() => drift.act([row.differenceId], 'reopen'));
    if (!answer) return;
    refusals.value = answer.refused;
    if (answer.done > 0) say(w.reopened);
    await reload();
  }
  return { picked, chosen, wanted, act, refusals, clear, carryOut, reopen };
}
