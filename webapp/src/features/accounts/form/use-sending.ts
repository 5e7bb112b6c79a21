import { computed, nextTick, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { words as w } from '../../../phrases/accounts.ts';
import { t } from '../../../phrases/zh-CN.ts';
import { toast } from '../../../ui/toast.ts';
import { useAct } from '../../../ui/use-act.ts';
import type { RequestKind } from '../shapes.ts';
import { fieldsInSight, placeMissing, SECRET } from './fields.ts';
import { filledFrom } from './filled.ts';
import { sendReport, type Sent } from './send-report.ts';
import type { Edits } from './use-edits.ts';
import type { ReportDraft } from './use-report-draft.ts';
import { textOf } from './values.ts';

export interface Sending {
  busy: Ref<boolean>;
  /** What stands in the way, beside the button. */
  problem: Ref<string>;
  missing: Ref<readonly string[]>;
  /** What is missing by the field it belongs to, and what belongs to none. */
  placed: ComputedRef<ReturnType<typeof placeMissing>>;
  /** Files on their way, by the field they belong to. */
  pending: Record<string, 'none' | 'going' | 'failed'>;
  /** The units that may send for this person, when there is more than one. */
  units: Ref<{ value: string; label: string }[]>;
  asUnit: Ref<string>;
  send: () => Promise<void>;
}

/** Says what is wrong and goes there. */
async function goTo(id: string): Promise<void> {
  await nextTick();
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'center' });
  const target = place?.querySelector<HTMLElement>('input, textarea, button') ?? place;
  target?.focus({ preventScroll: true });
}

function outcomeWords(sent: Exclude<Sent, { outcome: 'askUnit' }>): string {
  if (sent.outcome === 'begun') return w.report.begun;
  if (sent.answer.outcome === 'waiting') return w.report.waiting;
  return sent.answer.outcome === 'already' ? w.report.already : w.report.sent;
}

/** Sending a report, and what to do where it cannot be sent. `known`: what the server found missing before. */
export function useSending(
  draft: ReportDraft,
  edits: Edits,
  known: readonly string[],
  finish: () => void,
): Sending {
  const router = useRouter();
  const { busy, failure, run } = useAct();
  const problem = ref('');
  const missing = ref<readonly string[]>(known);
  const pending = reactive<Record<string, 'none' | 'going' | 'failed'>>({});
  const units = ref<{ value: string; label: string }[]>([]);
  const asUnit = ref('');
  const placed = computed(() =>
    draft.kind === null
      ? { byField: {}, rest: [...missing.value] }
      : placeMissing(draft.kind, draft.values, missing.value),
  );

  async function pointTo(id: string, text: string): Promise<void> {
    problem.value = text;
    await goTo(id);
  }
  function unready(): [string, string] | null {
    if (draft.kind === null) return ['at-kind', w.report.noKind];
    if (draft.person === null) return ['at-person', w.report.noPerson];
    const going = Object.entries(pending).find(([, state]) => state !== 'none');
    if (!going) return null;
    return [`at-${going[0]}`, going[1] === 'going' ? t.form.waitUploads : t.form.removeFailed];
  }
  async function refused(kind: RequestKind): Promise<void> {
    const found = failure.value;
    if (!found) return;
    if (found.code === 'accounts.no_sender') {
      const field = fieldsInSight(kind, draft.values).find(
        (each) => each.type === 'unit' && textOf(draft.values[each.key]) === '',
      );
      missing.value = field ? [field.label] : [];
      return pointTo(`at-${field?.key ?? 'kind'}`, found.message);
    }
    problem.value = found.unanswered ? w.report.unknown : found.message;
    const words = SECRET[kind] === undefined ? w.report.failed : w.report.failedSecret;
    toast({ words, tone: 'bad' });
  }
  async function send(): Promise<void> {
    problem.value = '';
    const lacking = unready();
    if (lacking) return pointTo(...lacking);
    const { kind } = draft;
    if (kind === null) return;
    const sent = await run(() => sendReport(draft, filledFrom(kind, draft.values), asUnit.value));
    if (sent === null) return refused(kind);
    if (sent.outcome === 'askUnit') {
      units.value = sent.units;
      return pointTo('at-asUnit', w.report.askUnit);
    }
    if (sent.outcome === 'sent' && sent.answer.outcome === 'returned') {
      missing.value = sent.answer.missing;
      const [first] = Object.keys(placed.value.byField);
      return pointTo(`at-${first ?? 'rest'}`, w.report.missing(sent.answer.missing.join('、')));
    }
    edits.rememberUnit();
    finish();
    toast({ words: outcomeWords(sent) });
    await router.replace(`/accounts/requests/${draft.requestId ?? ''}`);
  }
  return { busy, problem, missing, placed, pending, units, asUnit, send };
}
