import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  ChoicesAnswer,
  FileAnswer,
  FilesAnswer,
  JudgeRequest,
  OwnAnswer,
  PlanAnswer,
  PlansAnswer,
  PlanTerms,
  QualityAnswer,
  SomeAnswer,
  UnitsAnswer,
} from '../../server/features/file-audits/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 180_000 });

const SEED = systemActor('test:file-audits');
const FIELDS = ['name', 'idNumber', 'title', 'mobile', 'photo'] as const;

let s: Started;
let clients: Map<CastKey, Promise<Client>>;
beforeEach(async () => {
  s = await startApp();
  clients = new Map();
});
afterEach(() => s.close());

const as = (who: CastKey): Promise<Client> => {
  const known = clients.get(who) ?? s.signIn(demoCast[who].userid);
  clients.set(who, known);
  return known;
};
const base = '/api/file-audits';
const get = async <T>(who: CastKey, path: string): Promise<T> => (await as(who)).get<T>(`${base}${path}`);
const post = async <T>(who: CastKey, path: string, body: object = {}): Promise<T> =>
  (await as(who)).post<T>(`${base}${path}`, body);
/** The code of a refusal. */
async function refusal(who: CastKey, path: string, body?: object, method = 'POST'): Promise<string> {
  const client = await as(who);
  const answer =
    body === undefined
      ? await client.raw('GET', `${base}${path}`)
      : await client.send(method, `${base}${path}`, body);
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
}
const duties = async (who: CastKey) => (await todosOf(await as(who))).map(({ text }) => text);
const told = (who: CastKey): string[] =>
  s.sandbox.control
    .appMessages(demoCast[who].userid)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [JSON.stringify(content)] : []));
const orgNow = () => s.app.db.read((reads) => s.app.directory.orgOf(reads));
const idOf = async (who: CastKey): Promise<string> =>
  (await orgNow()).personByUserid(demoCast[who].userid)?.personId ?? '';
const unitId = async (code: string): Promise<string> =>
  (await orgNow()).units().find((unit) => unit.code === code)?.unitId ?? '';
async function later(ms: number): Promise<void> {
  await s.advance(ms);
  clients.clear();
}

async function terms(part: Partial<PlanTerms> = {}): Promise<PlanTerms> {
  return {
    title: '2026 年档案审核',
    basis: '企业微信管理办法第七条',
    guidance: '请对照身份证和聘书逐项核对。',
    scope: { unitIds: [await unitId('D20')], setIds: [], categories: ['internal'] },
    fields: [...FIELDS],
    steps: [
      { kind: 'hr', workdays: 3 },
      { kind: 'self', workdays: 5 },
      { kind: 'unit', workdays: 2 },
    ],
    fromOn: '2026-11-23',
    untilOn: '2026-12-18',
    reviewerIds: [await idOf('hrHead'), await idOf('hrMaintainer')],
    ...part,
  };
}
const make = async (part: Partial<PlanTerms> = {}): Promise<string> =>
  (await post<{ planId: string }>('hrMaintainer', '/plans', await terms(part))).planId;
const plan = (who: CastKey, id: string) => get<PlanAnswer>(who, `/plans/${id}`);
async function started(part: Partial<PlanTerms> = {}): Promise<string> {
  const planId = await make(part);
  await post('hrHead', `/plans/${planId}/start`, { version: 1 });
  await s.settle();
  return planId;
}
const fileOf = async (who: CastKey): Promise<string> =>
  (await get<OwnAnswer>(who, '/own')).items[0]?.fileId ?? '';
const one = (who: CastKey, fileId: string) => get<FileAnswer>(who, `/files/${fileId}`);
const check = (who: CastKey, fileId: string, wrong: readonly string[] = []) =>
  post(who, `/files/${fileId}/check`, {
    answers: FIELDS.map((field) => ({ field, said: wrong.includes(field) ? 'wrong' : 'right' })),
  });
