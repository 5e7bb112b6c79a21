import { afterEach, expect, it, vi } from 'vitest';
import { createApp, type App } from 'vue';
import type { NativeBoxes } from '../../../../server/sandbox/contract.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { settle } from '../../testing/mount.ts';
import NativeScreen from './NativeScreen.vue';

let app: App;
let root: HTMLElement;
afterEach(() => {
  app.unmount();
  root.remove();
  vi.unstubAllGlobals();
});
const PATH = '/sandbox/members/zhang/native-approvals';
const boxes = (more: Partial<NativeBoxes> = {}): NativeBoxes => ({
  waiting: [],
  own: [],
  head: { userid: 'chen', name: '陈志远' },
  ...more,
});
async function show(): Promise<void> {
  root = document.createElement('div');
  document.body.append(root);
  app = createApp(NativeScreen, { userid: 'zhang' });
  app.mount(root);
  await settle();
}
const send = (): HTMLButtonElement => root.querySelector('.native-form button') as HTMLButtonElement;
async function write(words: string): Promise<void> {
  const area = root.querySelector('textarea') as HTMLTextAreaElement;
  area.value = words;
  area.dispatchEvent(new Event('input'));
  await settle();
}

it('hands a form in to the head of the department, once it says why', async () => {
  const api = fakeApi({ [`GET ${PATH}`]: () => ({ body: boxes() }), [`POST ${PATH}`]: () => ({ body: {} }) });
  await show();
  expect(root.textContent).toContain('由陈志远审批');
  await write('  ');
  expect(send().disabled).toBe(true);
  await write(' 手机没电 ');
  root.querySelector('form')?.dispatchEvent(new Event('submit'));
  await settle();
  const [posted] = api.calls.filter(({ method }) => method === 'POST');
  expect(posted?.body).toMatchObject({
    title: '补卡申请',
    nodes: [{ mode: 'any', userids: ['chen'] }],
    fields: [{ title: '缺卡原因', text: '手机没电' }],
  });
  expect(root.querySelector('textarea')?.value).toBe('');
});

it('keeps what was written when it could not be handed in, and offers no form where nobody would decide it', async () => {
  fakeApi({
    [`GET ${PATH}`]: () => ({ body: boxes() }),
    [`POST ${PATH}`]: () => problem(409, 'sandbox.no', '沙箱没有回应'),
  });
  await show();
  await write('手机没电');
  root.querySelector('form')?.dispatchEvent(new Event('submit'));
  await settle();
  expect(root.querySelector('textarea')?.value).toBe('手机没电');
  app.unmount();
  root.remove();
  fakeApi({ [`GET ${PATH}`]: () => ({ body: boxes({ head: null }) }) });
  await show();
  expect(root.querySelector('form')).toBeNull();
});
