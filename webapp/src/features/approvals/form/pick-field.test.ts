import { afterEach, expect, it } from 'vitest';
import { createApp, h, type App } from 'vue';
import type { Field } from '../../../api/shapes.ts';
import PickField from './PickField.vue';

let app: App | null = null;
afterEach(() => app?.unmount());

const field = (count: number): Extract<Field, { type: 'choice' }> => ({
  key: 'seal',
  type: 'choice',
  label: '印章',
  required: true,
  help: '选一枚',
  options: Array.from({ length: count }, (_, n) => ({
    value: `s${n}`,
    label: `印章 ${n}`,
    note: n === 0 ? '行政楼 105' : '',
  })),
});
function mount(count: number, modelValue = ''): { root: HTMLElement; chosen: string[] } {
  const root = document.createElement('div');
  const chosen: string[] = [];
  app = createApp({
    render: () =>
      h(PickField, {
        field: field(count),
        modelValue,
        mark: '必填',
        'onUpdate:modelValue': (value: string) => void chosen.push(value),
      }),
  });
  app.mount(root);
  return { root, chosen };
}

it('a few are radios in sight, with what is said of the one chosen', () => {
  const { root, chosen } = mount(3, 's0');
  const radios = root.querySelectorAll<HTMLInputElement>('input[type=radio]');
  expect(radios).toHaveLength(3);
  expect(root.textContent).toContain('行政楼 105');
  radios[1]?.dispatchEvent(new Event('change'));
  expect(chosen).toEqual(['s1']);
});

it('many are one labelled list', () => {
  const { root, chosen } = mount(40);
  const select = root.querySelector('select');
  expect(root.querySelector('label')?.getAttribute('for')).toBe(select?.id);
  if (!select) throw new Error('no list');
  select.value = 's7';
  select.dispatchEvent(new Event('change'));
  expect(chosen).toEqual(['s7']);
});

it('nothing to choose from is said', () => {
  expect(mount(0).root.textContent).toContain('现在没有可选的');
});
