import { ref } from 'vue';

/** The phone's own switch; without a choice the system's. Kept on this device. */
const place = 'sandbox-phone:theme';

function remembered(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

const system = (): boolean => window.matchMedia('(prefers-color-scheme: dark)').matches;

export const dark = ref(false);

function paint(): void {
  document.documentElement.classList.toggle('dark', dark.value);
  document.documentElement.classList.toggle('light', !dark.value);
}

export function applyTheme(): void {
  const choice = remembered();
  dark.value = choice === null ? system() : choice === 'dark';
  paint();
}

export function switchTheme(): void {
  dark.value = !dark.value;
  paint();
  try {
    localStorage.setItem(place, dark.value ? 'dark' : 'light');
  } catch {
    // A forbidden storage only means that the choice is forgotten.
  }
}
