/** Templates designed in the product: drafts, publishing, retiring, files beside them, who may (R41, S2-10a, S2-10b). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  InstanceAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import type {
  DesignAnswer,
  DesignListAnswer,
  DifferenceAnswer,
  DraftState,
  PreviewAnswer,
  RightsAnswer,
} from '../../server/features/approvals/design/contract.ts';
import { dropDraft } from '../../server/features/approvals/design/draft-store.ts';
import type { DraftContent } from '../../server/features/approvals/design/draft.ts';
import type { DraftRow } from '../../server/features/approvals/design/tables.ts';
import type { DryRunAnswer } from '../../server/features/approvals/dry-run/contract.ts';
import type { Template } from '../../server/features/approvals/index.ts';
import { actionWords } from '../../server/features/admin/words.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { startApp, type Started } from '../support/start-app.ts';

const ROOT = '/api/approvals/design';
const START = systemActor('start');

let s: Started;
let admin: Client;
let manager: Client;
beforeAll(async () => {
  s = await startApp();
  admin = await s.signIn(demoCast.superAdmin.userid);
  manager = await s.signIn(demoCast.noticeManager.userid);
});
afterAll(() => s.close());

const as = (who: CastKey): Promise<Client> => s.signIn(demoCast[who].userid);
const open = (key: string, who: Client = admin) => who.get<DesignAnswer>(`${ROOT}/templates/${key}`);
const begin = (key: string, who: Client = admin) =>
  who.post(`${ROOT}/templates`, { from: 'running', templateKey: key });
const act = (key: string, what: string, body: object, who: Client = admin): Promise<Response> =>
  who.send('POST', `${ROOT}/templates/${key}/${what}`, body);
const save = async (key: string, version: number, content: object, who: Client = admin) => {
  const response = await who.send('PUT', `${ROOT}/templates/${key}/draft`, { version, content });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as DraftState;
};
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const acts = (key: string) =>
  s.app.db.read(async (reads) => {
    const rows = await reads.em.query<{ action: string }[]>(
      "select action from audit_entry where targetType = 'template' and targetId = ? order by id",
      [key],
    );
    return rows.map(({ action }) => action);
  });

async function submit(key: string, form: object, who: Client): Promise<string> {
  const { version, posts } = await who.get<TemplateAnswer>(`/api/approvals/templates/${key}`);
  const { instanceId } = await who.post<SubmitAnswer>('/api/approvals/instances', {
    templateKey: key,
    version,
    assignmentId: posts[0]?.assignmentId ?? '',
    form,
    clientKey: randomUUID(),
  });
  return instanceId;
}
async function decide(who: Client, instanceId: string): Promise<void> {
  const { items } = await who.get<{ items: { taskId: string; instanceId: string }[] }>(
    '/api/approvals/items?box=todo',
  );
  const task = items.find((one) => one.instanceId === instanceId);
  if (!task) throw new Error('nothing to decide');
  await who.post(`/api/approvals/tasks/${task.taskId}/approve`, { comment: '' });
}
const detail = (who: Client, id: string) => who.get<InstanceAnswer>(`/api/approvals/instances/${id}`);
const statusOf = (id: string): Promise<string | undefined> =>
  s.app.db.read(async (reads) => {
    const rows = await reads.em.query<{ status: string }[]>(
      'select status from approval_instance where id = ?',
      [id],
    );
    return rows[0]?.status;
  });

/** Begins with one field and the head of department. */
async function newTemplate(key: string, group = '测试'): Promise<void> {
  await admin.post(`${ROOT}/templates`, { from: 'new', key, title: '临时用车', group, numberPrefix: 'YC' });
  const { draft } = await open(key);
  const response = await act(key, 'publish', { version: draft?.version });
  expect(response.status).toBe(200);
}

