import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type {
  CircularAnswer,
  FindingsAnswer,
  ImportEvidenceAnswer,
  InspectionAnswer,
  InspectionsAnswer,
  LateCasesAnswer,
  LetterAccountsAnswer,
  LetterAnswer,
  LettersAnswer,
} from '../../server/features/accounts/contract.ts';
import { ReceivedEventTable } from '../../server/features/messaging/index.ts';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { applyForLeave } from '../support/story.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

let a: AccountsStory;
/** The book is opened the day before the window of October begins. */
beforeEach(async () => {
  a = await accountsStory('2026-10-08T09:00:00+08:00');
  await a.takeStock();
});
afterEach(() => a.s.close());

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const go = (text: string) => a.advance(at(text) - a.s.clock.now());
const month = { systemCode: 'wecom', month: '2026-10' };

/** The export of the console: everybody was there but these. */
async function bringExport(absent: readonly CastKey[]): Promise<void> {
  const missing = new Set(absent.map((key) => a.idOf(key)));
  const rows = (Object.keys(demoCast) as CastKey[])
    .map((key) => a.idOf(key))
    .filter((personId) => !missing.has(personId))
    .map((personId) => ({ personId, lastAt: at('2026-10-20 09:00') }));
  const body = { ...month, source: 'consoleExport', cutOffAt: a.s.clock.now(), rows };
  await a.post('it', '/inspections/evidence', body);
}

const newest = async () => {
  const { items } = await a.get<z.infer<typeof InspectionsAnswer>>('it', '/inspections');
  return items.find((one) => one.systemCode === 'wecom' && one.month === month.month);
};
const inspection = async () =>
  a.get<InspectionAnswer>('it', `/inspections/${(await newest())?.inspectionId}`);
const letters = async () =>
  (await a.get<LettersAnswer>('it', `/inspections/${(await newest())?.inspectionId}/letters`)).items;
const letterTo = async (code: string) =>
  (await letters()).find(({ unitId }) => unitId === a.unitOf(code))?.letterId ?? '';
const accountsIn = async (letterId: string, box: 'open' | 'answered') =>
  (await a.get<LetterAccountsAnswer>('head', `/letters/${letterId}/accounts?box=${box}`)).items;
const late = () => a.get<z.infer<typeof LateCasesAnswer>>('it', '/late');

const reply = (letterItemId: string, body: object) =>
  a.post<{ requestId: string | null }>('head', `/letter-items/${letterItemId}/reply`, body);

