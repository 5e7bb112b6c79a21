import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  ReturnedFormAnswer,
  RevealFieldAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishFields } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, detail, userid } from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const ID = '11010519491231002X';
const MASKED = '110***********002X';
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);

async function publish(fields: readonly object[]): Promise<void> {
  const step = await namedStep(s, 'head', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' });
  await publishFields(s, fields, [step]);
}

async function draftOf(client: Client, form: object) {
  const { version, posts } = await client.get<TemplateAnswer>('/api/approvals/templates/own');
  return { templateKey: 'own', version, assignmentId: posts[0]?.assignmentId ?? '', form };
}
const send = async (client: Client, form: object): Promise<Response> =>
  client.send('POST', '/api/approvals/instances', {
    ...(await draftOf(client, form)),
    clientKey: randomUUID(),
  });
const made = async (client: Client, form: object): Promise<SubmitAnswer> => {
  const response = await send(client, form);
  expect([response.status, response.ok ? '' : await response.clone().text()]).toEqual([200, '']);
  return (await response.json()) as SubmitAnswer;
};
const reveal = (client: Client, instanceId: string, field: string): Promise<Response> =>
  client.send('POST', `/api/approvals/instances/${instanceId}/reveal`, { field });
const factOf = async (client: Client, instanceId: string, label: string) =>
  (await detail(client, instanceId)).facts.find((fact) => fact.label === label);

/** Every text this room holds of a request. */
const storedTexts = (instanceId: string): Promise<string> =>
  s.app.db.read(async (reads) =>
    JSON.stringify([
      await reads.em.query('select * from approval_instance where id = ?', [instanceId]),
      await reads.em.query('select * from approval_event where instanceId = ?', [instanceId]),
      await reads.em.query('select * from approval_secret where instanceId = ?', [instanceId]),
    ]),
  );

const NUMBERS = [
  { key: 'id', label: '证件号码', type: 'idNumber', required: true },
  { key: 'tel', label: '联系电话', type: 'phone' },
];

it('type idNumber, phone (H6): sealed or masked everywhere, in full for the applicant and who decides, each look recorded', async () => {
  await publish(NUMBERS);
  const applicant = await s.signIn(userid.applicant);
  const { instanceId } = await made(applicant, { id: ID.toLowerCase(), tel: '13800138000' });
  await s.settle();
  expect(await storedTexts(instanceId)).not.toContain('19491231');
  const cards = JSON.stringify(cardsOf(s, userid.unitHead));
  expect(cards).toContain(MASKED);
  expect(cards).not.toMatch(/19491231|13800138000/);

  const head = await s.signIn(userid.unitHead);
  expect(await factOf(head, instanceId, '证件号码')).toMatchObject({ value: MASKED, revealKey: 'id' });
  expect(await factOf(head, instanceId, '联系电话')).toMatchObject({
    value: '138****8000',
    revealKey: 'tel',
  });
  expect(((await (await reveal(head, instanceId, 'id')).json()) as RevealFieldAnswer).value).toBe(ID);
  expect(((await (await reveal(applicant, instanceId, 'tel')).json()) as RevealFieldAnswer).value).toBe(
    '13800138000',
  );
  expect((await reveal(head, instanceId, 'gone')).status).toBe(404);
  expect((await reveal(await s.signIn(userid.colleague), instanceId, 'id')).status).toBe(404);
  const looks = await s.app.db.read((reads) =>
    reads.em.query<{ n: number }[]>(
      `select count(*) as n from audit_entry where action = 'approvals.reveal'`,
    ),
  );
  expect(Number(looks[0]?.n)).toBe(2);

  // Decided: who decided sees the mask, as everybody else.
  const { myTask } = await detail(head, instanceId);
  await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, {});
  const after = await factOf(head, instanceId, '证件号码');
  expect([after?.value, after?.revealKey]).toEqual([MASKED, undefined]);
  expect((await reveal(head, instanceId, 'id')).status).toBe(403);
  expect((await reveal(applicant, instanceId, 'id')).status).toBe(200);
});