describe('R41 a template is changed while its requests run', () => {
  it('the running one ends by its version, the next follows the new one', async () => {
    await newTemplate('cars');
    const teacher = await as('applicant');
    const head = await as('unitHead');
    const first = await submit('cars', { reason: '去市里开会' }, teacher);
    expect(await open('cars')).toMatchObject({ state: 'inForce', version: 1, running: 1, draft: null });

    await begin('cars');
    const { draft, content } = await open('cars');
    const longer: DraftContent = {
      ...content,
      fields: [
        ...content.fields,
        { key: 'km', type: 'number', label: '公里数', required: true, max: 1, min: 9 },
      ],
      steps: [
        ...content.steps,
        {
          key: 'far',
          kind: 'branches',
          title: '远近',
          mode: 'first',
          branches: [
            {
              key: 'away',
              title: '远途',
              when: { field: 'km', op: '>', value: 3 },
              steps: [
                {
                  key: 'office',
                  kind: 'approve',
                  title: '人事处',
                  mode: 'any',
                  refusal: 'FIRST_ACTION',
                  allowWorkdays: 1,
                  assignees: [
                    {
                      label: '人事处长',
                      by: { rule: 'headOfUnit', unit: 'D05', take: 'first' },
                      fallback: [],
                    },
                  ],
                },
              ],
            },
            { key: 'rest', title: '其余', steps: [] },
          ],
        },
      ],
    };
    const saved = await save('cars', draft?.version ?? 0, longer);
    expect(saved.errors).toBe(1);
    const [fault] = saved.issues;
    expect(fault).toMatchObject({
      severity: 'error',
      at: { part: 'field', key: 'km' },
      repair: '两个数对调',
    });
    expect(await codeOf(await act('cars', 'publish', { version: saved.version }))).toBe(
      'approvals.draft_has_faults',
    );
    // An older page knows nothing of this save.
    expect(await codeOf(await act('cars', 'publish', { version: 1 }))).toBe('approvals.draft_changed');

    const mended = (await (
      await act('cars', 'repair', { version: saved.version, issueId: fault?.id })
    ).json()) as DraftState;
    expect(mended).toMatchObject({ errors: 0, version: saved.version + 1 });
    const { rows } = await admin.get<DifferenceAnswer>(`${ROOT}/templates/cars/difference?from=1&to=draft`);
    expect(rows.map(({ part, key, change }) => [part, key, change])).toEqual([
      ['field', 'km', 'added'],
      ['step', 'far', 'added'],
      ['step', 'office', 'added'],
    ]);
    const run = await admin.get<DryRunAnswer>(`${ROOT}/templates/cars/dry-run`);
    expect(run).toMatchObject({ version: 2, longest: 2 });
    expect(run.deadEnds.map(({ stepKey }) => stepKey)).not.toContain('office');
    expect(run.people).toBeGreaterThan(5);
    const personId = await personIdOf(s, demoCast.applicant.userid);
    const preview = await admin.post<PreviewAnswer>(`${ROOT}/templates/cars/preview`, {
      personId,
      form: { km: 4 },
    });
    expect(preview.forecast.path.map(({ title }) => title)).toEqual(['部门负责人', '人事处']);

    const published = await (await act('cars', 'publish', { version: mended.version })).json();
    expect(published).toEqual({ version: 2 });
    await decide(head, first);
    expect(await statusOf(first)).toBe('approved');
    const second = await submit('cars', { reason: '再去一次', km: 5 }, teacher);
    await decide(head, second);
    expect(await statusOf(second)).toBe('running');
    await decide(await as('hrHead'), second);
    expect(await statusOf(second)).toBe('approved');

    const done = await acts('cars');
    expect(done.filter((one) => one === 'approvals.publish_draft')).toHaveLength(2);
    for (const one of done) expect(actionWords(one), one).not.toBe(one);
  });

  it('a retired one takes no request, lets its running ones end, and comes back', async () => {
    await newTemplate('bikes');
    const teacher = await as('applicant');
    const running = await submit('bikes', { reason: '借车' }, teacher);
    expect((await act('bikes', 'retire', { reason: '' })).status).toBe(400);
    expect((await act('bikes', 'retire', { reason: '改用班车' })).status).toBe(200);
    expect(await codeOf(await act('bikes', 'retire', { reason: '再停' }))).toBe(
      'approvals.template_retired_already',
    );
    const form = await teacher.send('GET', '/api/approvals/templates/bikes', undefined).catch(() => null);
    expect(form === null ? 0 : form.status).not.toBe(200);
    const { items } = await teacher.get<{ items: { templateKey: string }[] }>('/api/approvals/templates');
    expect(items.map(({ templateKey }) => templateKey)).not.toContain('bikes');
    await expect(submit('bikes', { reason: '又借' }, teacher)).rejects.toThrow('template_retired');
    await decide(await as('unitHead'), running);
    expect(await statusOf(running)).toBe('approved');
    expect((await act('bikes', 'restore', {})).status).toBe(200);
    await submit('bikes', { reason: '又借' }, teacher);
    expect(await codeOf(await act('bikes', 'restore', {}))).toBe('approvals.template_in_force');
  });

  it('two designers do not write over each other, and nothing is published over a version nobody compared', async () => {
    await newTemplate('vans');
    await begin('vans');
    expect(
      await codeOf(await admin.send('POST', `${ROOT}/templates`, { from: 'running', templateKey: 'vans' })),
    ).toBe('approvals.draft_open');
    const { draft, content } = await open('vans');
    const version = draft?.version ?? 0;
    const saved = await save('vans', version, { ...content, help: '提前一天' });
    const late = await admin.send('PUT', `${ROOT}/templates/vans/draft`, { version, content });
    expect([late.status, await codeOf(late)]).toEqual([409, 'approvals.draft_changed']);
    // A successor was named meanwhile: another version is in force.
    await s.app.db.write(systemActor('test'), (tx) =>
      s.app.approvals.publish(tx, [{ ...content, title: '班车' } as unknown as Template]),
    );
    // What was saved between reading and dropping a draft is not dropped with it.
    const dropping = s.app.db.write(START, (tx) => dropDraft(tx, { id: 'vans', version } as DraftRow));
    await expect(dropping).rejects.toThrow('draft_changed');
    expect((await open('vans')).draft?.errors).toBe(1);
    expect(await codeOf(await act('vans', 'publish', { version: saved.version }))).toBe(
      'approvals.draft_has_faults',
    );
    const rebased = (await (
      await act('vans', 'rebase', { version: saved.version, running: 2 })
    ).json()) as DraftState;
    expect(rebased.errors).toBe(0);
    expect(await (await act('vans', 'publish', { version: rebased.version })).json()).toEqual({ version: 3 });
    await begin('vans');
    const same = await open('vans');
    expect(await codeOf(await act('vans', 'publish', { version: same.draft?.version }))).toBe(
      'approvals.draft_unchanged',
    );
    expect((await act('vans', 'discard', { version: same.draft?.version })).status).toBe(200);
    expect((await open('vans')).draft).toBeNull();
  });

  it('R46 a sensitive one is published by somebody who changed nothing in it', async () => {
    await begin('sealOut');
    const { draft, content } = await open('sealOut');
    const { version } = await save('sealOut', draft?.version ?? 0, {
      ...content,
      title: '<a href=//e.cn>x</a>',
      help: '带回执',
      sensitive: false,
    });
    expect(await codeOf(await act('sealOut', 'publish', { version }))).toBe('approvals.draft_needs_review');
    expect((await act('sealOut', 'review', { version })).status).toBe(200);
    // What a designer wrote is no link in the message that asks for the second person.
    const second = await as('secondAdmin');
    await s.settle();
    const told = s.sandbox.control
      .appMessages(demoCast.secondAdmin.userid)
      .flatMap(({ content: said }) => (said.msgtype === 'text' ? [said.content] : []));
    expect(told.at(-1)).toContain('＜a href=//e.cn>x＜/a>');
    const asked = await open('sealOut');
    expect(asked.can).toMatchObject({ publish: false, waitsFor: 'second' });
    const seen = { version: asked.draft?.version };
    expect(await codeOf(await act('sealOut', 'publish', seen))).toBe('approvals.draft_needs_second');
    expect((await open('sealOut', second)).can.publish).toBe(true);
    expect((await act('sealOut', 'publish', seen, second)).status).toBe(200);
  });
});

