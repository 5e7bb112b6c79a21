import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceAnswer } from '../../api/shapes.ts';
import { forgetMe } from '../../session.ts';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { openRequest, REQUEST, requestServer } from '../../testing/request-page.ts';
import { instance } from '../../testing/samples.ts';
import { hideToast } from '../../ui/toast.ts';
import EditPage from './EditPage.vue';

/** What the pad gives back; a page without a canvas cannot be drawn on. */
vi.mock('./sign/SignSheet.vue', async () => {
  const { defineComponent, h } = await import('vue');
  return {
    __esModule: true,
    default: defineComponent({
      emits: ['send', 'close'],
      setup: (_, { emit }) => {
        const send = () => emit('send', { fileId: 'f1', how: 'drawn' }, '同意');
        return () => h('dialog', h('button', { onClick: send }, '签名'));
      },
    }),
  };
});

/** The same for a field of the form. */
vi.mock('./sign/FormSignSheet.vue', async () => {
  const { defineComponent, h } = await import('vue');
  return {
    __esModule: true,
    default: defineComponent({
      props: ['label'],
      emits: ['done', 'close'],
      setup: (props, { emit }) => {
        const done = () => emit('done', { fileId: 'f2', how: 'typed' });
        return () => h('dialog', h('button', { onClick: done }, `签${String(props.label)}`));
      },
    }),
  };
});

const number = {
  required: true,
  help: null,
  type: 'number',
  min: 1,
  max: null,
  decimals: 0,
  unit: '元',
} as const;
const editing = (amount = 300, version = 0): InstanceAnswer['editing'] => ({
  fields: [
    { field: { key: 'amount', label: '金额', ...number }, value: amount, version },
    {
      field: { key: 'note', label: '说明', required: false, help: null, type: 'text', maxLength: 50 },
      value: '会议费',
      version: 0,
    },
  ],
  people: [],
  files: [],
  unitId: 'u1',
});
const EDIT = 'POST /api/approvals/tasks/t1/edit';
const APPROVE = 'POST /api/approvals/tasks/t1/approve';
const done = { outcome: 'done', words: '已修改金额', nextWords: null, nextItem: null };

const open = (): Promise<Mounted> =>
  mountPage(EditPage, '/approvals/:instanceId/edit', '/approvals/i1/edit', { instanceId: 'i1' });
const server = (more: Record<string, Answer> = {}) =>
  requestServer(
    { editing: editing() },
    { [EDIT]: () => ({ body: done }), [APPROVE]: () => ({ body: done }), ...more },
  );

let page: Mounted;
beforeEach(forgetMe);
afterEach(() => {
  page.app.unmount();
  hideToast();
  vi.unstubAllGlobals();
});

async function type(label: string, value: string): Promise<void> {
  await vi.waitFor(() => expect(page.text()).toContain(label));
  const input = [...page.root.querySelectorAll<HTMLInputElement>('.form-field')]
    .find((field) => field.textContent.includes(label))
    ?.querySelector('input, textarea');
  if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement)) throw new Error(label);
  input.value = value;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('change'));
  await settle();
}

