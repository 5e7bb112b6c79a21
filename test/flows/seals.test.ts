import type { Me } from '../../server/features/access/contract.ts';
import type { PrintAnswer } from '../../server/features/approvals/print/contract.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import { actionWords, targetWords } from '../../server/features/admin/words.ts';
import type {
  InstanceAnswer,
  RevokeAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import type {
  LedgerAnswer,
  NumbersAnswer,
  OwnAnswer,
  SealsAnswer,
  UseAnswer,
} from '../../server/features/seals/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { unpackWithin } from '../../server/platform/sheets/zip-guard.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { signatureFor } from '../support/sign.ts';
import { startApp, type Started } from '../support/start-app.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 120_000 });

const DAY = 24 * 3_600_000;
const TODAY = '2026-11-23';
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);

let s: Started;
let admin: Client;
let applicant: Client;
let head: Client;
let hrHead: Client;
let leader: Client;
let keeper: Client;
let second: Client;
let sealId: string;

const unitOf = (code: string): Promise<string> =>
  s.app.db.read(async (reads) => {
    const org = await s.app.access.orgOf(reads);
    return org.units().find((unit) => unit.code === code)?.unitId ?? '';
  });
async function signIn(): Promise<void> {
  const of = (who: keyof typeof demoCast) => s.signIn(demoCast[who].userid);
  [admin, applicant, head] = [await of('superAdmin'), await of('applicant'), await of('unitHead')];
  [hrHead, leader] = [await of('hrHead'), await of('leader')];
  [keeper, second] = [await of('attendanceOfficer'), await of('hrMaintainer')];
}
async function sealOf(code: string, more: object = {}): Promise<string> {
  const made = await admin.post<{ sealId: string }>('/api/seals/seals', {
    name: '学院公章',
    code,
    kind: 'official',
    unitId: await unitOf('D05'),
    mayGoOut: false,
    place: '行政楼 105',
    keeperIds: [
      await personIdOf(s, demoCast.attendanceOfficer.userid),
      await personIdOf(s, demoCast.hrMaintainer.userid),
    ],
    ...more,
  });
  return made.sealId;
}
beforeEach(async () => {
  s = await startApp();
  await signIn();
  sealId = await sealOf('YZ01');
});
afterEach(() => s.close());

async function upload(client: Client, name = '文件.png', bytes = PNG): Promise<string> {
  return ((await (await client.upload('/api/files', name, bytes)).json()) as { fileId: string }).fileId;
}
async function draft(templateKey: string, form: object, client = applicant) {
  const { version, posts } = await client.get<TemplateAnswer>(`/api/approvals/templates/${templateKey}`);
  return { templateKey, version, assignmentId: posts[0]?.assignmentId ?? '', form };
}
const send = async (templateKey: string, form: object, client = applicant) =>
  client.send('POST', '/api/approvals/instances', {
    ...(await draft(templateKey, form, client)),
    clientKey: randomUUID(),
  });
async function request(templateKey: string, form: object, client = applicant): Promise<string> {
  const answer = await send(templateKey, form, client);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([200, text]);
  return (JSON.parse(text) as { instanceId: string }).instanceId;
}
const detail = (client: Client, id: string) => client.get<InstanceAnswer>(`/api/approvals/instances/${id}`);
async function agree(client: Client, id: string): Promise<void> {
  const { myTask } = await detail(client, id);
  const answer = await client.send(
    'POST',
    `/api/approvals/tasks/${myTask?.taskId ?? ''}/approve`,
    await signatureFor(client, myTask),
  );
  expect(answer.status, await answer.text()).toBe(200);
}
async function useRequest(more: object = {}): Promise<string> {
  const files = [await upload(applicant)];
  return request('sealUse', {
    seal: sealId,
    document: '校企合作协议',
    copies: 3,
    purpose: '送市教育局备案',
    files,
    ...more,
  });
}
async function approvedUse(more: object = {}): Promise<{ requestId: string; useId: string }> {
  const requestId = await useRequest(more);
  await agree(head, requestId);
  await agree(hrHead, requestId);
  return { requestId, useId: await useOf(requestId) };
}
async function useOf(requestId: string): Promise<string> {
  const { items } = await applicant.get<OwnAnswer>('/api/seals/own?limit=100');
  return items.find((one) => one.requestId === requestId)?.useId ?? '';
}
const use = (client: Client, id: string) => client.get<UseAnswer>(`/api/seals/uses/${id}`);
async function act(client: Client, id: string, body: object): Promise<Response> {
  const { version } = await use(applicant, id);
  return client.send('POST', `/api/seals/uses/${id}/act`, { version, ...body });
}
async function acted(client: Client, id: string, body: object): Promise<string> {
  const answer = await act(client, id, body);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([200, text]);
  return (JSON.parse(text) as { state: string }).state;
}
const stamp = async (client: Client, copies: number, more: object = {}) => ({
  act: 'stamp',
  copies,
  happenedOn: TODAY,
  fileIds: [await upload(client)],
  ...more,
});
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const revoke = (id: string) =>
  applicant.send('POST', `/api/approvals/instances/${id}/revoke`, { reason: '内容有误' });
