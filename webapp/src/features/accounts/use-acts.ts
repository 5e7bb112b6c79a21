import { ref, type Ref } from 'vue';
import { toast } from '../../ui/toast.ts';
import { useAct } from '../../ui/use-act.ts';
import { useSheets, type Sheets } from '../../ui/use-sheet.ts';

export interface Acts {
  readonly sheets: Sheets;
  readonly busy: Ref<boolean>;
  /** Which act is on its way. */
  readonly sending: Ref<string>;
  /** Why the last one was refused, in the server's words. */
  readonly problem: Ref<string>;
  /** True when it was done: then its sheet is closed, the new state shown and `tell` said. */
  readonly act: <T>(
    name: string,
    send: () => Promise<T>,
    tell: string | ((answer: T) => string),
  ) => Promise<boolean>;
}

/** One act of a page at a time. What changed meanwhile is read anew; a refusal stays in its sheet. */
export function useActs(reload: () => Promise<void>): Acts {
  const sheets = useSheets();
  const { busy, failure, run } = useAct();
  const sending = ref('');
  const problem = ref('');

  async function act<T>(
    name: string,
    send: () => Promise<T>,
    tell: string | ((answer: T) => string),
  ): Promise<boolean> {
    if (busy.value) return false;
    problem.value = '';
    sending.value = name;
    const done = await run(async () => ({ answer: await send() }));
    sending.value = '';
    if (done) {
      await sheets.close();
      const words = typeof tell === 'string' ? tell : tell(done.answer);
      if (words) toast({ words });
      await reload();
      return true;
    }
    const found = failure.value;
    if (!found) return false;
    problem.value = found.message;
    const changed = found.status === 409 || found.status === 404;
    if (changed) await sheets.close();
    if (changed || sheets.current.value === '') toast({ words: found.message, tone: 'bad' });
    if (changed) await reload();
    return false;
  }

  return {
    sheets: { ...sheets, open: (name) => ((problem.value = ''), sheets.open(name)) },
    busy,
    sending,
    problem,
    act,
  };
}
