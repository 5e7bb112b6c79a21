/** Every shipped template, from the form to its end, through real HTTP, by the people its forecast names. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  ForecastAnswer,
  InstanceAnswer,
  PathStep,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { type InstanceState, loadInstance } from '../../server/features/approvals/index.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { SHIPPED_CASES, type ShippedCase, type ShippedForm } from '../support/shipped-forms.ts';
import { signatureFor, uploadInk } from '../support/sign.ts';
import { type Started, startApp } from '../support/start-app.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

let s: Started;
let applicant: Client;
const signedIn = new Map<string, Client>();
beforeAll(async () => {
  s = await startApp({ cast: 'college' });
  applicant = await s.signIn(demoCast.applicant.userid);
  const group: readonly [string, CastKey][] = [
    ['leadingGroupHead', 'president'],
    ['leadingGroupDeputy', 'secondAdmin'],
    ['leadingGroupMember', 'librarian'],
  ];
  for (const [role, who] of group) await give(role, who);
});
afterAll(() => s.close());

async function give(role: string, who: CastKey): Promise<void> {
  const personId = await personIdOf(s, demoCast[who].userid);
  await s.app.db.write(systemActor('test'), (tx) =>
    s.app.access.grantRole(tx, { personId, role, scopeUnitId: null, untilAt: null }),
  );
}

async function clientOf(personId: string): Promise<Client> {
  const known = signedIn.get(personId);
  if (known) return known;
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  const client = await s.signIn(org.person(personId)?.userid ?? '');
  signedIn.set(personId, client);
  return client;
}

async function filled(form: ShippedForm): Promise<Record<string, unknown>> {
  const one = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(one));
    if (value === '@file') {
      const uploaded = await applicant.upload('/api/files', '材料.png', PNG);
      return ((await uploaded.json()) as { fileId: string }).fileId;
    }
    if (value === '@signature') return { fileId: await uploadInk(applicant), how: 'drawn' };
    return typeof value === 'string' && value.startsWith('@') ? personIdOf(s, value.slice(1)) : value;
  };
  const entries = Object.entries(form).map(async ([key, value]) => [key, await one(value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function draft({ template, valid, chosen = {} }: ShippedCase, change: ShippedForm = {}) {
  const { version, posts } = await applicant.get<TemplateAnswer>(`/api/approvals/templates/${template}`);
  const picked = Object.entries(chosen).map(
    async ([step, members]) => [step, await Promise.all(members.map((m) => personIdOf(s, m)))] as const,
  );
  return {
    templateKey: template,
    version,
    assignmentId: posts[0]?.assignmentId ?? '',
    form: await filled({ ...valid, ...change }),
    chosen: Object.fromEntries(await Promise.all(picked)),
  };
}

const submit = (request: object) =>
  applicant.send('POST', '/api/approvals/instances', { ...request, clientKey: randomUUID() });
const stateOf = async (instanceId: string): Promise<InstanceState> =>
  (await s.app.db.read((reads) => loadInstance(reads, instanceId))).state;
const rows = <T>(sql: string, values: unknown[]): Promise<T[]> =>
  s.app.db.read(({ em }) => em.query<T[]>(sql, values));
const resultsOf = async (instanceId: string): Promise<number> =>
  (await rows(`select id from message where kind = 'approvals.result' and subjectId = ?`, [instanceId]))
    .length;
const actsOf = async (instanceId: string): Promise<string[]> =>
  (
    await rows<{ action: string }>(
      `select action from audit_entry where targetId = ? and action like 'approvals.%' order by seq`,
      [instanceId],
    )
  ).map(({ action }) => action);

/** Approves or carries out whatever is open, until nothing is; which acts, and the steps people were asked at. */
async function toTheEnd(instanceId: string, path: readonly PathStep[]): Promise<string[]> {
  const acts: string[] = [];
  for (;;) {
    const state = await stateOf(instanceId);
    const task = state.tasks.find(({ status }) => status === 'pending');
    if (state.status !== 'running' || task === undefined) return acts;
    const stepKey = state.steps.find(({ stepId }) => stepId === task.stepId)?.stepKey;
    const foretold = path.find((step) => step.stepKey === stepKey)?.people ?? [];
    expect(foretold.map(({ personId }) => personId)).toContain(task.person.personId);
    const client = await clientOf(task.person.personId);
    const { myTask } = await client.get<InstanceAnswer>(`/api/approvals/instances/${instanceId}`);
    const verb = myTask?.handles ? 'handle' : 'approve';
    const body =
      verb === 'handle'
        ? { result: 'done', comment: '已办好' }
        : { comment: '同意', ...(await signatureFor(client, myTask)) };
    await client.post(`/api/approvals/tasks/${task.taskId}/${verb}`, body);
    acts.push(`approvals.${verb}`);
  }
}

