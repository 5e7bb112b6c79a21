import { onScopeDispose, watch } from 'vue';

/**
 * Runs `act` again and again while `wanted`, at most once in `everyMs`, never two at a time. A hidden page rests
 * and catches up when it is looked at.
 */
export function usePoll(act: () => Promise<void>, everyMs: number, wanted: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  const plan = (): void => {
    clearTimeout(timer);
    if (wanted() && !document.hidden) timer = setTimeout(() => void tick(), everyMs);
  };
  async function tick(): Promise<void> {
    if (running) return;
    running = true;
    await act().catch(() => undefined);
    running = false;
    plan();
  }
  const seen = (): void => {
    if (!document.hidden && wanted()) void tick();
  };

  watch(wanted, plan, { immediate: true });
  document.addEventListener('visibilitychange', seen);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  });
}