it('type idNumber: sent back, the masked number is the one kept; another one takes its place; the history replays', async () => {
  await publish([...NUMBERS, { key: 'what', label: '内容', type: 'text' }]);
  const applicant = await s.signIn(userid.applicant);
  const head = await s.signIn(userid.unitHead);
  const { instanceId } = await made(applicant, { id: ID });
  const sendBack = async () => {
    const { myTask } = await detail(head, instanceId);
    await head.post(`/api/approvals/tasks/${myTask?.taskId}/send-back`, {
      toStepKey: null,
      reason: '请补充',
    });
  };
  const again = (form: object) =>
    applicant.send('POST', `/api/approvals/instances/${instanceId}/resubmit`, { form });
  const full = async () =>
    ((await (await reveal(applicant, instanceId, 'id')).json()) as RevealFieldAnswer).value;

  await sendBack();
  const returned = await applicant.get<ReturnedFormAnswer>(`/api/approvals/instances/${instanceId}/form`);
  expect(returned.form).toEqual({ id: MASKED });
  const draft = { ...(await draftOf(applicant, { id: MASKED, what: '补充' })), instanceId };
  const foretold = await applicant.post<{ canSubmit: boolean }>('/api/approvals/forecast', draft);
  expect(foretold.canSubmit).toBe(true);
  // Somebody else cannot try masked numbers out on it.
  expect((await head.send('POST', '/api/approvals/forecast', draft)).status).toBe(403);
  expect((await again({ id: MASKED, what: '补充' })).status).toBe(200);
  expect(await full()).toBe(ID);

  await sendBack();
  expect((await again({ id: '110***********0021' })).status).toBe(422);
  expect((await again({ id: '110101199003078515' })).status).toBe(200);
  expect(await full()).toBe('110101199003078515');
  expect(await storedTexts(instanceId)).not.toMatch(/19491231|19900307/);
  await s.app.db.read(async (reads) => {
    const history = await historyOf(reads, instanceId);
    expect(replay(history)).toEqual((await loadInstance(reads, instanceId)).state);
  });
});

it('type image: pictures only, and they open like attachments', async () => {
  await publish([{ key: 'photos', label: '照片', type: 'image', required: true, maxFiles: 2 }]);
  const applicant = await s.signIn(userid.applicant);
  const upload = async (name: string, bytes: Buffer) =>
    ((await (await applicant.upload('/api/files', name, bytes)).json()) as { fileId: string }).fileId;
  const pdf = await upload('说明.pdf', Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n'));
  const refused = await send(applicant, { photos: [pdf] });
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    422,
    'approvals.not_an_image',
  ]);
  const photo = await upload('现场.png', PNG);
  const { instanceId } = await made(applicant, { photos: [photo] });
  const fact = await factOf(await s.signIn(userid.unitHead), instanceId, '照片');
  expect(fact?.files?.map(({ name, type }) => [name, type])).toEqual([['现场.png', 'image/png']]);
});

it('type unit: the name it had goes along, also when the form comes back', async () => {
  await publish([{ key: 'host', label: '承办部门', type: 'unit', required: true }]);
  const applicant = await s.signIn(userid.applicant);
  const { items } = await applicant.get<{ items: { unitId: string; name: string }[] }>(
    '/api/directory/units',
  );
  const [unit] = items;
  if (!unit) throw new Error('no units');
  const { instanceId } = await made(applicant, { host: unit.unitId });
  const head = await s.signIn(userid.unitHead);
  expect((await factOf(head, instanceId, '承办部门'))?.value).toBe(unit.name);
  const { myTask } = await detail(head, instanceId);
  await head.post(`/api/approvals/tasks/${myTask?.taskId}/send-back`, { toStepKey: null, reason: '请改' });
  const returned = await applicant.get<ReturnedFormAnswer>(`/api/approvals/instances/${instanceId}/form`);
  expect(returned.names).toEqual({ [unit.unitId]: unit.name });
});