describe('files of config/templates beside what was designed', () => {
  it('a designed version wins, a newer file is offered, and the same file is looked at once', async () => {
    const file = (await s.app.db.read((reads) => s.app.approvals.templatesInForce(reads))).find(
      ({ key }) => key === 'supplies',
    ) as Template;
    const put = (template: Template) =>
      s.app.db.write(START, (tx) => s.app.approvals.putFilesInForce(tx, [template]));
    // A newer file over a file's version: in force.
    await put({ ...file, help: '文件二' });
    expect((await open('supplies')).version).toBe(2);
    await begin('supplies');
    const { draft, content } = await open('supplies');
    const { version } = await save('supplies', draft?.version ?? 0, { ...content, help: '这里改的' });
    expect((await act('supplies', 'publish', { version })).status).toBe(200);
    // The next start with the same file changes nothing.
    await put({ ...file, help: '文件二' });
    expect(await open('supplies')).toMatchObject({ version: 3, fileOffered: false });
    await put({ ...file, help: '文件三' });
    expect(await open('supplies')).toMatchObject({
      version: 3,
      fileOffered: true,
      content: { help: '这里改的' },
    });
    const { rows } = await admin.get<DifferenceAnswer>(
      `${ROOT}/templates/supplies/difference?from=3&to=file`,
    );
    expect(rows).toMatchObject([{ part: 'template', what: '提示', from: '这里改的', to: '文件三' }]);
    await admin.post(`${ROOT}/templates`, { from: 'file', templateKey: 'supplies' });
    const taken = await open('supplies');
    expect((await act('supplies', 'publish', { version: taken.draft?.version })).status).toBe(200);
    expect(await open('supplies')).toMatchObject({
      version: 4,
      fileOffered: false,
      content: { help: '文件三' },
    });
  });

  it('a template goes out as YAML and comes in as a draft; a broken one changes nothing', async () => {
    const response = await admin.raw('GET', `${ROOT}/templates/travel/yaml?version=1`);
    expect(response.headers.get('content-disposition')).toContain('travel-1.yaml');
    const text = await response.text();
    const own = text.replace('key: travel', 'key: trips');
    await admin.post(`${ROOT}/templates`, { from: 'yaml', text: own });
    expect((await open('trips')).state).toBe('draft');
    const bad = await admin.send('POST', `${ROOT}/templates`, {
      from: 'yaml',
      text: own.replace(/mode: \w+/, 'mode: some'),
    });
    const problem = (await bad.json()) as { code: string; data?: { faults: string[] }; faults?: string[] };
    expect([bad.status, problem.code]).toEqual([422, 'approvals.yaml_unreadable']);
    expect(JSON.stringify(problem)).toMatch(/第 \d+ 行/);
    expect(
      (await admin.send('POST', `${ROOT}/templates`, { from: 'yaml', text: 'x'.repeat(100_001) })).status,
    ).toBe(400);
    expect((await open('trips')).draft?.version).toBe(1);
  });
});

