import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ForecastAnswer,
  ReturnedFormAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import type { PrintAnswer, VerifyAnswer } from '../../server/features/approvals/print/contract.ts';
import { readZip } from '../../server/platform/zip/index.ts';
import { checkPackage } from '../support/check-package.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishFields } from '../support/own-template.ts';
import { ink, uploadInk } from '../support/sign.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { detail, expectCard, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
let head: Client;
let leader: Client;

const FIELDS = [
  { key: 'what', label: '内容', type: 'text', required: true },
  { key: 'own', label: '本人签名', type: 'signature', required: true },
  { key: 'check', label: '核验签名', type: 'signature', signer: 'handler' },
  { key: 'private', label: '家属签名', type: 'signature' },
];

/** head checks and may sign in the form, leader ends it and does not see one of the fields. */
async function publish(fields: readonly object[] = FIELDS, version = 1): Promise<void> {
  const how = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
  const rights = [{ check: 'edit', what: 'edit' }, { private: 'hidden' }] as const;
  const known = fields as readonly { readonly key: string }[];
  const of = (one: object) =>
    Object.fromEntries(Object.entries(one).filter(([key]) => known.some((field) => field.key === key)));
  const steps = [
    Object.assign(await namedStep(s, 'check', [userid.unitHead], how), { fields: of(rights[0]) }),
    Object.assign(await namedStep(s, 'end', [userid.leader], how), { fields: of(rights[1]) }),
  ];
  await publishFields(s, fields, steps, version);
}

beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  leader = await s.signIn(userid.leader);
  await publish();
});
afterEach(() => s.close());

const given = async (client: Client, bytes = ink(), how = 'drawn') => ({
  fileId: await uploadInk(client, bytes),
  how,
});
async function draft(form: object) {
  const { version, posts } = await applicant.get<TemplateAnswer>('/api/approvals/templates/own');
  return { templateKey: 'own', version, assignmentId: posts[0]?.assignmentId ?? '', form };
}
const submit = async (form: object): Promise<SubmitAnswer> =>
  applicant.post<SubmitAnswer>('/api/approvals/instances', {
    ...(await draft(form)),
    clientKey: randomUUID(),
  });
async function made(more: object = {}): Promise<string> {
  const { instanceId } = await submit({ what: '甲', own: await given(applicant), ...more });
  await s.settle();
  return instanceId;
}
const factOf = async (client: Client, id: string, label: string) =>
  (await detail(client, id)).facts.find((fact) => fact.label === label);
async function act(client: Client, id: string, verb: string, body: object): Promise<void> {
  const { myTask } = await detail(client, id);
  await client.post(`/api/approvals/tasks/${myTask?.taskId}/${verb}`, body);
  await s.settle();
}
async function sign(client: Client, id: string, value: unknown, key = 'check'): Promise<void> {
  const field = (await detail(client, id)).editing?.fields.find((one) => one.field.key === key);
  await act(client, id, 'edit', { edits: [{ key, version: field?.version ?? 0, value }] });
}
const again = (id: string, form: object) =>
  applicant.post(`/api/approvals/instances/${id}/resubmit`, { form }).then(() => s.settle());
const picture = async (client: Client, id: string, fileId: string): Promise<number> =>
  (await client.raw('GET', `/api/approvals/instances/${id}/files/${fileId}`)).status;
const stateOf = (id: string) =>
  s.app.db.read(async (reads) => {
    const { state } = await loadInstance(reads, id);
    expect(replay(await historyOf(reads, id))).toEqual(state);
    return state;
  });

