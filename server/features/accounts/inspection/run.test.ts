import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccounts } from '../queries.ts';
import { listLateCases } from '../late/lists.ts';
import { carryThrough, stateOf } from '../testing/flows.ts';
import { actor, at, forms, openStage, type Stage } from '../testing/stage.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { runInspection } from './commands.ts';
import { importEvidence } from './evidence.ts';
import { inspectWhatIsDue } from './monthly.ts';
import { ownEvidence } from './own-evidence.ts';
import {
  listFindings,
  listInspections,
  listLetterAccounts,
  listLetters,
  readInspection,
  readLetter,
} from './queries.ts';
import { replyToLetter, sendReplied } from './reply.ts';
import { LetterItemTable } from './tables.ts';

let s: Stage;
let active: Map<string, number>;
const SOURCES = ['session', 'ownActs', 'operLog'];
const month = { systemCode: 'wecom', month: '2026-10' };
const full = { limit: 50 };

/** Four people with accounts since September; nobody did anything but who is in `active`. */
beforeEach(async () => {
  s = await openStage('2026-09-01T09:00:00+08:00');
  active = new Map();
  for (const code of SOURCES)
    s.accounts.onEvidence({
      code,
      systemCodes: ['wecom'],
      read: () =>
        Promise.resolve({ cutOffAt: at('2026-11-09 02:00'), last: code === 'session' ? active : new Map() }),
    });
  for (const [personId, unitId] of [
    ['zhang', 'jixie'],
    ['fang', 'jixie'],
    ['he', 'jingguan'],
    ['liang', 'college'],
  ] as const)
    await carryThrough(s, personId, forms.open({ unitId, reportOn: '2026-09-01' }), 'hrchief').catch(
      () => null,
    );
  s.go('2026-11-09 09:00');
}, 60_000);
afterEach(() => s.t.close());

const bring = () =>
  importEvidence(s.ctx, actor('chen'), {
    ...month,
    source: 'consoleExport',
    cutOffAt: at('2026-11-09 08:00'),
    rows: [{ personId: 'fang', lastAt: at('2026-10-20 09:00') }],
  });
const run = () => runInspection(s.ctx, actor('chen'), month);
const sentLetters = async (inspectionId: string) =>
  (await s.read((reads) => listLetters(s.ctx, reads, 'chen', inspectionId, full))).items;
const read = (id: string) => s.read((reads) => readInspection(s.ctx, reads, 'chen', id));
const letterItem = async (personId: string) =>
  (await s.read((reads) => reads.em.getRepository(LetterItemTable).findOneByOrFail({ personId }))).id;