const textsTo = (userid: string): string[] =>
  s.sandbox.control.appMessages(userid).map(({ content }) => JSON.stringify(content));
async function rowsOf(client: Client, path: string): Promise<string[][]> {
  const answer = await client.raw('GET', path);
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  // Text of people is text everywhere: nothing in it is reckoned when the file is opened.
  for (const { name, content } of await unpackWithin(bytes, 5_000_000))
    expect([name, /<f[\s>/]/.test(content.toString('utf8'))]).toEqual([name, false]);
  const [sheet] = await readSheets(bytes);
  return (sheet?.rows ?? []).map((row) => row.map((cell) => String(cell ?? '')));
}

/** What an auditor reads of this room, in order. */
const onRecord = async (): Promise<string[][]> => {
  const acts = await s.app.db.read(({ em }) =>
    em.query<{ action: string; targetType: string }[]>(
      `select action, targetType from audit_entry where action like 'seals.%' order by id`,
    ),
  );
  return acts.map(({ action, targetType }) => [actionWords(action), targetWords(targetType)]);
};

it('S2-A11i a seal is used: request, its managing unit agrees, stamped with photos, found in the ledger, exported', async () => {
  const requestId = await useRequest({ document: '=HYPERLINK("x")协议' });
  // Who decides follows from the seal: 人事处 manages it.
  const { timeline } = await detail(applicant, requestId);
  expect(JSON.stringify(timeline)).toContain('王海燕');
  await agree(head, requestId);
  expect((await applicant.get<OwnAnswer>('/api/seals/own')).items).toEqual([]);
  await agree(hrHead, requestId);
  const useId = await useOf(requestId);
  await s.settle();
  expect(await use(keeper, useId)).toMatchObject({
    number: 'YZ01-2026-0001',
    state: 'approved',
    approvedCopies: 3,
    applicant: { name: '张雨桐' },
    keepers: [{ name: '周敏' }, { name: '吴晓燕' }],
    can: ['stamp', 'void'],
    due: { state: 'ok' },
  });
  // R46: the message names the seal, not the document.
  const told = textsTo(demoCast.attendanceOfficer.userid).filter((one) => one.includes('YZ01-2026-0001'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('学院公章');
  expect(told[0]).not.toContain('协议');
  expect((await keeper.get<OwnAnswer>('/api/seals/own?box=todo')).todo).toBe(1);

  // Neither the applicant nor a stranger records, and a stranger learns nothing.
  expect(await codeOf(await act(applicant, useId, await stamp(applicant, 1)))).toEqual([
    403,
    'seals.not_your_act',
  ]);
  const stranger = await s.signIn(demoCast.guard.userid);
  expect((await stranger.raw('GET', `/api/seals/uses/${useId}`)).status).toBe(404);
  expect((await act(stranger, useId, await stamp(stranger, 1))).status).toBe(404);
  expect((await stranger.raw('GET', '/api/seals/uses')).status).toBe(403);
  // A keeper without a role finds the ledger in the console; who has no business there does not.
  const areasOf = async (client: Client) => (await client.get<Me>('/api/me')).can.areas;
  expect([await areasOf(keeper), await areasOf(stranger)]).toEqual([['seals'], []]);

  expect(await codeOf(await act(keeper, useId, await stamp(keeper, 1, { fileIds: [] })))).toEqual([
    422,
    'seals.photo_needed',
  ]);
  const pdf = await upload(keeper, '照片.pdf', Buffer.from('%PDF-1.7 no picture'));
  expect(await codeOf(await act(keeper, useId, await stamp(keeper, 1, { fileIds: [pdf] })))).toEqual([
    400,
    'seals.photo_only',
  ]);
  expect(await codeOf(await act(keeper, useId, await stamp(keeper, 4)))).toEqual([
    422,
    'seals.too_many_copies',
  ]);
  expect(
    await codeOf(await act(keeper, useId, await stamp(keeper, 1, { happenedOn: '2026-11-22' }))),
  ).toEqual([400, 'seals.before_approval']);
  expect(await acted(keeper, useId, await stamp(keeper, 2, { words: '第三份待改错字' }))).toBe('partly');
  // R44: recorded the day after, as what happened today.
  await s.advance(DAY);
  await signIn();
  expect(await acted(second, useId, await stamp(second, 1))).toBe('closed');
  const closed = await use(applicant, useId);
  expect(closed).toMatchObject({ state: 'closed', stampedCopies: 3, due: null, can: [] });
  expect(closed.events.map(({ kind, happenedOn }) => [kind, happenedOn])).toEqual([
    ['opened', null],
    ['stamped', TODAY],
    ['stamped', TODAY],
  ]);
  expect((closed.events[2]?.recordedAt ?? 0) - (closed.events[1]?.recordedAt ?? 0)).toBeGreaterThan(DAY / 2);
  const [fileId] = closed.events[1]?.fileIds ?? [];
  const photo = await applicant.raw('GET', `/api/seals/uses/${useId}/files/${fileId ?? ''}`);
  expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/png']);
  const { facts } = await detail(applicant, requestId);
  expect(facts).toContainEqual({
    label: '用印',
    value: '已办结，已盖 3/3 份（YZ01-2026-0001）',
    link: `/seals/${useId}`,
  });

  // The ledger: by number, document, applicant, seal and day; for who manages the seal, the head of the applicant, the keeper.
  for (const q of ['YZ01-2026', 'HYPERLINK', '张雨桐'])
    expect((await hrHead.get<LedgerAnswer>(`/api/seals/uses?q=${encodeURIComponent(q)}`)).total).toBe(1);
  expect((await hrHead.get<LedgerAnswer>('/api/seals/uses?q=%25')).total).toBe(0);
  expect((await head.get<LedgerAnswer>('/api/seals/uses')).total).toBe(1);
  expect((await keeper.get<LedgerAnswer>(`/api/seals/uses?sealId=${sealId}&state=closed`)).total).toBe(1);
  expect((await hrHead.get<LedgerAnswer>(`/api/seals/uses?fromOn=${TODAY}&toOn=${TODAY}`)).total).toBe(1);
  expect((await hrHead.get<LedgerAnswer>('/api/seals/uses?fromOn=2026-11-24')).total).toBe(0);
  const rows = await rowsOf(hrHead, '/api/seals/ledger/export?q=YZ01');
  expect(rows[0]?.[0]).toContain('王海燕导出');
  expect(rows[2]?.slice(0, 4)).toEqual(['YZ01-2026-0001', '学院公章', '=HYPERLINK("x")协议', '张雨桐']);
  expect(await onRecord()).toEqual([
    ['登记印章', '印章'],
    ['记入用印台账', '用印'],
    ['登记盖章', '用印'],
    ['登记盖章', '用印'],
    ['导出用印台账', '用印台账'],
  ]);
});

it('two keepers at the same moment never stamp more than was approved', async () => {
  const { useId } = await approvedUse();
  const bodies = await Promise.all([stamp(keeper, 2), stamp(second, 2)]);
  const { version } = await use(applicant, useId);
  const answers = await Promise.all(
    [keeper, second].map((client, at) =>
      client.send('POST', `/api/seals/uses/${useId}/act`, { version, ...bodies[at] }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await use(applicant, useId)).stampedCopies).toBe(2);
});

it('a revocation takes back what is not stamped, and says what cannot be taken back', async () => {
  const first = await approvedUse();
  const answer = (await (await revoke(first.requestId)).json()) as RevokeAnswer;
  expect(answer).toMatchObject({ released: ['没有盖章，3 份用印取消'], kept: [] });
  expect(await use(applicant, first.useId)).toMatchObject({ state: 'void', can: [], due: null });
  expect(await codeOf(await act(keeper, first.useId, await stamp(keeper, 1)))).toEqual([
    409,
    'seals.moved_on',
  ]);
  await s.settle();
  expect(textsTo(demoCast.attendanceOfficer.userid).join()).toContain('不要再盖章');

  const next = await approvedUse();
  expect((await use(applicant, next.useId)).number).toBe('YZ01-2026-0002');
  await acted(keeper, next.useId, await stamp(keeper, 1));
  expect(await (await revoke(next.requestId)).json()).toMatchObject({
    released: ['其余 2 份不再盖章'],
    kept: ['已盖章 1 份，不能收回'],
  });
  expect((await use(applicant, next.useId)).state).toBe('closed');

  const full = await approvedUse({ copies: 1 });
  await acted(keeper, full.useId, await stamp(keeper, 1));
  expect(await codeOf(await revoke(full.requestId))).toEqual([422, 'approvals.nothing_to_revoke']);
  const whole = await detail(applicant, full.requestId);
  expect(whole.state.code).toBe('approved');
  // Nothing is left to take back, so nothing is offered; on paper stands who stamped how many when.
  expect(whole.can.revoke).toBe(false);
  const { facts } = await applicant.get<PrintAnswer>(`/api/approvals/instances/${full.requestId}/print`);
  expect(facts.find(({ label }) => label === '盖章记录')?.value).toMatch(/^\d{4}-\d\d-\d\d .+盖章 1 份$/);
  expect(facts.find(({ label }) => label === '用印')?.value).toContain('已盖 1/1 份');
});

it('a seal goes out once, for the time approved, and comes back late', async () => {
  const portable = await sealOf('YZ02', { name: '人事处章', kind: 'unit', mayGoOut: true });
  const out = async (): Promise<string> => {
    const form = {
      seal: portable,
      outWorkdays: 1,
      document: '工商登记表',
      copies: 2,
      purpose: '带到政务大厅',
    };
    const id = await request('sealOut', form);
    await agree(head, id);
    await agree(hrHead, id);
    return useOf(id);
  };
  // Not one that stays in the office.
  const wrong = await send('sealOut', {
    seal: sealId,
    outWorkdays: 1,
    document: 'x',
    copies: 1,
    purpose: 'y',
  });
  expect(wrong.status).toBe(422);
  const useId = await out();
  const other = await out();
  expect((await use(keeper, useId)).can).toEqual(['stamp', 'void', 'checkOut']);
  await acted(keeper, useId, { act: 'checkOut' });
  expect(await use(keeper, useId)).toMatchObject({
    isOut: true,
    stateWords: '外借中',
    checkout: { personName: '张雨桐', backAt: null, isLate: false },
    can: ['stamp', 'giveBack'],
  });
  expect(await codeOf(await act(keeper, other, { act: 'checkOut' }))).toEqual([422, 'seals.seal_is_out']);
  const { items } = await admin.get<SealsAnswer>('/api/seals/seals?q=YZ02');
  expect(items).toMatchObject([{ outWith: '张雨桐', openUses: 2 }]);
  expect((await hrHead.get<LedgerAnswer>('/api/seals/uses?state=out')).total).toBe(1);

  await s.advance(3 * DAY);
  await signIn();
  const late = await use(keeper, useId);
  expect(late).toMatchObject({ due: { state: 'overdue' }, checkout: { isLate: true } });
  expect(textsTo(demoCast.applicant.userid).join()).toContain('归还印章：人事处章');
  await acted(keeper, useId, await stamp(keeper, 2));
  expect((await use(keeper, useId)).state).toBe('partly');
  expect(await acted(keeper, useId, { act: 'giveBack', words: '印面完好' })).toBe('closed');
  expect(await use(keeper, useId)).toMatchObject({ isOut: false, checkout: { isLate: true }, due: null });
  await acted(keeper, other, { act: 'checkOut' });
});

const rule = async (pattern = 'HT-{unit}-{yyyy}-{seq:4}') =>
  (
    await admin.post<{ ruleId: string }>('/api/seals/rules', {
      name: '采购合同',
      pattern,
      unitId: await unitOf('D05'),
    })
  ).ruleId;
const numbersOf = async (client: Client, query = 'box=mine') =>
  (await client.get<NumbersAnswer>(`/api/seals/numbers?${query}`)).items;
const contract = (ruleId: string, title = '服务器采购') =>
  request('contractNumber', { rule: ruleId, title, counterparty: '某公司', amount: 12.5, content: '两台' });

it('S2-A11k contract numbers: without gaps and never twice under approvals at the same moment', async () => {
  const ruleId = await rule();
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) ids.push(await contract(ruleId, `合同 ${n}`));
  for (const id of ids) await agree(head, id);
  await Promise.all(ids.map((id) => agree(hrHead, id)));
  const drawn = (await numbersOf(applicant)).map(({ number }) => number).sort();
  expect(drawn).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `HT-D20-2026-000${seq}`));
  // Another year, another count; revoked ones are not given again.
  expect((await revoke(ids[5] ?? '')).status).toBe(200);
  const seventh = await contract(ruleId);
  await agree(head, seventh);
  await agree(hrHead, seventh);
  expect((await detail(applicant, seventh)).facts).toContainEqual({
    label: '合同编号',
    value: 'HT-D20-2026-0007',
  });
  await s.settle();
  expect(textsTo(demoCast.applicant.userid).join()).toContain('合同编号已取：HT-D20-2026-0007');
  const gone = (await numbersOf(hrHead, 'state=void'))[0];
  expect(gone).toMatchObject({ endWords: '申请人撤销申请', requestId: ids[5] });
  const keys = await s.app.db.read(({ em }) =>
    em.query<{ n: number | string }[]>('select count(distinct number) as n from contract_number'),
  );
  expect(Number(keys[0]?.n)).toBe(7);
  const rows = await rowsOf(hrHead, '/api/seals/numbers/export?state=void');
  expect(rows[0]?.[0]).toContain('王海燕导出 · 作废');
  expect(rows[2]?.[0]).toBe(gone?.number);
  // A pattern that would give the same numbers, and one without a year.
  const twin = { name: '服务合同', unitId: await unitOf('D05') };
  expect(
    await codeOf(
      await admin.send('POST', '/api/seals/rules', { ...twin, pattern: 'HT-{unit}-{yyyy}-{seq:3}' }),
    ),
  ).toEqual([409, 'seals.pattern_taken']);
  expect(
    await codeOf(await admin.send('POST', '/api/seals/rules', { ...twin, pattern: 'HT-{unit}-{seq:3}' })),
  ).toEqual([400, 'seals.bad_pattern']);
});