const verdicts = (part: Partial<Record<string, 'missing' | 'wrong'>> = {}): JudgeRequest => ({
  verdicts: FIELDS.map((field) => ({
    field,
    verdict: part[field] ?? 'ok',
    note: part[field] === undefined ? null : '与登记材料不一致',
  })),
});

describe('S1-7.1a a personal-file audit plan', () => {
  it('S1-7.1a stores scope, fields, steps in order, dates and reviewers; a draft is changed and is HR’s alone', async () => {
    const planId = await make();
    expect(await plan('hrHead', planId)).toMatchObject({
      state: 'draft',
      scopeWords: ['信息工程学院', '只含院内人员'],
      fields: FIELDS.map((field) => expect.objectContaining({ field })),
      steps: [
        { kind: 'self', workdays: 5, label: '本人核对' },
        { kind: 'unit', workdays: 2, label: '单位复核' },
        { kind: 'hr', workdays: 3, label: '人事审核' },
      ],
      fromOn: '2026-11-23',
      untilOn: '2026-12-18',
      reviewers: [{ name: '王海燕' }, { name: '吴晓燕' }],
      people: 5,
      can: { edit: true, start: true },
    });
    const changed = { version: 1, ...(await terms({ title: '改过的标题' })) };
    expect(await refusal('hrHead', `/plans/${planId}`, changed, 'PUT')).toBe('done');
    expect(await refusal('hrHead', `/plans/${planId}`, changed, 'PUT')).toBe('db.changed_meanwhile');
    expect((await plan('hrMaintainer', planId)).title).toBe('改过的标题');
    expect(await refusal('unitHead', `/plans/${planId}`)).toBe('fileaudits.not_visible');
    expect(await refusal('applicant', '/plans', await terms())).toBe('fileaudits.hr_only');
    expect(await refusal('hrHead', `/plans/${planId}/discard`, { version: 2 })).toBe('done');
    expect((await get<PlansAnswer>('hrHead', '/plans')).items).toEqual([]);
  });

  it('S1-7.1a what cannot be is refused: dates, steps, units, reviewers nobody knows', async () => {
    const refused = async (part: Partial<PlanTerms>) => refusal('hrMaintainer', '/plans', await terms(part));
    expect(await refused({ untilOn: '2026-11-01' })).toBe('fileaudits.dates');
    expect(await refused({ fromOn: '2026-02-30' })).toBe('fileaudits.dates');
    expect(await refused({ steps: [{ kind: 'self', workdays: 3 }] })).toBe('fileaudits.steps');
    expect(await refused({ scope: { unitIds: ['nowhere'], setIds: [], categories: [] } })).toBe(
      'fileaudits.unknown_scope',
    );
    expect(await refused({ reviewerIds: [await idOf('applicant')] })).toBe('fileaudits.unknown_reviewer');
    const choices = await get<ChoicesAnswer>('hrMaintainer', '/choices');
    expect(choices.reviewers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['王海燕', '吴晓燕', '周敏']),
    );
    expect(choices.fields.map(({ label }) => label)).toEqual(expect.arrayContaining(['证件照', '职级']));
  });

  it('S1-7.1a a set of people is a scope too', async () => {
    const { setId } = await s.app.db.write(SEED, async (tx) =>
      s.app.directory.putSet(tx, {
        name: '双肩挑',
        definition: { kind: 'list', personIds: [await idOf('twoPosts'), await idOf('librarian')] },
      }),
    );
    const planId = await make({ scope: { unitIds: [], setIds: [setId], categories: [] } });
    expect(await plan('hrHead', planId)).toMatchObject({ scopeWords: ['人员集：双肩挑'], people: 2 });
  });

  it('S1-7.1b another person starts it than who wrote it last; not before its first day, and not without a second reviewer', async () => {
    const planId = await make();
    expect((await plan('hrMaintainer', planId)).can).toMatchObject({
      start: false,
      startNot: expect.stringContaining('另一位人事人员'),
    });
    expect(await refusal('hrMaintainer', `/plans/${planId}/start`, { version: 1 })).toBe(
      'fileaudits.second_person',
    );
    const early = await make({ fromOn: '2026-12-01' });
    expect(await refusal('hrHead', `/plans/${early}/start`, { version: 1 })).toBe('fileaudits.too_early');
    const alone = await make({
      scope: { unitIds: [await unitId('D05')], setIds: [], categories: [] },
      reviewerIds: [await idOf('hrMaintainer')],
    });
    expect(await refusal('hrHead', `/plans/${alone}/start`, { version: 1 })).toBe(
      'fileaudits.reviewer_alone',
    );
  });
});