describe('the monthly inspection (S3-4)', () => {
  it('S3-4a S3-4b no verdict and no letter while a source is missing', async () => {
    const answer = await read(await run());
    expect(answer).toMatchObject({
      state: 'undecided',
      figures: { total: 4, undecided: 4, listed: 0 },
      letters: { sent: 0, accounts: 0, replied: 0 },
    });
    expect(answer.sources.filter(({ enough }) => !enough).map(({ label }) => label)).toEqual(['后台导出']);
  });

  it('S3-4b S3-4c S3-4d lists with the rule, one letter per unit, the leader’s to the named office', async () => {
    await bring();
    active.set('he', at('2026-10-28 10:00'));
    const id = await run();
    const answer = await read(id);
    expect(answer).toMatchObject({
      state: 'decided',
      fromOn: '2026-10-09',
      untilOn: '2026-11-09',
      figures: { total: 4, active: 2, excluded: 0, listed: 2 },
    });
    expect(
      (await sentLetters(id))
        .map(({ unitName, forLeaders, accounts }) => `${unitName} ${forLeaders} ${accounts}`)
        .sort(),
    ).toEqual(['党政办 true 1', '机电工程学院 false 1']);
    const { items } = await s.read((reads) => listFindings(s.ctx, reads, 'chen', id, full));
    expect(items.map(({ personId, rule }) => `${personId} ${rule}`).sort()).toEqual([
      'fang evidence:consoleExport',
      'he evidence:session',
      'liang noEvidence',
      'zhang noEvidence',
    ]);
    expect(
      s.notes
        .filter(({ key }) => key.startsWith('accounts.letter'))
        .map(({ personId }) => personId)
        .sort(),
    ).toEqual(['zhao', 'zhou']);
  });

  it('G8 a second run is a new version and sends no letter twice, only to who is new in it', async () => {
    await bring();
    active.set('he', at('2026-10-28 10:00'));
    await run();
    active.delete('he');
    const second = await run();
    const again = await read(second);
    expect(again).toMatchObject({ versionNumber: 2, figures: { listed: 3 } });
    expect((await sentLetters(second)).map(({ unitName }) => unitName).sort()).toEqual([
      '党政办',
      '机电工程学院',
      '经济管理学院',
    ]);
    await run();
    expect(await s.read((reads) => reads.em.getRepository(LetterItemTable).count())).toBe(3);
    const list = await s.read((reads) => listInspections(s.ctx, reads, 'chen', full));
    expect(list.items.map(({ versionNumber }) => versionNumber)).toEqual([3]);
  });

  it('S3-4a not before the window has ended, only by IT, only registered systems', async () => {
    s.go('2026-11-08 23:59');
    await expect(run()).rejects.toThrow('accounts.window_open');
    await expect(runInspection(s.ctx, actor('zhao'), month)).rejects.toThrow('accounts.not_it');
    await expect(runInspection(s.ctx, actor('chen'), { ...month, systemCode: 'fax' })).rejects.toThrow(
      'accounts.not_inspected',
    );
    await expect(s.read((reads) => listInspections(s.ctx, reads, 'zhao', full))).rejects.toThrow(
      'accounts.not_visible',
    );
  });

  it('G7 C13 who is locked is excluded with the reason, and that says "locked" only (H5)', async () => {
    await carryThrough(s, 'zhang', forms.lock({ fromOn: '2026-11-09' }));
    await bring();
    s.go('2026-12-09 09:00');
    const next = { ...month, month: '2026-11' };
    for (const source of ['consoleExport', ...SOURCES])
      await importEvidence(s.ctx, actor('chen'), {
        ...next,
        source,
        cutOffAt: at('2026-12-09 08:00'),
        rows: [],
      });
    const id = await runInspection(s.ctx, actor('chen'), next);
    const { items } = await s.read((reads) => listFindings(s.ctx, reads, 'chen', id, full));
    expect(items.find(({ personId }) => personId === 'zhang')).toMatchObject({
      verdict: 'excluded',
      rule: 'excluded:locked',
      ruleWords: '11-09 起锁定',
    });
  });

  it('S3-4e three working days per letter; the clock closes with the last reply, late it is the unit’s breach', async () => {
    await bring();
    await run();
    const letterId = (
      await s.read((reads) => reads.em.getRepository(LetterItemTable).findOneByOrFail({ personId: 'zhang' }))
    ).letterId;
    expect((await s.clocksOf('account_letter', letterId))[0]).toMatchObject({
      state: 'open',
      holderPersonId: 'zhao',
      dueAt: at('2026-11-13 00:00'),
    });
    const asked = await s.read((reads) =>
      listLetterAccounts(s.ctx, reads, 'zhao', letterId, { box: 'open', ...full }),
    );
    expect(asked.items).toMatchObject([{ name: 'zhang老师', reply: null, can: { reply: true } }]);
    expect(await s.read((reads) => readLetter(s.ctx, reads, 'zhao', letterId))).toMatchObject({
      accounts: 1,
      replied: 0,
    });
    // IT, who sent it, reads the answers and gives none.
    const byIt = await s.read((reads) =>
      listLetterAccounts(s.ctx, reads, 'chen', letterId, { box: 'open', ...full }),
    );
    expect(byIt.items).toMatchObject([{ can: { reply: false } }]);
    const nothing = { kind: 'keep', reason: '在用', leftOn: null, leavingReason: null } as const;
    await expect(
      replyToLetter(s.ctx, actor('chen'), byIt.items[0]?.letterItemId ?? '', nothing),
    ).rejects.toThrow('accounts.not_your_unit');
    await expect(s.read((reads) => readLetter(s.ctx, reads, 'ma', letterId))).rejects.toThrow(
      'accounts.not_visible',
    );
    s.go('2026-11-13 09:00');
    const keep = { kind: 'keep', reason: '驻外培训', leftOn: null, leavingReason: null } as const;
    const id = await letterItem('zhang');
    expect(await replyToLetter(s.ctx, actor('zhao'), id, keep)).toEqual({ requestId: null });
    await expect(replyToLetter(s.ctx, actor('zhao'), id, keep)).rejects.toThrow('accounts.replied_already');
    expect((await s.clocksOf('account_letter', letterId))[0]).toMatchObject({
      state: 'closed',
      breachUnitId: 'jidian',
    });
  });

  it('S3-4f "has left": disabled on that reply, the late case opened, once however often the job comes', async () => {
    await bring();
    await run();
    const left = { kind: 'left', reason: '', leftOn: '2026-10-27', leavingReason: 'resigned' } as const;
    const { requestId } = await replyToLetter(s.ctx, actor('zhao'), await letterItem('zhang'), left);
    expect(requestId).not.toBeNull();
    await sendReplied(s.ctx, requestId ?? '');
    expect(await stateOf(s, requestId ?? '')).toMatchObject({
      kind: 'cancel',
      status: 'executing',
      eventOn: '2026-10-27',
      origin: { type: 'inspection' },
    });
    expect((await s.statesOf('zhang')).wecom).toBe('cancelling');
    const { items } = await s.read((reads) => listLateCases(s.ctx, reads, 'chen', full));
    expect(items).toMatchObject([
      {
        dueOn: '2026-10-30',
        submittedOn: '2026-11-09',
        lateWorkdays: 6,
        origin: 'inspection',
        state: 'noted',
      },
    ]);
    const [sendClock] = await s.clocksOf('account_request', requestId ?? '');
    expect(sendClock).toMatchObject({ kind: 'accounts.send', state: 'closed', breachUnitId: 'jixie' });
  });

  it('H5 a reply "to be locked" leaves a draft the unit owes; its reason is not kept with the letter', async () => {
    await bring();
    await run();
    const lock = { kind: 'lock', reason: '配合审查', leftOn: null, leavingReason: null } as const;
    const { requestId } = await replyToLetter(s.ctx, actor('zhao'), await letterItem('zhang'), lock);
    expect(await stateOf(s, requestId ?? '')).toMatchObject({
      kind: 'lock',
      status: 'draft',
      form: { reason: '' },
    });
    const row = await s.read((reads) =>
      reads.em.getRepository(LetterItemTable).findOneByOrFail({ personId: 'zhang' }),
    );
    expect(row.replyReason).toBe('');
    expect((await s.read((reads) => readAccounts(s.ctx, reads, 'zhao', 'zhang'))).accounts[0]?.words).toBe(
      '正常，09-01 起',
    );
  });

  it('S3-4a starts by itself on its day; what it lacked is IT’s clock, and once brought it decides by itself', async () => {
    const due = () => inspectWhatIsDue(s.ctx, s.t.clock.now());
    const versions = async () =>
      (await s.read((reads) => listInspections(s.ctx, reads, 'chen', full))).items
        .filter(({ systemCode }) => systemCode === 'wecom')
        .map((one) => `${one.month} ${one.versionNumber} ${one.state}`);
    const clocks = async () =>
      (await s.clocksOf('account_inspected_month', 'wecom:2026-10')).map(
        ({ state, holderPersonId, title }) => `${state} ${holderPersonId} ${title}`,
      );
    s.go('2026-11-08 06:00');
    await due();
    expect(await versions()).toEqual(['2026-09 1 undecided']);
    s.go('2026-11-09 06:00');
    for (const _ of [1, 2]) await due();
    expect(await versions()).toEqual(['2026-10 1 undecided', '2026-09 1 undecided']);
    expect(await clocks()).toEqual(['open chen 企业微信账号巡检（2026-10）：缺后台导出']);
    s.go('2026-11-10 06:00');
    await bring();
    for (const _ of [1, 2]) await due();
    expect((await versions())[0]).toBe('2026-10 2 decided');
    expect(await clocks()).toEqual(['closed chen 企业微信账号巡检（2026-10）：缺后台导出']);
    expect(await s.read((reads) => reads.em.getRepository(LetterItemTable).count())).toBe(3);
  });

  it('S3-4b who signed in or did something here was there; what is brought adds to it and takes nothing away', async () => {
    for (const source of ownEvidence('wecom')) s.accounts.onEvidence(source);
    s.go('2026-10-20 09:00');
    await s.write('zhang', async (tx) =>
      recordAct(tx, { action: 'access.signIn', targetType: 'person', targetId: 'zhang' }),
    );
    await s.write('he', async (tx) =>
      recordAct(tx, { action: 'approvals.approve', targetType: 'approval', targetId: 'x' }),
    );
    s.go('2026-11-09 09:00');
    await bring();
    for (const source of ['session', 'ownActs'])
      await importEvidence(s.ctx, actor('chen'), {
        ...month,
        source,
        cutOffAt: at('2026-10-10 00:00'),
        rows: [],
      });
    const id = await run();
    const { items } = await s.read((reads) => listFindings(s.ctx, reads, 'chen', id, full));
    expect(items.map(({ personId, rule }) => `${personId} ${rule}`).sort()).toEqual([
      'fang evidence:consoleExport',
      'he evidence:ownActs',
      'liang noEvidence',
      'zhang evidence:session',
    ]);
    expect((await read(id)).sources.find(({ code }) => code === 'session')).toMatchObject({
      enough: true,
      cutOffAt: at('2026-11-09 09:00'),
    });
  });

  it('G7 who worked in the window and is here today as well is not accused by an export of today', async () => {
    s.go('2026-11-12 09:00');
    active.set('zhang', at('2026-10-28 10:00'));
    await importEvidence(s.ctx, actor('chen'), {
      ...month,
      source: 'consoleExport',
      cutOffAt: s.t.clock.now(),
      rows: [
        { personId: 'fang', lastAt: at('2026-11-11 17:00') },
        { personId: 'he', lastAt: at('2026-10-20 09:00') },
        { personId: 'he', lastAt: at('2026-11-11 17:00') },
        { personId: 'liang', lastAt: at('2026-10-01 09:00') },
      ],
    });
    await importEvidence(s.ctx, actor('chen'), {
      ...month,
      source: 'session',
      cutOffAt: s.t.clock.now(),
      rows: [{ personId: 'zhang', lastAt: at('2026-11-11 17:00') }],
    });
    const id = await run();
    const { items } = await s.read((reads) => listFindings(s.ctx, reads, 'chen', id, full));
    expect(items.map(({ personId, rule, ruleWords }) => `${personId} ${rule} ${ruleWords}`).sort()).toEqual([
      'fang evidence:consoleExport 有操作（窗口之后）：后台导出',
      'he evidence:consoleExport 有操作：后台导出',
      'liang noEvidence 期内没有操作记录',
      'zhang evidence:session 有操作：网页会话',
    ]);
  });

  it('S3-4f has left so long ago that it must be a slip: asked again', async () => {
    await bring();
    await run();
    const left = { kind: 'left', reason: '', leftOn: '1926-10-01', leavingReason: 'retired' } as const;
    const itemId = await letterItem('zhang');
    await expect(replyToLetter(s.ctx, actor('zhao'), itemId, left)).rejects.toThrow('accounts.far_date');
    const { requestId } = await replyToLetter(s.ctx, actor('zhao'), itemId, {
      ...left,
      leftOn: '2026-10-01',
    });
    expect(requestId).not.toBeNull();
  });

  it('S3-4c who has an account and no post any more is asked of the top, and HR may answer', async () => {
    s.world.postless.add('zhang');
    await bring();
    await run();
    const item = await s.read((reads) =>
      reads.em.getRepository(LetterItemTable).findOneByOrFail({ personId: 'zhang' }),
    );
    const letter = await s.read((reads) => readLetter(s.ctx, reads, 'li', item.letterId));
    expect(letter.unitName).toBe('海州职业技术学院');
    expect((await s.clocksOf('account_letter', item.letterId))[0]).toMatchObject({ holderPersonId: 'li' });
  });
});