it('S2-A11k a contract is sealed under its own number, which then cannot become void', async () => {
  const ruleId = await rule();
  const contractSeal = await sealOf('HTZ01', { name: '合同专用章', kind: 'contract' });
  const requestId = await contract(ruleId);
  await agree(head, requestId);
  await agree(hrHead, requestId);
  const [number] = await numbersOf(applicant);
  const form = async (chosen: string) => ({
    contract: chosen,
    seal: contractSeal,
    document: '服务器采购合同',
    copies: 4,
    files: [await upload(applicant)],
  });
  expect((await send('contractSeal', await form('not-mine'))).status).toBe(422);
  const sealing = await request('contractSeal', await form(number?.numberId ?? ''));
  expect((await detail(applicant, sealing)).title).toBe('HT-D20-2026-0001 服务器采购合同');
  await agree(head, sealing);
  await agree(leader, sealing);
  await agree(hrHead, sealing);
  const useId = await useOf(sealing);
  expect((await use(keeper, useId)).contractNumber).toBe('HT-D20-2026-0001');
  expect((await numbersOf(hrHead, 'q=HT-D20'))[0]).toMatchObject({
    uses: ['HTZ01-2026-0001'],
    canVoid: false,
  });
  expect((await hrHead.get<LedgerAnswer>('/api/seals/uses?q=HT-D20')).total).toBe(1);
  expect(await codeOf(await revoke(requestId))).toEqual([422, 'approvals.nothing_to_revoke']);
  const [used] = await numbersOf(applicant);
  const ending = { version: used?.version ?? 0, words: '合同不签了' };
  const path = `/api/seals/numbers/${number?.numberId ?? ''}/void`;
  expect(await codeOf(await admin.send('POST', path, ending))).toEqual([422, 'seals.number_in_use']);
  expect((await revoke(sealing)).status).toBe(200);
  expect((await keeper.send('POST', path, ending)).status).toBe(404);
  expect((await admin.send('POST', path, ending)).status).toBe(200);
  expect((await numbersOf(applicant))[0]).toMatchObject({ state: 'void', endWords: '合同不签了' });
});