const named = SHIPPED_CASES.map((one) => [`${one.template}: ${one.steps.join(', ')}`, one] as const);

const SEALS = ['contractNumber', 'contractSeal', 'sealOut', 'sealUse'];

describe('shipped templates', () => {
  it('every file of config/templates is among the cases', async () => {
    const { items } = await applicant.get<{ items: { templateKey: string }[] }>('/api/approvals/templates');
    // Seals and contract numbers have a room behind them: test/flows/seals.test.ts.
    const cases = [...SHIPPED_CASES.map(({ template }) => template), ...SEALS];
    expect(new Set(cases)).toEqual(new Set(items.map(({ templateKey }) => templateKey)));
    expect(items).toHaveLength(
      readdirSync('config/templates').filter((name) => name.endsWith('.yaml')).length,
    );
  });

  // First, because the days of an approved leave are taken (R39).
  it.each(named)('R29 %s: refused at its first step, told once', async (_name, one) => {
    const made = (await (await submit(await draft(one))).json()) as SubmitAnswer;
    const [task] = (await stateOf(made.instanceId)).tasks;
    const client = await clientOf(task?.person.personId ?? '');
    await client.post(`/api/approvals/tasks/${task?.taskId}/reject`, { comment: '材料不全' });
    await s.settle();
    expect((await stateOf(made.instanceId)).status).toBe('rejected');
    expect(await resultsOf(made.instanceId)).toBe(1);
    expect(await actsOf(made.instanceId)).toEqual(['approvals.submit', 'approvals.reject']);
  });

  it.each(named)('R24 R29 %s: to its end by those the forecast names', async (_name, one) => {
    const request = await draft(one);
    const seen = await applicant.post<ForecastAnswer>('/api/approvals/forecast', request);
    expect(seen.reasons).toEqual([]);
    const human = seen.path.filter(({ mode }) => mode !== 'cc');
    expect(human.map(({ stepKey }) => stepKey)).toEqual(one.steps);
    const made = (await (await submit(request)).json()) as SubmitAnswer;
    const acts = await toTheEnd(made.instanceId, seen.path);
    await s.settle();
    const state = await stateOf(made.instanceId);
    expect(state.status).toBe('approved');
    expect(state.steps.map(({ stepKey }) => stepKey)).toEqual(one.steps);
    expect(state.copies.map(({ person }) => person.personId)).toEqual(
      seen.path.filter(({ mode }) => mode === 'cc').flatMap((step) => step.people.map((p) => p.personId)),
    );
    expect(await resultsOf(made.instanceId)).toBe(1);
    expect(await actsOf(made.instanceId)).toEqual(['approvals.submit', ...acts]);
  });

  it.each(named)('R18 %s: a bad form is told why and makes nothing', async (_name, one) => {
    const count = async () =>
      (await rows('select id from approval_instance where templateKey = ?', [one.template])).length;
    const before = await count();
    const answer = await submit(await draft(one, one.bad));
    expect(answer.status).toBe(422);
    const { code, data } = (await answer.json()) as { code: string; data: { reasons: string[] } };
    expect(code).toBe('approvals.cannot_submit');
    expect(data.reasons).toContain(one.reason);
    expect(await count()).toBe(before);
  });
});
