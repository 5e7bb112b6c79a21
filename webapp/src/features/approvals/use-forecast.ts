import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { asFailure, type Failure } from '../../api/failure.ts';
import { post } from '../../api/http.ts';
import type { ForecastAnswer, ForecastRequest } from '../../api/shapes.ts';

export interface Forecasting {
  forecast: ShallowRef<ForecastAnswer | null>;
  failure: ShallowRef<Failure | null>;
  /** What is shown belongs to an older state of the form. */
  waiting: Ref<boolean>;
  ask: () => Promise<void>;
}

const pauseMs = 250;

/**
 * Days, rules and path for the form as it is, from the server. Asked once per pause of 250 ms; the answer to
 * an older question is dropped. The last good answer stays (dimmed) meanwhile, so that figures never jump.
 */
export function useForecast(question: () => ForecastRequest | null): Forecasting {
  const forecast = shallowRef<ForecastAnswer | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const waiting = ref(false);
  let timer = 0;
  let turn = 0;

  async function ask(): Promise<void> {
    const body = question();
    if (!body) return;
    const mine = ++turn;
    waiting.value = true;
    try {
      const answer = await post<ForecastAnswer>('/api/approvals/forecast', body);
      if (mine !== turn) return;
      forecast.value = answer;
      failure.value = null;
    } catch (error) {
      if (mine === turn) failure.value = asFailure(error);
    } finally {
      if (mine === turn) waiting.value = false;
    }
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      window.clearTimeout(timer);
      turn += 1;
      waiting.value = question() !== null;
      timer = window.setTimeout(() => void ask(), pauseMs);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    window.clearTimeout(timer);
    turn += 1;
  });
  return { forecast, failure, waiting, ask };
}