it('S2-A11k a contract whose number became void while its sealing was under way is not sealed', async () => {
  const contractSeal = await sealOf('HTZ01', { name: '合同专用章', kind: 'contract' });
  const numbering = await contract(await rule());
  await agree(head, numbering);
  await agree(hrHead, numbering);
  const [number] = await numbersOf(applicant);
  const sealing = await request('contractSeal', {
    contract: number?.numberId ?? '',
    seal: contractSeal,
    document: '服务器采购合同',
    copies: 4,
    files: [await upload(applicant)],
  });
  await agree(head, sealing);
  await agree(leader, sealing);
  expect((await revoke(numbering)).status).toBe(200);
  await agree(hrHead, sealing);
  await s.settle();
  const endWords = '合同编号 HT-D20-2026-0001 已作废';
  expect(await use(applicant, await useOf(sealing))).toMatchObject({
    state: 'void',
    endWords,
    due: null,
    can: [],
  });
  expect((await keeper.get<OwnAnswer>('/api/seals/own?box=todo')).todo).toBe(0);
  expect(textsTo(demoCast.applicant.userid).join()).toContain(`用印不能盖章：${endWords}`);
});

it('who kept a seal and left: its uses lie with the other keeper, then with the head of its unit', async () => {
  const { useId } = await approvedUse();
  const seal = (await admin.get<SealsAnswer>('/api/seals/seals')).items[0];
  if (!seal) throw new Error('no seal');
  const change = (keeperIds: string[]) =>
    admin.send('PUT', `/api/seals/seals/${sealId}`, {
      name: seal.name,
      kind: seal.kind,
      unitId: seal.unit.id,
      mayGoOut: seal.mayGoOut,
      place: seal.place,
      state: 'active',
      version: seal.version,
      keeperIds,
    });
  const secondId = await personIdOf(s, demoCast.hrMaintainer.userid);
  expect((await change([secondId])).status).toBe(200);
  await s.settle();
  expect(textsTo(demoCast.hrMaintainer.userid).join()).toContain('用印登记转到你这里');
  expect((await keeper.get<OwnAnswer>('/api/seals/own?box=todo')).todo).toBe(0);
  expect((await keeper.raw('GET', `/api/seals/uses/${useId}`)).status).toBe(404);
  expect((await second.get<OwnAnswer>('/api/seals/own?box=todo')).todo).toBe(1);
  // Somebody else changed it meanwhile.
  expect((await change([secondId])).status).toBe(409);

  // She leaves: nobody keeps it, so its uses lie with the head of the unit that manages it.
  await s.app.db.write(systemActor('test:leaving'), (tx) =>
    s.app.directory.endEmployment(tx, secondId, { status: 'left', on: TODAY, reason: null }),
  );
  await s.settle();
  expect(textsTo(demoCast.hrHead.userid).join()).toContain('用印登记转到你这里');
  expect((await hrHead.get<OwnAnswer>('/api/seals/own?box=todo')).todo).toBe(1);
  expect(await acted(hrHead, useId, { act: 'void', words: '没有保管人，重新申请' })).toBe('void');
});