describe('S2-10 who may design what', () => {
  const grant = (requestNumber: string, value: string, who: Client = admin) =>
    who.send('POST', `${ROOT}/rights`, { requestNumber, scope: { kind: 'group', value } });

  /** 分级管理权限 for 周老师, asked for by 张雨桐. */
  async function ask(module: string, withFlow: boolean): Promise<string> {
    const teacher = await as('applicant');
    const flow = withFlow
      ? [
          (
            (await (await teacher.upload('/api/files', '流程.pdf', Buffer.from('%PDF-1.4\n'))).json()) as {
              fileId: string;
            }
          ).fileId,
        ]
      : [];
    const admin = await personIdOf(s, demoCast.noticeManager.userid);
    const id = await submit(
      'delegatedAdmin',
      { module, admin, scope: '教学', reason: '自己管', workflow: flow },
      teacher,
    );
    for (let round = 0; round < 4; round += 1) {
      const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
      const [holder] = await s.app.db.read((reads) =>
        reads.em.query<{ id: string; personId: string }[]>(
          "select id, personId from approval_task where instanceId = ? and status = 'pending'",
          [id],
        ),
      );
      if (!holder) break;
      const who = await s.signIn(org.person(holder.personId)?.userid ?? '');
      const isHandled = (await who.send('POST', `/api/approvals/tasks/${holder.id}/approve`, { comment: '' }))
        .ok;
      if (!isHandled)
        await who.post(`/api/approvals/tasks/${holder.id}/handle`, { result: 'done', comment: '已授权' });
    }
    expect(await statusOf(id)).toBe('approved');
    return (await detail(teacher, id)).number;
  }

  it('S2-10b gives no right to approvals without a flow attached', async () => {
    await expect(ask('approvals', false)).rejects.toThrow('请上传流程说明');
    const other = await ask('notices', false);
    expect(await codeOf(await grant(other, '教学'))).toBe('approvals.design_request_unfit');
    expect(await codeOf(await grant('QX-2026-9999', '教学'))).toBe('approvals.design_request_unfit');
  });

  it('S2-10a a manager sees and touches own templates only, until the right is taken back', async () => {
    const number = await ask('approvals', true);
    expect((await manager.get<DesignListAnswer>(`${ROOT}/templates`)).items).toEqual([]);
    expect(await codeOf(await grant(number, '教学', manager))).toBe('approvals.may_not_grant_design');
    expect((await grant(number, '教学')).status).toBe(200);
    expect(await codeOf(await grant(number, '教学'))).toBe('approvals.design_right_held');

    const { items, can } = await manager.get<DesignListAnswer>(`${ROOT}/templates`);
    expect([...new Set(items.map(({ group }) => group))]).toEqual(['教学']);
    expect(items.length).toBeGreaterThan(0);
    expect(can).toEqual({ create: true, grant: false, change: true });
    const key = items[0]?.templateKey ?? '';
    await begin(key, manager);
    const { draft, content } = await open(key, manager);
    const away = await manager.send('PUT', `${ROOT}/templates/${key}/draft`, {
      version: draft?.version,
      content: { ...content, group: '行政审批' },
    });
    expect([away.status, await codeOf(away)]).toEqual([403, 'approvals.design_not_yours']);
    const { version } = await save(key, draft?.version ?? 0, { ...content, help: '教务处改的' }, manager);
    expect((await act(key, 'publish', { version }, manager)).status).toBe(200);

    for (const path of ['', '/difference?from=1&to=1', '/yaml?version=1'])
      expect((await manager.raw('GET', `${ROOT}/templates/leave${path}`)).status).toBe(404);
    expect((await act('leave', 'retire', { reason: '不用' }, manager)).status).toBe(404);
    const yaml = await (await admin.raw('GET', `${ROOT}/templates/leave/yaml?version=1`)).text();
    const taken = { from: 'yaml', text: yaml.replace(/^group: .*$/m, 'group: 教学') };
    expect((await manager.send('POST', `${ROOT}/templates`, taken)).status).toBe(403);

    // A name that other parts of the system act on is no manager's to take, in whatever group.
    s.app.approvals.onFinished('ghost', () => Promise.resolve());
    const ghost = { from: 'new', key: 'ghost', title: '幽灵', group: '教学', numberPrefix: 'GH' };
    expect((await manager.send('POST', `${ROOT}/templates`, ghost)).status).toBe(403);
    const own = { ...ghost, key: 'ghosts' };
    expect((await manager.send('POST', `${ROOT}/templates`, own)).status).toBe(200);
    expect((await act('ghosts', 'discard', { version: 1 }, manager)).status).toBe(200);

    const { items: rights } = await admin.get<RightsAnswer>(`${ROOT}/rights`);
    expect(rights).toMatchObject([{ requestNumber: number, scopeWords: '教学（整组）', rests: false }]);
    await admin.post(`${ROOT}/rights/${rights[0]?.rightId ?? ''}/end`);
    expect((await manager.get<DesignListAnswer>(`${ROOT}/templates`)).items).toEqual([]);
    expect((await manager.raw('GET', `${ROOT}/templates/${key}`)).status).toBe(404);
  });

  it('S2-10a who designs one template moves it into no other group, their own draft or not', async () => {
    await newTemplate('carts');
    const number = await ask('approvals', true);
    const scope = { kind: 'template', value: 'carts' };
    expect((await admin.send('POST', `${ROOT}/rights`, { requestNumber: number, scope })).status).toBe(200);
    await begin('carts', manager);
    const { draft, content } = await open('carts', manager);
    const moving = { version: draft?.version, content: { ...content, group: '行政审批' } };
    const moved = await manager.send('PUT', `${ROOT}/templates/carts/draft`, moving);
    expect([moved.status, await codeOf(moved)]).toEqual([403, 'approvals.design_not_yours']);
    // A super administrator may, and is not helped along.
    const { version } = await save('carts', draft?.version ?? 0, moving.content);
    expect((await open('carts', manager)).can.change).toBe(false);
    expect((await act('carts', 'publish', { version }, manager)).status).toBe(403);
    expect((await act('carts', 'discard', { version })).status).toBe(200);
    expect((await act('carts', 'retire', { reason: '不用' }, manager)).status).toBe(200);
    expect((await act('carts', 'restore', {}, manager)).status).toBe(200);
  });

  it('S2-10b the right ends when the request it rests on is taken back', async () => {
    const number = await ask('approvals', true);
    expect((await grant(number, '后勤')).status).toBe(200);
    const held = async () =>
      (await admin.get<RightsAnswer>(`${ROOT}/rights`)).items.filter((one) => one.requestNumber === number);
    expect(await held()).toHaveLength(1);
    const id = await s.app.db.read(async (reads) => {
      const rows = await reads.em.query<{ id: string }[]>(
        'select id from approval_instance where requestNumber = ?',
        [number],
      );
      return rows[0]?.id ?? '';
    });
    const teacher = await as('applicant');
    const answer = await teacher.post<{ released: string[] }>(`/api/approvals/instances/${id}/revoke`, {
      reason: '不需要了',
    });
    expect(answer.released).toEqual(['审批模板的设计权限']);
    expect(await held()).toEqual([]);
    expect(await codeOf(await grant(number, '后勤'))).toBe('approvals.design_request_unfit');
  });

  it('is nobody else’s', async () => {
    const teacher = await as('applicant');
    expect((await teacher.raw('GET', `${ROOT}/templates`)).status).toBe(403);
    expect((await manager.raw('GET', `${ROOT}/rights`)).status).toBe(403);
  });
});
