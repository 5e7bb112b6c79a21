import { onScopeDispose, ref } from 'vue';

const place = 'console:keys';

function stored(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

/** Single keys can be switched off (WCAG 2.1.4). */
export const singleKeys = ref(stored());

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    if (on) localStorage.removeItem(place);
    else localStorage.setItem(place, 'off');
  } catch {
    // Then it holds for this page only.
  }
}

const ticked = ['radio', 'checkbox', 'button', 'submit', 'file'];

/** Somebody is writing: letters belong to the text. */
function writing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !ticked.includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Single keys of a page, by `event.key` in lower case. Silent while composing Chinese and behind a dialog. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const pressed = (event: KeyboardEvent): void => {
    if (!singleKeys.value || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing(event.target) || document.querySelector('[aria-modal="true"]')) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  };
  window.addEventListener('keydown', pressed);
  onScopeDispose(() => window.removeEventListener('keydown', pressed));
}