describe('changing the form of a request', () => {
  it('R40 the page of the request says what may be changed', async () => {
    server();
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('可以修改金额、说明'));
  });

  it('R40 sends what was changed alone, with the version that was seen', async () => {
    const api = server();
    page = await open();
    await type('金额', '260');
    page.button('保存修改').click();
    await vi.waitFor(() => expect(api.of(EDIT)).toHaveLength(1));
    expect(api.of(EDIT)[0]?.body).toEqual({ edits: [{ key: 'amount', version: 0, value: 260 }] });
    await vi.waitFor(() => expect(page.router.currentRoute.value.path).toBe('/approvals/i1'));
  });

  it('R40 a change may be part of the decision', async () => {
    const api = server();
    page = await open();
    await type('说明', '评审费');
    page.button('保存并同意').click();
    await vi.waitFor(() => expect(api.of(APPROVE)).toHaveLength(1));
    expect(api.of(APPROVE)[0]?.body).toEqual({ edits: [{ key: 'note', version: 0, value: '评审费' }] });
  });

  const sheet = (): HTMLDialogElement => {
    const dialog = page.root.ownerDocument.querySelector('dialog');
    if (!dialog) throw new Error('no sheet');
    return dialog;
  };
  async function typeIn(control: Element | null, value: string): Promise<void> {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement))
      throw new Error('no control');
    control.value = value;
    control.dispatchEvent(new Event('input'));
    await settle();
  }
  const asks = (more: object): Partial<InstanceAnswer> => {
    const { myTask } = instance();
    return { editing: editing(), myTask: myTask && { ...myTask, ...more } };
  };

  it('R15 a signature in the form says whose it is, and is given anew as one’s own', async () => {
    const field = {
      key: 'check',
      label: '核验签名',
      required: false,
      help: null,
      type: 'signature',
    } as const;
    const kept = {
      fileId: 'f1',
      how: 'drawn',
      hash: 'a'.repeat(64),
      personId: 'p9',
      name: '陈志远',
      at: 1,
    } as const;
    const changed = {
      ...editing(),
      fields: [{ field, value: kept, version: 2 }],
    } as InstanceAnswer['editing'];
    const api = requestServer({ editing: changed }, { [EDIT]: () => ({ body: done }) });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('陈志远 已签名'));
    expect(page.text()).not.toContain('去掉签名');
    page.button('重新签名').click();
    await vi.waitFor(() => expect(page.text()).toContain('签核验签名'));
    page.button('签核验签名').click();
    await vi.waitFor(() => expect(page.text()).toContain('去掉签名'));
    expect(page.text()).not.toContain('陈志远 已签名');
    // What was given before cannot be taken out: it stands again.
    page.button('去掉签名').click();
    await vi.waitFor(() => expect(page.text()).toContain('陈志远 已签名'));
    page.button('重新签名').click();
    await vi.waitFor(() => expect(page.text()).toContain('签核验签名'));
    page.button('签核验签名').click();
    await vi.waitFor(() => expect(page.text()).toContain('去掉签名'));
    page.button('保存修改').click();
    await vi.waitFor(() => expect(api.of(EDIT)).toHaveLength(1));
    expect(api.of(EDIT)[0]?.body).toEqual({
      edits: [{ key: 'check', version: 2, value: { fileId: 'f2', how: 'typed' } }],
    });
  });

  it('R15 R40 where the step asks for a signature it is given with the changes, in one act', async () => {
    const api = requestServer(asks({ requiresSignature: true }), { [APPROVE]: () => ({ body: done }) });
    page = await open();
    await type('说明', '评审费');
    page.button('保存并同意').click();
    await vi.waitFor(() => expect(sheet().textContent).toContain('签名'));
    expect(api.of(APPROVE)).toHaveLength(0);
    sheet().querySelector('button')?.click();
    await vi.waitFor(() => expect(api.of(APPROVE)).toHaveLength(1));
    expect(api.of(APPROVE)[0]?.body).toEqual({
      signature: { fileId: 'f1', how: 'drawn' },
      comment: '同意',
      edits: [{ key: 'note', version: 0, value: '评审费' }],
    });
    await vi.waitFor(() => expect(page.router.currentRoute.value.fullPath).toBe('/approvals/i1'));
  });

  it('R40 where the step asks for words they go with the changes, and without them nothing is sent', async () => {
    const api = requestServer(asks({ requiresComment: true }), { [APPROVE]: () => ({ body: done }) });
    page = await open();
    await type('说明', '评审费');
    page.button('保存并同意').click();
    await vi.waitFor(() => expect(sheet().querySelector('textarea')).not.toBeNull());
    const send = () => sheet().querySelector<HTMLButtonElement>('.btn.fill')?.click();
    send();
    await settle();
    expect(api.of(APPROVE)).toHaveLength(0);
    await typeIn(sheet().querySelector('textarea'), '按评审费列支');
    send();
    await vi.waitFor(() => expect(api.of(APPROVE)).toHaveLength(1));
    expect(api.of(APPROVE)[0]?.body).toEqual({
      comment: '按评审费列支',
      edits: [{ key: 'note', version: 0, value: '评审费' }],
    });
  });

  it('R40 a field changed by somebody else is shown anew, and the own change of another stays', async () => {
    let asked = 0;
    server({
      [`GET ${REQUEST}`]: () => ({
        body: instance({ editing: (asked += 1) === 1 ? editing() : editing(280, 1) }),
      }),
      [EDIT]: () => problem(409, 'approvals.field_changed', '“金额”刚由王处长改过'),
    });
    page = await open();
    await type('说明', '评审费');
    await type('金额', '260');
    page.button('保存修改').click();
    await vi.waitFor(() => expect(page.text()).toContain('“金额”刚由王处长改过'));
    const values = () => [...page.root.querySelectorAll('input')].map(({ value }) => value);
    await vi.waitFor(() => expect(values()).toEqual(['280', '评审费']));
  });

  it('sends nothing where nothing was changed', async () => {
    const api = server();
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('保存修改'));
    page.button('保存修改').click();
    await settle();
    expect(page.text()).toContain('还没有改动');
    expect(api.of(EDIT)).toHaveLength(0);
  });

  it('says so where nothing may be changed', async () => {
    requestServer();
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('现在不能修改'));
  });
});
