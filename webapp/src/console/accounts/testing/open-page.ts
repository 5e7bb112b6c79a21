import { vi } from 'vitest';
import type { Component } from 'vue';
import { fakeApi, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { me } from '../../session.ts';
import * as shell from '../../testing/samples.ts';
import * as sample from './samples.ts';

export interface OpenPage extends Mounted {
  calls: ReturnType<typeof fakeApi>;
  /** The last button of the dialog: the act itself. */
  act: () => HTMLButtonElement;
  type: (id: string, words: string) => Promise<void>;
  /** A radio or checkbox by its words. */
  tick: (words: string) => Promise<void>;
}

/** Opens one page as somebody with this role; units and systems answer by themselves. */
export async function openPage(
  page: Component,
  {
    path,
    url = path,
    props = {},
    role = 'systemAdmin',
  }: {
    path: string;
    url?: string;
    props?: Record<string, unknown>;
    role?: string;
  },
  answers: Record<string, Answer>,
): Promise<OpenPage> {
  // Dates of another year would be shown with it.
  vi.useFakeTimers({ toFake: ['Date'], now: shell.at });
  me.value = shell.person([{ role, roleName: role, scopeUnitName: null }]);
  const calls = fakeApi({
    'GET /api/me': () => ({ body: shell.person() }),
    'GET /api/directory/units': () => ({
      body: { unit: { unitId: 'college', name: '海州职业技术学院' }, items: [], path: [] },
    }),
    'GET /api/accounts/people/p1': () => ({ body: sample.personAccounts() }),
    'GET /api/accounts/systems': () => ({ body: sample.systems() }),
    ...answers,
  });
  const mounted = await mountPage(page, path, url, props);
  await settle();
  const last = (): HTMLButtonElement => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    if (!found) throw new Error('no dialog is open');
    return found;
  };
  return {
    ...mounted,
    calls,
    act: last,
    async type(id, words) {
      const field = document.querySelector<HTMLInputElement>(`#${id}`);
      if (!field) throw new Error(`no field ${id}`);
      field.value = words;
      field.dispatchEvent(new Event('input'));
      await settle();
    },
    async tick(words) {
      const label = [...document.querySelectorAll<HTMLElement>('label')].find((each) =>
        each.textContent?.includes(words),
      );
      if (!label) throw new Error(`no choice ${words}`);
      label.querySelector('input')?.click();
      await settle();
    },
  };
}