it('the copy of one’s own data has what one wrote, numbers in full (个保法 45)', async () => {
  await publish(NUMBERS);
  const applicant = await s.signIn(userid.applicant);
  await made(applicant, { id: ID, tel: '13800138000' });
  const copy = await (await applicant.raw('GET', '/api/access/own-data?format=json')).text();
  expect(copy).toContain(`证件号码：${ID}\\n联系电话：13800138000`);
});

it('type table, formula: the path follows the sums; what was written comes back and replays', async () => {
  const columns = [
    { key: 'what', label: '名称', type: 'text' },
    { key: 'price', label: '金额', type: 'money' },
  ];
  await publish([
    { key: 'items', label: '明细', type: 'table', columns, required: true },
    { key: 'fare', label: '交通费', type: 'money', required: true },
    { key: 'total', label: '合计', type: 'formula', as: 'money', expression: 'items.price + fare' },
  ]);
  const applicant = await s.signIn(userid.applicant);
  const items = [
    { what: '电脑', price: 500_000 },
    { what: '=1+1', price: 1 },
  ];
  expect((await send(applicant, { items, fare: 5, total: 1 })).status).toBe(422);
  expect((await send(applicant, { items: [{ what: '电脑' }], fare: 5 })).status).toBe(422);
  const { instanceId } = await made(applicant, { items, fare: 5 });
  const head = await s.signIn(userid.unitHead);
  expect((await factOf(head, instanceId, '明细'))?.table?.rows).toEqual([
    ['电脑', '5,000.00 元'],
    ['=1+1', '0.01 元'],
  ]);
  expect(await factOf(head, instanceId, '合计')).toMatchObject({
    value: '5,000.06 元',
    note: '伍仟元零陆分',
  });
  await s.app.db.read(async (reads) => {
    const { state } = await loadInstance(reads, instanceId);
    expect(state.values).toMatchObject({ 'items.price': 5000.01, total: 5000.06 });
    expect(replay(await historyOf(reads, instanceId))).toEqual(state);
  });
});

it('type request: one’s own finished request alone; its reader sees number and title, and opens it by their own right', async () => {
  await publish([{ key: 'what', label: '内容', type: 'text' }]);
  const applicant = await s.signIn(userid.applicant);
  const head = await s.signIn(userid.unitHead);
  const earlier = await made(applicant, { what: '甲' });
  await publish([{ key: 'basis', label: '依据', type: 'request', templates: ['own'] }]);
  const mine = (more = '') =>
    applicant.get<{ items: { instanceId: string }[] }>(`/api/approvals/items?box=mine&finished=true${more}`);
  expect((await mine()).items).toEqual([]);
  expect((await send(applicant, { basis: earlier.instanceId })).status).toBe(422);

  const { myTask } = await detail(head, earlier.instanceId);
  await head.post(`/api/approvals/tasks/${myTask?.taskId}/approve`, {});
  expect((await mine('&templates=own')).items.map((item) => item.instanceId)).toEqual([earlier.instanceId]);
  expect((await mine('&templates=leave')).items).toEqual([]);
  // Not one's own: as if it were not there.
  const colleague = await s.signIn(userid.colleague);
  expect((await send(colleague, { basis: earlier.instanceId })).status).toBe(422);

  const step = await namedStep(s, 'lib', [userid.librarian], { mode: 'any', refusal: 'FIRST_ACTION' });
  await publishFields(s, [{ key: 'basis', label: '依据', type: 'request', templates: ['own'] }], [step]);
  const { instanceId } = await made(applicant, { basis: earlier.instanceId });
  const librarian = await s.signIn(userid.librarian);
  expect(await factOf(librarian, instanceId, '依据')).toEqual({
    label: '依据',
    value: `${earlier.number} 事项`,
    kind: 'request',
    link: `/approvals/${earlier.instanceId}`,
  });
  expect((await librarian.raw('GET', `/api/approvals/instances/${earlier.instanceId}`)).status).toBe(404);
});