describe('a signature the applicant puts in the form', () => {
  it('is asked for, kept with its hash, told on the card and shown to who may read it', async () => {
    await expect(submit({ what: '甲' })).rejects.toThrow('approvals.cannot_submit');
    const bytes = ink();
    const own = await given(applicant, bytes);
    const { instanceId } = await submit({ what: '甲', own });
    await s.settle();
    const hash = createHash('sha256').update(bytes).digest('hex');
    const fact = await factOf(head, instanceId, '本人签名');
    expect(fact).toMatchObject({
      value: '已签名',
      kind: 'signature',
      signature: { ...own, name: '张雨桐', mark: hash.slice(0, 12) },
    });
    expect(await picture(head, instanceId, own.fileId)).toBe(200);
    expect(JSON.stringify(expectCard(s, userid.unitHead, '事项').content)).toContain('已签名');
    const state = await stateOf(instanceId);
    expect(state.form['own']).toMatchObject({ hash, personId: await personIdOf(s, userid.applicant) });
    const audit = await s.app.db.read((reads) =>
      reads.em.query<object[]>(`select * from audit_entry where targetId = ?`, [instanceId]),
    );
    expect(JSON.stringify(audit)).toContain(hash);
    expect(JSON.stringify(state.values)).not.toContain(own.fileId);
  });

  it('is a picture this person has just made: nobody else’s, no other file, none too large, none twice', async () => {
    const tried = (own: unknown) => submit({ what: '甲', own });
    await expect(tried(await given(head))).rejects.toThrow('approvals.file_gone');
    await expect(tried({ fileId: 'x'.repeat(32), how: 'drawn' })).rejects.toThrow('approvals.file_gone');
    const response = await applicant.upload('/api/files', 'a.pdf', Buffer.from('%PDF-1.7 nothing'));
    const { fileId } = (await response.json()) as { fileId: string };
    await expect(tried({ fileId, how: 'drawn' })).rejects.toThrow('approvals.signature_bad');
    await expect(tried(await given(applicant, ink('wide', 5000, 5000)))).rejects.toThrow(
      'approvals.signature_bad',
    );
    const large = Buffer.concat([ink('large'), Buffer.alloc(210 * 1024, 3)]);
    await expect(tried(await given(applicant, large))).rejects.toThrow('approvals.signature_bad');
    const bytes = ink();
    const own = await given(applicant, bytes);
    await expect(submit({ what: '甲', own, private: own })).rejects.toThrow('approvals.signature_used');
    await tried(own);
    await expect(tried(own)).rejects.toThrow('approvals.file_gone');
    // The bytes of a signature that was given, whoever uploads them.
    await expect(tried(await given(applicant, bytes))).rejects.toThrow('approvals.signature_used');
    await expect(tried('已签名')).rejects.toThrow('approvals.cannot_submit');
  });

  it('names the one who signed whatever the form claims, and is no value for others', async () => {
    const own = await given(applicant);
    const claimed = { ...own, hash: 'a'.repeat(64), personId: 'somebody', name: '别人', at: 1 };
    const { instanceId } = await submit({ what: '甲', own: claimed });
    const kept = (await stateOf(instanceId)).form['own'];
    expect(kept).toMatchObject({ fileId: own.fileId, name: '张雨桐' });
    expect(JSON.stringify(kept)).not.toContain('aaaa');
    await expect(submit({ what: await given(applicant), own: await given(applicant) })).rejects.toThrow(
      'approvals.cannot_submit',
    );
  });

  it('is given anew with each hand-in, and a new one alone is no change of the form', async () => {
    const id = await made();
    await act(head, id, 'send-back', { toStepKey: null, reason: '请补' });
    const { form } = await applicant.get<ReturnedFormAnswer>(`/api/approvals/instances/${id}/form`);
    expect(form).toEqual({ what: '甲' });
    const ahead = await applicant.post<ForecastAnswer>('/api/approvals/forecast', {
      ...(await draft(form)),
      instanceId: id,
    });
    expect([ahead.canSubmit, ahead.required]).toEqual([false, ['what', 'own']]);
    await expect(again(id, form)).rejects.toThrow('approvals.cannot_submit');
    const before = (await stateOf(id)).form['own'];
    await expect(again(id, { ...form, own: before })).rejects.toThrow('approvals.file_gone');
    await again(id, { ...form, own: await given(applicant) });
    const state = await stateOf(id);
    expect(state.resubmissions?.at(-1)?.changed).toEqual([]);
    expect(state.signatures?.length).toBe(2);
  });

  it('is hidden with its field: fact, picture, print and package; the package still proves itself', async () => {
    const family = await given(applicant);
    const id = await made({ private: family });
    await act(head, id, 'approve', {});
    expect(await factOf(leader, id, '家属签名')).toBeUndefined();
    expect(await picture(leader, id, family.fileId)).toBe(404);
    const print = await leader.get<PrintAnswer>(`/api/approvals/instances/${id}/print`);
    expect(print.signatures.map(({ fileId }) => fileId)).not.toContain(family.fileId);
    const { form, check } = await packageOf(leader, id);
    expect(form).not.toContain('家属签名');
    expect(check).toMatchObject({ ok: true });
    const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${print.code}`);
    expect(verified.result === 'genuine' && verified.formSignatures).toMatchObject([
      { label: '本人签名', name: '张雨桐', stand: 'intact' },
    ]);
  });
});

async function packageOf(client: Client, id: string) {
  const pack = await client.send('POST', `/api/approvals/instances/${id}/package`, { purpose: '核对签名' });
  const files = readZip(Buffer.from(await pack.arrayBuffer()));
  return {
    form: Buffer.from(files.get('form.html') ?? []).toString(),
    check: await checkPackage(files),
  };
}

describe('a version of a template that asks for a signature', () => {
  it('R41 asks nobody for one who applied by the version before', async () => {
    await publish(FIELDS.slice(0, 1), 2);
    const { instanceId } = await submit({ what: '甲' });
    await publish(FIELDS, 3);
    await expect(submit({ what: '乙' })).rejects.toThrow('approvals.cannot_submit');
    await act(head, instanceId, 'send-back', { toStepKey: null, reason: '请补' });
    await again(instanceId, { what: '丙' });
    await act(head, instanceId, 'approve', {});
    await act(leader, instanceId, 'approve', {});
    expect(await stateOf(instanceId)).toMatchObject({ status: 'approved', templateVersion: 2 });
  });
});

describe('a signature of who handles it', () => {
  it('is their own, stands with their name, may be given again and not taken out', async () => {
    const id = await made();
    const { fields } = await applicant.get<TemplateAnswer>('/api/approvals/templates/own');
    expect(fields.map(({ key }) => key)).toEqual(['what', 'own', 'private']);
    await expect(sign(head, id, await given(applicant))).rejects.toThrow('approvals.file_gone');
    await expect(sign(head, id, (await stateOf(id)).form['own'])).rejects.toThrow('approvals.file_gone');
    await sign(head, id, await given(head, ink(), 'typed'));
    expect(await factOf(applicant, id, '核验签名')).toMatchObject({
      signature: { name: '陈志远', how: 'typed' },
    });
    await expect(sign(head, id, null)).rejects.toThrow('approvals.signature_stays');
    await expect(sign(head, id, await given(head), 'own')).rejects.toThrow('approvals.field_not_editable');
    await sign(head, id, await given(head));
    const state = await stateOf(id);
    expect(state.edits?.length).toBe(2);
    const rows = (await detail(applicant, id)).timeline.map(({ comment }) => comment ?? '').join();
    expect(rows).toContain('陈志远 已签名');
  });

  it('is none of the applicant’s to give, and goes when they change what was signed', async () => {
    await expect(
      submit({ what: '甲', own: await given(applicant), check: await given(applicant) }),
    ).rejects.toThrow('approvals.signature_not_yours');
    const id = await made();
    await sign(head, id, await given(head));
    const back = () => act(head, id, 'send-back', { toStepKey: null, reason: '请补' });
    await back();
    await again(id, { what: '甲', own: await given(applicant) });
    expect((await stateOf(id)).form['check']).toMatchObject({ name: '陈志远' });
    await back();
    await again(id, { what: '乙', own: await given(applicant) });
    const state = await stateOf(id);
    expect(state.form['check']).toBeUndefined();
    expect(state.resubmissions?.at(-1)?.changed.map(({ key }) => key)).toEqual(['what', 'check']);
    expect((await packageOf(applicant, id)).check).toMatchObject({ ok: true });
  });

  it('R15 the picture of the decision is none of the form, and the other way round', async () => {
    const how = { mode: 'any', refusal: 'FIRST_ACTION' } as const;
    const step = await namedStep(s, 'sign', [userid.unitHead], how);
    const both = Object.assign(step, { signature: true as const, fields: { check: 'edit' as const } });
    await publishFields(s, FIELDS, [both], 2);
    const id = await made();
    const bytes = ink();
    const approve = async (form: object, decision: object) =>
      act(head, id, 'approve', { edits: [{ key: 'check', version: 0, value: form }], signature: decision });
    await expect(approve(await given(head, bytes), await given(head, bytes))).rejects.toThrow(
      'approvals.signature_used',
    );
    await approve(await given(head, bytes), await given(head));
    const state = await stateOf(id);
    expect([state.status, state.signatures?.length]).toEqual(['approved', 2]);
    expect((await packageOf(applicant, id)).check).toMatchObject({ ok: true });
  });

  it('tells on the page what was changed after a signature', async () => {
    const id = await made();
    await sign(head, id, '丙', 'what');
    expect((await factOf(leader, id, '本人签名').catch(() => undefined))?.note ?? '').toBe('');
    expect((await factOf(applicant, id, '本人签名'))?.note).toBe('签名之后内容有改动');
    await sign(head, id, await given(head));
    expect((await factOf(applicant, id, '核验签名'))?.note).toBeUndefined();
  });
});

describe('the proof of a signature in the form (R45)', () => {
  it('whole, print, code and package say so; another picture under its name is told by all three', async () => {
    const bytes = ink();
    const hash = createHash('sha256').update(bytes).digest('hex');
    const id = await made({ own: await given(applicant, bytes) });
    const told = async () => {
      const print = await applicant.get<PrintAnswer>(`/api/approvals/instances/${id}/print`);
      const verified = await s.browser().get<VerifyAnswer>(`/api/approvals/prints/${print.code}`);
      return {
        print: print.signatures.map(({ stand }) => stand),
        page: verified.result === 'genuine' ? verified.formSignatures.map(({ stand }) => stand) : [],
        ...(await packageOf(applicant, id)),
      };
    };
    const whole = await told();
    expect([whole.print, whole.page, whole.check.ok]).toEqual([['intact'], ['intact'], true]);
    expect(whole.form).toContain(`签名图片与签名时一致。SHA-256 ${hash}`);
    expect(whole.check.said).toContain('1 个签名');
    await writeFile(join(s.config.dataDir, 'files', hash.slice(0, 2), hash), Buffer.from(bytes).reverse());
    const changed = await told();
    expect([changed.print, changed.page, changed.check.ok]).toEqual([['changed'], ['changed'], false]);
    expect(changed.check.said).toContain('签名图片与签名时不一致');
  });

  it('个保法 45: the copy of one’s own data has the picture, and only one’s own', async () => {
    const bytes = ink();
    const id = await made({ own: await given(applicant, bytes) });
    await sign(head, id, await given(head));
    const response = await applicant.raw('GET', '/api/access/own-data?format=json');
    const files = readZip(Buffer.from(await response.arrayBuffer()));
    const pictures = [...files.keys()].filter((path) => path.startsWith('签名/'));
    expect(pictures.length).toBe(1);
    expect(Buffer.from(files.get(pictures[0] ?? '') ?? [])).toEqual(bytes);
    const text = Buffer.from(files.get([...files.keys()].find((path) => path.endsWith('.json')) ?? '') ?? []);
    expect(text.toString()).toContain('本人签名：张雨桐 已签名');
  });
});