describe('S1-7.1b the plan runs', () => {
  it('S1-7.1b S1-1c H3 each file is checked by its person, reviewed by its unit and judged by HR; the results make the score', async () => {
    const planId = await started();
    expect(await plan('hrHead', planId)).toMatchObject({ state: 'running', people: 5 });
    expect(told('applicant').at(-1)).toContain('2026 年档案审核：请核对你自己的档案');
    expect((await duties('applicant'))[0]).toMatch(/^核对本人档案：2026 年档案审核，/);

    // The person: what is wrong has a correction first, which has an owner and a clock of its own.
    const fileId = await fileOf('applicant');
    const own = await one('applicant', fileId);
    expect(own).toMatchObject({
      isOwn: true,
      stage: 'self',
      can: { check: true, pass: false, judge: false },
    });
    expect(own.fields.find(({ field }) => field === 'mobile')?.present).toMatch(/\*/);
    expect(await refusal('unitHead', `/files/${fileId}/check`, { answers: [] })).toBe('http.bad_request');
    const answers = FIELDS.map((field) => ({ field, said: field === 'title' ? 'wrong' : 'right' }));
    expect(await refusal('applicant', `/files/${fileId}/check`, { answers: answers.slice(0, 4) })).toBe(
      'fileaudits.answers_incomplete',
    );
    expect(await refusal('applicant', `/files/${fileId}/check`, { answers })).toBe(
      'fileaudits.correction_first',
    );
    const client = await as('applicant');
    const wrong = { field: 'title', wanted: '讲师', reason: '聘书上是讲师', fileIds: [] };
    const { correctionId } = await client.post<{ correctionId: string }>('/api/corrections', wrong);
    await check('applicant', fileId, ['title']);
    await s.settle();
    expect(await duties('applicant')).toEqual([]);
    expect(await refusal('applicant', `/files/${fileId}/check`, { answers })).toBe('fileaudits.other_step');

    // The unit: its head, on the phone, with a doubt of its own.
    expect(told('unitHead').at(-1)).toContain('有档案等你复核');
    const [waiting] = (await get<OwnAnswer>('unitHead', '/to-review')).items;
    expect(waiting).toMatchObject({ fileId, person: { name: '张雨桐' }, wrongSaid: 1, can: { pass: true } });
    const seen = await one('unitHead', fileId);
    expect(seen.fields.find(({ field }) => field === 'title')).toMatchObject({
      said: 'wrong',
      correction: { id: correctionId, words: '待答复' },
    });
    expect(seen.back).toEqual([{ step: 'self', label: '本人核对' }]);
    await post('unitHead', `/files/${fileId}/pass`, {
      doubts: [{ field: 'photo', note: '照片是十年前的' }],
    });

    // HR: sends back with the reason, gets it again, and gives a verdict of every field.
    const judge: CastKey = (await one('hrHead', fileId)).can.judge ? 'hrHead' : 'hrMaintainer';
    expect((await one(judge, fileId)).fields.find(({ field }) => field === 'photo')?.doubt).toBe(
      '照片是十年前的',
    );
    expect(await refusal('unitHead', `/files/${fileId}/judge`, verdicts())).toBe('fileaudits.not_your_step');
    await post(judge, `/files/${fileId}/send-back`, { to: 'self', reason: '请补传近照' });
    expect((await one('applicant', fileId)).history.at(-1)).toMatchObject({
      words: '退回本人核对',
      note: '请补传近照',
    });
    await check('applicant', fileId, ['title']);
    await post('unitHead', `/files/${fileId}/pass`, { doubts: [] });
    expect(
      await refusal(judge, `/files/${fileId}/judge`, {
        verdicts: verdicts({ title: 'wrong' }).verdicts.map((each) => ({ ...each, note: null })),
      }),
    ).toBe('fileaudits.note_needed');
    await post(judge, `/files/${fileId}/judge`, verdicts({ title: 'wrong', photo: 'missing' }));
    expect(await one('applicant', fileId)).toMatchObject({
      stage: 'done',
      round: 2,
      ok: 3,
      missing: 1,
      wrong: 1,
    });

    // The head’s own file is reviewed by who stands above: nobody reviews their own (H3).
    const headFile = await fileOf('unitHead');
    await check('unitHead', headFile);
    expect(await refusal('unitHead', `/files/${headFile}/pass`, { doubts: [] })).toBe('fileaudits.own_file');
    expect((await get<OwnAnswer>('president', '/to-review')).items.map((item) => item.fileId)).toEqual([
      headFile,
    ]);

    // The end freezes what is known; what nobody judged is told apart.
    const running = await plan('hrHead', planId);
    expect(running.figures).toMatchObject({ people: 5, done: 1, self: 3, unit: 1 });
    await post('hrHead', `/plans/${planId}/end`, { version: running.version });
    await s.settle();
    const quality = await (await as('hrHead')).get<QualityAnswer>('/api/data-quality/staff');
    expect(quality.method).toContain('完整率＝有内容的项 ÷ 审核的项');
    expect(quality.items[0]).toMatchObject({
      planId,
      scoredAt: expect.any(Number),
      figures: {
        people: 5,
        done: 1,
        unfinished: 4,
        ok: 3,
        missing: 1,
        wrong: 1,
        completeness: 80,
        accuracy: 75,
        score: 60,
      },
    });
    expect(await duties('president')).toEqual([]);
    expect(await refusal('applicant', `/files/${fileId}/check`, { answers })).toBe('fileaudits.not_running');

    // Verdicts without a value as a sheet, on the record; words about a record only sealed in the database.
    const sheet = await (await as('hrHead')).raw('GET', `${base}/plans/${planId}/export`);
    const [table] = await readSheets(Buffer.from(await sheet.arrayBuffer()));
    const row = table?.rows.find((cells) => cells.includes('张雨桐'));
    expect(row?.slice(0, 10)).toEqual([
      '00731',
      '张雨桐',
      '信息工程学院',
      '已审核',
      '',
      '合格',
      '合格',
      '有误',
      '合格',
      '缺',
    ]);
    const stored = await s.app.db.read(async (reads) =>
      JSON.stringify(
        await Promise.all(
          ['file_audit_file', 'file_audit_event', 'obligation', 'audit_entry', 'message'].map((name) =>
            reads.em.query<object[]>(`select * from ${name}`),
          ),
        ),
      ),
    );
    for (const words of ['照片是十年前的', '请补传近照', '与登记材料不一致'])
      expect(stored).not.toContain(words);
    const copy = await (await as('applicant')).raw('GET', '/api/access/own-data?format=json');
    expect(await copy.text()).toContain('岗位：有误（与登记材料不一致）');
  });

  it('S1-7.1b G9 who holds a file past its time is late, by department; HR reminds them, once a day', async () => {
    const planId = await started();
    await check('applicant', await fileOf('applicant'));
    await later(9 * DAY_MS);
    const units = await get<UnitsAnswer>('hrHead', `/plans/${planId}/units?only=overdue`);
    expect(units.items).toMatchObject([
      { unitName: '信息工程学院', people: 5, overdue: 5, self: 4, unit: 1 },
    ]);
    expect((await one('unitHead', await fileOf('unitHead'))).isLate).toBe(true);
    const breaches = await s.app.db.read((reads) =>
      reads.em.query<{ breachPersonId: string }[]>(
        `select breachPersonId from obligation where subjectType = 'file_audit' and breachedAt is not null`,
      ),
    );
    expect(breaches).toHaveLength(5);
    expect(
      await post('hrHead', `/plans/${planId}/remind`, { unitId: units.items[0]?.unitId ?? null }),
    ).toEqual({
      people: 4,
    });
    await s.settle();
    const reminders = () => told('colleague').filter((text) => text.includes('超过时限，请尽快办')).length;
    expect(reminders()).toBe(1);
    await post('hrHead', `/plans/${planId}/remind`, { unitId: null });
    await s.settle();
    expect(reminders()).toBe(1);
  });

  it('S1-7.1b who leaves drops out, who moves takes the file along, who is locked is passed over, at once', async () => {
    const planId = await started();
    const [mover, leaver, locked] = [
      await idOf('applicant'),
      await idOf('colleague'),
      await idOf('twoPosts'),
    ];
    const files = new Map(
      (await get<FilesAnswer>('hrHead', `/plans/${planId}/files?limit=50`)).items.map((file) => [
        file.person.personId,
        file.fileId,
      ]),
    );
    await check('applicant', files.get(mover) ?? '');
    const library = await unitId('D11');
    await s.app.db.write(SEED, async (tx) => {
      await s.app.directory.changePosts(tx, mover, [
        {
          unitId: library,
          kind: 'main',
          title: '馆员',
          isHead: false,
          headRank: null,
          sinceOn: '2026-11-23',
          untilOn: null,
          place: null,
        },
      ]);
      await s.app.directory.endEmployment(tx, leaver, { status: 'left', on: '2026-11-23', reason: null });
      await s.app.directory.lockPerson(tx, locked);
    });
    await s.settle();
    const moved = await one('hrHead', files.get(mover) ?? '');
    expect(moved).toMatchObject({ unitName: '图书馆', stage: 'unit', holderName: '赵明德' });
    expect(moved.history.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['换了单位，随人转走', '单位复核换人办']),
    );
    expect(await refusal('unitHead', `/files/${files.get(mover) ?? ''}`)).toBe('fileaudits.not_visible');
    expect((await one('hrHead', files.get(leaver) ?? '')).stage).toBe('dropped');
    expect(await one('hrHead', files.get(locked) ?? '')).toMatchObject({
      stage: 'unit',
      holderName: '陈志远',
      history: [{ words: '列入审核' }, { words: '没有能办本人核对的人，跳过' }],
    });
    // Who reviews is locked too: the file goes to the next.
    const head = await idOf('unitHead');
    await s.app.db.write(SEED, (tx) => s.app.directory.lockPerson(tx, head));
    await s.settle();
    expect((await one('hrHead', files.get(locked) ?? '')).holderName).toBe('赵明德');
  });

  it('S1-7.1b H1 a whole page is passed and judged at once where nobody says a word against it; the rest is left and told', async () => {
    const planId = await started({ fields: ['name', 'title'] });
    const all = (await get<FilesAnswer>('hrHead', `/plans/${planId}/files`)).items;
    const answers = [
      { field: 'name', said: 'right' },
      { field: 'title', said: 'right' },
    ];
    for (const who of ['applicant', 'colleague', 'headless'] as const)
      await post(who, `/files/${await fileOf(who)}/check`, { answers });
    const ids = all.map(({ fileId }) => fileId);
    const passed = await post<SomeAnswer>('unitHead', '/pass-some', { fileIds: ids });
    expect(passed).toMatchObject({ done: 3 });
    expect(passed.left.map(({ name }) => name).sort()).toEqual(['郑凯', '陈志远']);
    expect(await refusal('applicant', `/plans/${planId}/files`)).toBe('fileaudits.not_visible');
    expect((await post<SomeAnswer>('applicant', '/judge-some', { fileIds: ids })).done).toBe(0);
    const judged = await post<SomeAnswer>('hrMaintainer', '/judge-some', { fileIds: ids });
    expect(judged).toMatchObject({ done: 3 });
    expect((await plan('hrHead', planId)).figures).toMatchObject({ done: 3, ok: 6, score: 100 });
  });

  it('S1-22a supervising departments see counts and scores, and nobody’s file', async () => {
    const planId = await started();
    // 信息中心 is among them; 何一鸣 is a super administrator, 郑凯 holds a second post there.
    const seen = await plan('twoPosts', planId);
    expect(seen).toMatchObject({
      figures: { people: 5 },
      can: { edit: false, tune: false, end: false, remind: false, files: false, export: false },
    });
    expect((await get<UnitsAnswer>('twoPosts', `/plans/${planId}/units`)).items[0]?.people).toBe(5);
    expect(await refusal('twoPosts', `/plans/${planId}/files`)).toBe('fileaudits.not_visible');
    expect(await refusal('twoPosts', `/files/${await fileOf('applicant')}`)).toBe('fileaudits.not_visible');
    expect(await refusal('twoPosts', `/plans/${planId}/export`)).toBe('fileaudits.not_yours');
    expect((await (await as('twoPosts')).raw('GET', '/api/data-quality/staff')).status).toBe(200);
    expect((await (await as('librarian')).raw('GET', '/api/data-quality/staff')).status).toBe(403);
  });

  it('S1-7.1b HR guides while it runs: other words, other reviewers, and what those held goes to them', async () => {
    const planId = await started({ steps: [{ kind: 'hr', workdays: 3 }] });
    const body = async (reviewer: CastKey) => ({
      version: (await plan('hrHead', planId)).version,
      guidance: '照片不看。',
      reviewerIds: [await idOf(reviewer)],
    });
    expect(await refusal('hrHead', `/plans/${planId}/guidance`, await body('attendanceOfficer'), 'PUT')).toBe(
      'done',
    );
    await s.settle();
    const files = (await get<FilesAnswer>('hrHead', `/plans/${planId}/files`)).items;
    expect(new Set(files.map(({ holderName }) => holderName))).toEqual(new Set(['周敏']));
    expect((await one('attendanceOfficer', files[0]?.fileId ?? '')).guidance).toBe('照片不看。');
    expect(await refusal('hrMaintainer', `/files/${files[0]?.fileId ?? ''}/judge`, verdicts())).toBe(
      'fileaudits.not_your_step',
    );
  });
});