describe('the monthly inspection (S3-4)', () => {
  it('S3-4b H10 what members did is pulled from 企业微信’s own log before the inspection, and kept', async () => {
    const { control } = a.s.sandbox;
    control.adminCorp({ operLog: false });
    await go('2026-11-09 06:10');
    const sources = async () =>
      (await inspection()).sources.map(({ code, cutOffAt }) => `${code} ${cutOffAt !== null}`);
    expect(await sources()).not.toContain('operLog true');
    control.adminCorp({ operLog: true });
    await bringExport([]);
    // Due on the same morning as the inspection: the day after finds it for certain.
    await go('2026-11-10 06:10');
    await a.post('it', '/inspections', month);
    expect(await sources()).toContain('operLog true');
  });

  it('S3-4a G7 runs by itself on its day with a fixed cut-off; what it lacks is IT’s business until it is brought', async () => {
    await go('2026-11-08 06:10');
    expect(await newest()).toBeUndefined();
    await go('2026-11-09 06:10');
    expect(await newest()).toMatchObject({ versionNumber: 1, state: 'undecided' });
    expect(await inspection()).toMatchObject({
      fromOn: '2026-10-09',
      untilOn: '2026-11-09',
      letters: { sent: 0 },
    });
    expect(await a.clocksOf('account_inspected_month', 'wecom:2026-10')).toMatchObject([
      { kind: 'accounts.inspection', state: 'open', title: '企业微信账号巡检（2026-10）：缺后台导出' },
    ]);
    await bringExport([]);
    await go('2026-11-10 06:10');
    expect(await newest()).toMatchObject({ versionNumber: 2, state: 'decided', figures: { listed: 0 } });
    await go('2026-11-11 06:10');
    expect(await newest()).toMatchObject({ versionNumber: 2 });
    expect(await a.clocksOf('account_inspected_month', 'wecom:2026-10')).toMatchObject([{ state: 'closed' }]);
  });

  it('S3-4b S3-4c S3-4d G8 lists with the evidence used, one letter per department, the leader’s to the named office, none twice', async () => {
    await go('2026-10-20 09:00');
    // Signed in here: that is use, though the console's export does not show it.
    await a.as('stranger');
    await go('2026-11-09 06:10');
    await bringExport(['colleague', 'headless', 'adminLeader', 'librarian']);
    await go('2026-11-10 06:10');
    const { inspectionId } = await inspection();
    const { items } = await a.get<z.infer<typeof FindingsAnswer>>(
      'it',
      `/inspections/${inspectionId}/findings?verdict=listed`,
    );
    expect(items.map(({ name, ruleWords }) => `${name} ${ruleWords}`).sort()).toEqual(
      ['colleague', 'headless', 'adminLeader']
        .map((key) => `${demoCast[key as CastKey].name} 期内没有操作记录`)
        .sort(),
    );
    expect(items[0]?.evidence.map(({ source }) => source).sort()).toEqual([
      'appEntry',
      'consoleExport',
      'operLog',
      'ownActs',
      'session',
    ]);
    const sent = (await letters()).map(({ unitId, forLeaders, accounts }) => [unitId, forLeaders, accounts]);
    expect(sent.sort()).toEqual(
      [
        [a.unitOf('D02'), true, 1],
        [a.unitOf('D20'), false, 2],
      ].sort(),
    );
    await a.post('it', '/inspections', month);
    expect((await inspection()).versionNumber).toBe(3);
    expect((await inspection()).letters).toEqual({ sent: 2, accounts: 3, replied: 0 });
  });

  it('S3-4e S3-4f S3-4g S3-5 G9 replies within three working days; "has left" cancels; late is the unit’s; a circular on instruction only', async () => {
    await go('2026-11-09 06:10');
    await bringExport(['colleague', 'headless', 'noticeManager']);
    await go('2026-11-10 06:10');
    const letterId = await letterTo('D20');
    const open = await accountsIn(letterId, 'open');
    expect(await a.get<LetterAnswer>('head', `/letters/${letterId}`)).toMatchObject({
      accounts: 2,
      replied: 0,
    });
    const itemOf = (key: CastKey) =>
      open.find(({ personId }) => personId === a.idOf(key))?.letterItemId ?? '';
    expect((await a.clocksOf('account_letter', letterId))[0]).toMatchObject({
      holderPersonId: a.idOf('unitHead'),
      dueAt: at('2026-11-14 00:00'),
    });
    // The page the notice links to is the letter itself.
    const told = a.s.sandbox.control
      .appMessages(demoCast.unitHead.userid)
      .map(({ content }) => JSON.stringify(content));
    expect(told.some((text) => text.includes(`/accounts/letters/${letterId}`))).toBe(true);

    expect(open.map(({ can }) => can.reply)).not.toContain(false);
    expect(await reply(itemOf('colleague'), { kind: 'keep', reason: '驻外培训' })).toEqual({
      requestId: null,
    });
    const left = { kind: 'left', leftOn: '2026-10-27', leavingReason: 'resigned' };
    const { requestId } = await reply(itemOf('headless'), left);
    await a.s.settle();
    expect(await accountsIn(letterId, 'open')).toEqual([]);
    const answered = await accountsIn(letterId, 'answered');
    expect(
      answered.map(({ reply: said, requestId: begun }) => `${said?.kind} ${begun ?? ''}`).sort(),
    ).toEqual(['keep ', `left ${requestId}`].sort());
    expect(await a.accountsOf(a.idOf('headless'))).toMatch(/^企业微信 停用/);
    expect(a.member('headless')?.status).toBe(2);
    expect(await a.request(requestId ?? '')).toMatchObject({ kind: 'cancel', status: 'executing' });
    expect((await a.clocksOf('account_letter', letterId))[0]).toMatchObject({
      state: 'closed',
      breachedAt: null,
    });

    const { items } = await late();
    expect(items).toMatchObject([
      { dueOn: '2026-10-30', lateWorkdays: 7, origin: 'inspection', state: 'noted' },
    ]);
    const instruction = {
      lateCaseIds: items.map(({ lateCaseId }) => lateCaseId),
      instructedBy: '分管院领导',
      instructedOn: '2026-11-10',
      documentNumber: '院办批〔2026〕31号',
    };
    expect(await a.refusal('head', '/late/instruct', instruction)).toBe('accounts.not_it');
    await a.post('it', '/late/instruct', instruction);
    expect((await late()).items).toMatchObject([
      { state: 'instructed', documentNumber: '院办批〔2026〕31号', circularId: null },
    ]);

    // Drafted by one, issued by another, exactly as it was read; the unit it names is told, and reads it.
    const ids = { lateCaseIds: instruction.lateCaseIds };
    expect(await a.refusal('head', '/circulars', ids)).toBe('accounts.not_it');
    const { circularId } = await a.post<{ circularId: string }>('it', '/circulars', ids);
    const circular = (who: 'it' | 'second' | 'head') =>
      a.get<CircularAnswer>(who, `/circulars/${circularId}`);
    const draft = await circular('second');
    expect(draft).toMatchObject({ can: { issue: true }, cases: 1, units: 1 });
    expect(draft.text).toContain('账号注销（第三条）：2026年10月27日发生');
    expect(draft.text).toContain('逾期 7 个工作日');
    expect(draft.text).toContain('国办发明电〔2025〕7号');
    expect(draft.text).not.toContain(demoCast.headless.name);
    const issue = { version: draft.version, textHash: draft.textHash };
    expect((await (await a.as('head')).raw('GET', `/api/accounts/circulars/${circularId}`)).status).toBe(404);
    expect(await a.refusal('it', `/circulars/${circularId}/issue`, issue)).toBe('accounts.second_signer');
    await a.post('second', `/circulars/${circularId}/issue`, issue);
    await a.s.settle();
    expect(await circular('head')).toMatchObject({ state: 'issued', text: draft.text, can: { edit: false } });
    const notices = a.s.sandbox.control
      .appMessages(demoCast.unitHead.userid)
      .map(({ content }) => JSON.stringify(content));
    expect(notices.some((text) => text.includes(`/accounts/circulars/${circularId}`))).toBe(true);
    expect((await late()).items).toMatchObject([{ circularId }]);

    // The other department does not answer.
    await go('2026-11-14 00:01');
    const [silent] = await a.clocksOf('account_letter', await letterTo('D02'));
    expect(silent).toMatchObject({ state: 'open', breachUnitId: a.unitOf('D02') });
    expect(silent?.breachedAt).toBe(at('2026-11-14 00:00'));
  });

  it('G7 H10 who opens the app was there: told by 企业微信, folded to the last of a day, and its callbacks are gone', async () => {
    await go('2026-10-20 09:00');
    const { control } = a.s.sandbox;
    for (const key of ['colleague', 'librarian'] as const) await control.enter(demoCast[key].userid);
    await a.s.settle();
    const kept = () =>
      a.s.app.db.read((reads) => reads.em.getRepository(ReceivedEventTable).countBy({ kind: 'enterAgent' }));
    expect(await kept()).toBe(2);
    await go('2026-10-20 09:40');
    await a.s.settle();
    expect(await kept()).toBe(0);
    await go('2026-11-09 06:10');
    await bringExport(['colleague', 'headless', 'librarian']);
    await go('2026-11-10 06:10');
    const { inspectionId, sources } = await inspection();
    expect(sources.find(({ code }) => code === 'appEntry')).toMatchObject({ enough: true });
    const { items } = await a.get<z.infer<typeof FindingsAnswer>>(
      'it',
      `/inspections/${inspectionId}/findings?limit=50`,
    );
    const ruleOf = (key: CastKey) => items.find(({ personId }) => personId === a.idOf(key))?.rule;
    expect([ruleOf('colleague'), ruleOf('librarian'), ruleOf('headless')]).toEqual([
      'evidence:appEntry',
      'evidence:appEntry',
      'noEvidence',
    ]);
  });

  it('S3-4b B1 an export names people by staff number or userid; each faulty row is told, the good ones count', async () => {
    await go('2026-11-10 06:10');
    const bring = (rows: object[]) =>
      a.post<ImportEvidenceAnswer>('it', '/inspections/evidence', {
        ...month,
        source: 'consoleExport',
        cutOffAt: a.s.clock.now(),
        rows,
      });
    const lastAt = at('2026-10-20 09:00');
    const { userid } = demoCast.colleague;
    const answer = await bring([
      { who: demoCast.headless.staffNo, lastAt },
      { who: userid.toUpperCase(), lastAt },
      { who: demoCast.unitHead.name, lastAt },
      { who: demoCast.unitHead.staffNo, lastAt: a.s.clock.now() + 3_600_000 },
    ]);
    expect(answer).toMatchObject({ taken: 2, faulty: 2 });
    expect(answer.faults.map(({ row, code }) => [row, code])).toEqual([
      [2, 'unknown'],
      [3, 'afterCutOff'],
    ]);
    await a.post('it', '/inspections', month);
    const active = async () => (await inspection()).figures.active;
    const before = await active();
    expect(before).toBe(2);
    // Not one good row: what was brought before stands.
    expect(await bring([{ who: '没有这个人', lastAt }])).toMatchObject({ taken: 0, faulty: 1 });
    await a.post('it', '/inspections', month);
    expect(await active()).toBe(before);
  });

  it('G7 who was on registered leave inside the window is excluded, with the reason', async () => {
    const away = { from: '2026-10-14', fromHalf: 'am', to: '2026-10-14', toHalf: 'pm' } as const;
    const { instanceId } = await applyForLeave(await a.as('colleague'), away);
    const head = await a.as('head');
    const { items } = await head.get<{ items: { instanceId: string; taskId: string }[] }>(
      '/api/approvals/items?box=todo',
    );
    const task = items.find((one) => one.instanceId === instanceId);
    await head.post(`/api/approvals/tasks/${task?.taskId}/approve`, {});
    await go('2026-11-09 06:10');
    await bringExport(['colleague', 'headless']);
    await go('2026-11-10 06:10');
    const { inspectionId } = await inspection();
    const findings = await a.get<z.infer<typeof FindingsAnswer>>(
      'it',
      `/inspections/${inspectionId}/findings?verdict=excluded`,
    );
    expect(findings.items.map(({ personId, ruleWords }) => [personId, ruleWords])).toEqual([
      [a.idOf('colleague'), '请假到 10-14'],
    ]);
  });
});
