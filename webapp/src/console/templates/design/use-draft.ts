import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { asFailure, type Failure } from '../../../api/failure.ts';
import { designs, type Content, type Design, type DraftState } from './api.ts';

/** How long one stops changing before it is saved. */
const SAVE_AFTER_MS = 600;

/**
 * The draft on the page: changed at once, saved a moment later, one save at a time. What the server says of a save (faults,
 * words of the drawing) is of that save; a refused one stops saving until the page is read anew.
 */
export function useDraft(key: string) {
  const design = shallowRef<Design | null>(null);
  const content = shallowRef<Content | null>(null);
  const draft = shallowRef<DraftState | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const isDirty = ref(false);
  const isSaving = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  function take(found: Design): void {
    design.value = found;
    content.value = found.content;
    draft.value = found.draft;
    failure.value = null;
    isDirty.value = false;
  }

  const canChange = computed(() => draft.value !== null && design.value?.can.change === true);

  function change(next: Content): void {
    if (!canChange.value) return;
    content.value = next;
    isDirty.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), SAVE_AFTER_MS);
  }

  async function saveOnce(): Promise<void> {
    while (isDirty.value && failure.value === null) {
      const sent = content.value;
      const version = draft.value?.version;
      if (sent === null || version === undefined) return;
      isSaving.value = true;
      isDirty.value = false;
      try {
        draft.value = await designs.save(key, version, sent);
      } catch (error) {
        isDirty.value = true;
        failure.value = asFailure(error);
      }
    }
    isSaving.value = false;
  }

  /** Everything is saved, or `failure` says why not. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    running = running.then(saveOnce);
    return running;
  }

  const warn = (event: BeforeUnloadEvent): void => {
    if (isDirty.value) event.preventDefault();
  };
  window.addEventListener('beforeunload', warn);
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', warn);
    clearTimeout(timer);
    if (isDirty.value && failure.value === null) void flush();
  });

  return { design, content, draft, failure, isDirty, isSaving, canChange, take, change, flush };
}