it('H6 a use goes with its photos, checkouts and history when its time is over; a contract number stays', async () => {
  const ruleId = await rule();
  const numbering = await contract(ruleId);
  await agree(head, numbering);
  await agree(hrHead, numbering);
  const portable = await sealOf('YZ02', { name: '人事处章', kind: 'unit', mayGoOut: true });
  const form = { seal: portable, outWorkdays: 1, document: '登记表', copies: 1, purpose: '带到大厅' };
  const requestId = await request('sealOut', form);
  await agree(head, requestId);
  await agree(hrHead, requestId);
  const done = await useOf(requestId);
  await acted(keeper, done, { act: 'checkOut' });
  await acted(keeper, done, await stamp(keeper, 1));
  expect(await acted(keeper, done, { act: 'giveBack' })).toBe('closed');
  const open = await approvedUse();

  const count = (from: string, params: string[] = []) =>
    s.app.db.read(async ({ em }) => {
      const [row] = await em.query<{ n: number | string }[]>(`select count(*) as n from ${from}`, params);
      return Number(row?.n);
    });
  const left = async () => [
    await count('seal_use where id = ?', [done]),
    await count('seal_event where useId = ?', [done]),
    await count('seal_checkout where useId = ?', [done]),
    await count(`file where ownerType = 'seal_use' and ownerId = ?`, [done]),
  ];
  const over = (days: number) =>
    s.app.db.run('update seal_use set closedAt = ? where id = ?', [s.clock.now() - days * DAY, done]);
  await over(3_651);
  await s.advance(DAY);
  expect(await left()).toEqual([1, 4, 1, 1]);
  await over(3_654);
  await s.advance(DAY);
  expect(await left()).toEqual([0, 0, 0, 0]);
  // One that is not over has no age, and no number is given twice.
  expect(await count('seal_use where id = ?', [open.useId])).toBe(1);
  expect(await count('contract_number')).toBe(1);
  await signIn();
  const next = await contract(ruleId);
  await agree(head, next);
  await agree(hrHead, next);
  expect((await numbersOf(applicant)).map(({ number }) => number)).toEqual([
    'HT-D20-2026-0002',
    'HT-D20-2026-0001',
  ]);
});

