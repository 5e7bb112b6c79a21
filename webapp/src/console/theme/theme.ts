import { ref, watch } from 'vue';

export type Theme = 'system' | 'light' | 'dark';

const place = 'console:theme';

function stored(): Theme {
  try {
    const value = localStorage.getItem(place);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

/** Dark follows the system unless this person fixed it; the inline script of console.html does the first paint. */
export const theme = ref<Theme>(stored());

function apply(system: MediaQueryList): void {
  const dark = theme.value === 'system' ? system.matches : theme.value === 'dark';
  document.documentElement.classList.toggle('dark', dark);
  document.documentElement.classList.toggle('light', !dark);
}

export function keepTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', () => apply(system));
  watch(
    theme,
    (chosen) => {
      try {
        if (chosen === 'system') localStorage.removeItem(place);
        else localStorage.setItem(place, chosen);
      } catch {
        // Then it holds for this page only.
      }
      apply(system);
    },
    { immediate: true },
  );
}