describe('many', () => {
  it('S1-7.1b a plan for the whole college goes in slices: nobody is missing or twice', async () => {
    await s.close();
    s = await startApp({ cast: 'college' });
    clients = new Map();
    const planId = await make({ scope: { unitIds: [], setIds: [], categories: [] } });
    const { people } = await plan('hrHead', planId);
    expect(people).toBe(600);
    expect(await refusal('hrHead', `/plans/${planId}/start`, { version: 1 })).toBe('act.not_typed');
    await post('hrHead', `/plans/${planId}/start`, { version: 1, phrase: '审核 600 人' });
    await s.settle();
    expect(await plan('hrHead', planId)).toMatchObject({ state: 'running', people: 600 });
    const counts = () =>
      s.app.db.read(async (reads) => {
        const [row] = await reads.em.query<Record<string, number | string>[]>(
          `select (select count(*) from file_audit_file) as files,
             (select count(distinct personId) from file_audit_file) as people,
             (select count(*) from obligation where subjectType = 'file_audit' and state = 'open') as clocks`,
        );
        return [row?.['files'], row?.['people'], row?.['clocks']].map(Number);
      });
    expect(await counts()).toEqual([600, 600, 600]);
    const { version } = await plan('hrHead', planId);
    expect(await refusal('hrHead', `/plans/${planId}/end`, { version })).toBe('act.not_typed');
    await post('hrHead', `/plans/${planId}/end`, { version, phrase: '放弃 600 份' });
    await s.settle();
    expect(await counts()).toEqual([600, 600, 0]);
    expect(await plan('hrHead', planId)).toMatchObject({
      state: 'ended',
      figures: { people: 600, unfinished: 600, score: null },
    });
  });
});