it('个保法 45 the copy of one’s own data has the seals one asked for, the numbers drawn, the seals one keeps', async () => {
  const { useId } = await approvedUse({ document: '=cmd()协议' });
  await acted(keeper, useId, await stamp(keeper, 1));
  const numbering = await contract(await rule());
  await agree(head, numbering);
  await agree(hrHead, numbering);
  const copyOf = async (client: Client) => {
    const answer = await client.raw('GET', '/api/access/own-data?format=json');
    const { sections } = (await answer.json()) as {
      sections: { title: string; rows: Record<string, string>[] }[];
    };
    const rows = (title: string) => sections.find((one) => one.title === title)?.rows ?? [];
    return { uses: rows('用印'), numbers: rows('合同编号'), keeps: rows('保管印章') };
  };
  expect(await copyOf(applicant)).toMatchObject({
    uses: [{ 台账号: 'YZ01-2026-0001', 文件: '=cmd()协议', 批准份数: '3', 实盖份数: '1', 状态: '已盖部分' }],
    numbers: [{ 合同编号: 'HT-D20-2026-0001', 合同名称: '服务器采购', 状态: '有效' }],
    keeps: [],
  });
  // Who stamped it asked for none: the applicant's lines are not in the keeper's copy.
  expect(await copyOf(keeper)).toMatchObject({
    uses: [],
    numbers: [],
    keeps: [{ 印章: '学院公章', 结束: '' }],
  });
});
