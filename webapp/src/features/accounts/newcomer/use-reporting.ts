import { nextTick, reactive, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { words as w } from '../../../phrases/accounts.ts';
import { t } from '../../../phrases/zh-CN.ts';
import { toast } from '../../../ui/toast.ts';
import { useAct } from '../../../ui/use-act.ts';
import { placeMissing } from '../form/fields.ts';
import { refillNewcomer, reportNewcomer, type NewcomerField, type NewcomerOptions } from './api.ts';
import { reportOf, type NewcomerDraft } from './draft.ts';
import { words } from './words.ts';

export interface Reporting {
  busy: Ref<boolean>;
  problem: Ref<string>;
  /** What the server says of a field of the newcomer. */
  faults: Partial<Record<NewcomerField, string>>;
  missing: Ref<readonly string[]>;
  pending: Record<string, 'none' | 'going' | 'failed'>;
  send: () => Promise<void>;
}

async function goTo(id: string): Promise<void> {
  await nextTick();
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'center' });
  const target = place?.querySelector<HTMLElement>('input, textarea, button') ?? place;
  target?.focus({ preventScroll: true });
}

/** Sending the report. `requestId`: of one that stands already; a draft that lacked something becomes one. */
export function useReporting(
  draft: NewcomerDraft,
  options: NewcomerOptions,
  standing: string | null,
  known: readonly string[],
): Reporting {
  const router = useRouter();
  const { busy, failure, run } = useAct();
  const problem = ref('');
  const missing = ref<readonly string[]>(known);
  const faults = reactive<Partial<Record<NewcomerField, string>>>({});
  const pending = reactive<Record<string, 'none' | 'going' | 'failed'>>({});
  let requestId = standing;

  async function point(id: string, text: string): Promise<void> {
    problem.value = text;
    await goTo(id);
  }

  async function send(): Promise<void> {
    problem.value = '';
    for (const field of Object.keys(faults) as NewcomerField[]) delete faults[field];
    const going = Object.entries(pending).find(([, state]) => state !== 'none');
    if (going)
      return point(`at-${going[0]}`, going[1] === 'going' ? t.form.waitUploads : t.form.removeFailed);
    const report = reportOf(draft, options, requestId !== null);
    const id = requestId;
    const answer = await run(() => (id === null ? reportNewcomer(report) : refillNewcomer(id, report)));
    if (answer === null) {
      const found = failure.value;
      if (!found) return;
      if (found.code === 'accounts.no_sender') return point('at-unitId', found.message);
      problem.value = found.unanswered ? words.unknown : found.message;
      toast({ words: words.failed, tone: 'bad' });
      return;
    }
    if (answer.outcome === 'faulty') {
      for (const { field, words: said } of answer.faults) faults[field] = said;
      const first = answer.faults[0];
      return point(`at-${first?.field ?? 'name'}`, words.look);
    }
    requestId = answer.requestId;
    if (answer.outcome === 'returned') {
      missing.value = answer.missing;
      const [first] = Object.keys(placeMissing('open', draft.values, answer.missing).byField);
      return point(`at-${first ?? 'rest'}`, w.report.missing(answer.missing.join('、')));
    }
    toast({ words: answer.status === 'submitted' ? words.joined : words.sent });
    await router.replace(`/accounts/requests/${requestId ?? ''}`);
  }
  return { busy, problem, faults, missing, pending, send };
}
