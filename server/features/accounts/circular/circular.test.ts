import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { newId } from '../../../kernel/id.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import { noteInstruction } from '../commands/instruct.ts';
import type { RequestKind } from '../contract.ts';
import { LateCaseTable } from '../tables.ts';
import { create } from '../testing/flows.ts';
import { actor, forms, openStage, type Stage } from '../testing/stage.ts';
import { discardCircular, draftCircular, editCircular, issueCircular } from './commands.ts';
import { listCirculars, readCircular } from './queries.ts';
import { composeCircular, FIRST_WORDS, namesAPerson, type CircularCase } from './text.ts';

const instruction = {
  instructedBy: '张副区长',
  instructedOn: '2026-11-20',
  documentNumber: '区府办批〔2026〕9号',
};
const notices = [{ title: '国务院办公厅关于2026年部分节假日安排的通知', number: '国办发明电〔2025〕7号' }];
const late = (unitName: string, kind: RequestKind, lateWorkdays: number): CircularCase => ({
  unitId: unitName,
  unitName,
  kind,
  eventOn: '2026-10-27',
  dueOn: '2026-10-30',
  submittedOn: '2026-11-09',
  lateWorkdays,
});

describe('the text of a circular (S3-4g)', () => {
  it('S3-4g names units, the worst first, with counts, days late, article and calendar', () => {
    const text = composeCircular(
      FIRST_WORDS,
      instruction,
      [late('机电工程学院', 'cancel', 2), late('经济管理学院', 'open', 6), late('机电工程学院', 'change', 4)],
      notices,
      [],
    );
    expect(text).toBe(
      `关于账号管理逾期报送情况的通报

根据张副区长2026年11月20日批示（区府办批〔2026〕9号），现将有关单位账号管理逾期报送情况通报如下。

1. 经济管理学院：逾期 1 件，最长 6 个工作日。
（1）账号开通（第一条）：2026年10月27日发生，最迟2026年10月30日报送，2026年11月9日报送，逾期 6 个工作日。

2. 机电工程学院：逾期 2 件，最长 4 个工作日。
（1）账号变更（第二条）：2026年10月27日发生，最迟2026年10月30日报送，2026年11月9日报送，逾期 4 个工作日。
（2）账号注销（第三条）：2026年10月27日发生，最迟2026年10月30日报送，2026年11月9日报送，逾期 2 个工作日。

以上共 2 个单位 3 件。逾期天数只计工作日，依据《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号），调休上班日计入。

请以上单位查明原因。今后人员报到、变动、离开，请在规定时限内报送。`,
    );
  });

  it('H5 a lock reads like any other change', () => {
    const textOf = (kind: RequestKind) =>
      composeCircular(FIRST_WORDS, instruction, [late('机电工程学院', kind, 2)], notices, []);
    for (const kind of ['lock', 'unlock', 'secondOut'] as const) expect(textOf(kind)).toBe(textOf('change'));
  });

  it('S3-4g the same cases give the same text, in whatever order they were chosen', () => {
    const one = fc.record({
      unit: fc.constantFrom('甲学院', '乙学院', '丙处'),
      kind: fc.constantFrom<RequestKind[]>('open', 'change', 'lock', 'cancel'),
      days: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (cases) => {
        const made = cases.map(({ unit, kind, days }) => late(unit, kind, days));
        const text = composeCircular(FIRST_WORDS, instruction, made, notices, []);
        expect(composeCircular(FIRST_WORDS, instruction, [...made].reverse(), notices, [])).toBe(text);
      }),
    );
  });

  it('G4 days of a year whose notice is awaited were counted against nobody, and it says so', () => {
    const cases = [late('机电工程学院', 'cancel', 2)];
    expect(composeCircular(FIRST_WORDS, instruction, cases, notices, [2027])).toContain(
      '2027年放假安排未公布，其中的日子没有计入。',
    );
  });

  it('H6 what is written freely names nobody and holds no number of anybody', () => {
    const says = (closing: string) => namesAPerson({ ...FIRST_WORDS, closing }, ['张伟', '李']);
    expect(says('请张伟所在单位说明。')).toBe(true);
    expect(says('联系 138 0000-9901。')).toBe(true);
    expect(says('联系 １３８００００９９０１。')).toBe(true);
    expect(says('请于 2026-11-30 前说明，文号〔2026〕12号。')).toBe(false);
    expect(namesAPerson(FIRST_WORDS, ['张伟', '李'])).toBe(false);
  });
});

describe('a circular from draft to issue (S3-4g)', () => {
  let s: Stage;
  let cases: string[];
  beforeEach(async () => {
    s = await openStage('2026-11-23T10:20:00+08:00');
    cases = [];
    for (const [personId, by, unitId] of [
      ['zhang', 'zhao', 'jixie'],
      ['he', 'ma', 'jingguan'],
      ['fang', 'zhao', 'jixie'],
    ] as const) {
      const requestId = await create(s, by, personId, forms.cancel({ unitId, leftOn: '2026-11-10' }));
      const id = newId();
      cases.push(id);
      await s.write('chen', (tx) =>
        insertRows(tx, LateCaseTable, [
          {
            id,
            requestId,
            unitId,
            kind: 'cancel',
            eventOn: '2026-11-10',
            dueOn: '2026-11-13',
            submittedOn: '2026-11-20',
            lateWorkdays: 5,
            originType: 'unit',
            state: 'noted',
            instruction: null,
            circularId: null,
            notedAt: tx.now,
            version: 1,
          },
        ]),
      );
    }
  });
  afterEach(() => s.t.close());

  const instruct = (ids: readonly string[], documentNumber = instruction.documentNumber) =>
    noteInstruction(s.ctx, actor('chen'), {
      lateCaseIds: ids,
      ...instruction,
      documentNumber,
      fileId: null,
    });
  const read = (who: string, id: string) => s.read((reads) => readCircular(s.ctx, reads, who, id));
  const caseRow = (id: string | undefined) =>
    s.read((reads) => reads.em.getRepository(LateCaseTable).findOneByOrFail({ id: id ?? '' }));

  it('S3-4g without an instruction none is drafted, and not of two instructions', async () => {
    await expect(draftCircular(s.ctx, actor('chen'), cases)).rejects.toThrow('accounts.no_instruction');
    await instruct(cases.slice(0, 2));
    await expect(draftCircular(s.ctx, actor('chen'), cases)).rejects.toThrow('accounts.no_instruction');
    await instruct(cases.slice(2), '区府办批〔2026〕10号');
    await expect(draftCircular(s.ctx, actor('chen'), cases)).rejects.toThrow('accounts.circular_mixed');
    await expect(draftCircular(s.ctx, actor('zhao'), cases.slice(0, 2))).rejects.toThrow('accounts.not_it');
    expect((await caseRow(cases[0])).circularId).toBeNull();
  });

  it('S3-4g a case is in one circular; a discarded draft frees it', async () => {
    await instruct(cases);
    const id = await draftCircular(s.ctx, actor('chen'), cases.slice(0, 2));
    await expect(draftCircular(s.ctx, actor('wu'), cases)).rejects.toThrow('accounts.in_circular');
    await discardCircular(s.ctx, actor('chen'), id, 1);
    await expect(discardCircular(s.ctx, actor('chen'), id, 2)).rejects.toThrow('accounts.circular_done');
    await draftCircular(s.ctx, actor('wu'), cases);
    const list = await s.read((reads) => listCirculars(s.ctx, reads, 'chen', { limit: 50 }));
    expect(list.items.map(({ state }) => state)).toEqual(['draft', 'discarded']);
    expect((await s.read((reads) => listCirculars(s.ctx, reads, 'li', { limit: 50 }))).items).toEqual([]);
  });

  it('H3 S3-4g who drafted or worded it does not issue it; what changed since is read again; then it is frozen', async () => {
    await instruct(cases);
    const id = await draftCircular(s.ctx, actor('chen'), cases);
    const issue = async (who: string) => {
      const { version, textHash } = await read('chen', id);
      return issueCircular(s.ctx, actor(who), id, { version, textHash });
    };
    await expect(issue('chen')).rejects.toThrow('accounts.second_signer');
    const words = { ...FIRST_WORDS, documentNumber: '科工信〔2026〕3号' };
    await expect(
      editCircular(s.ctx, actor('wu'), id, { version: 1, ...words, closing: '请zhang老师所在单位说明。' }),
    ).rejects.toThrow('accounts.circular_names');
    await editCircular(s.ctx, actor('wu'), id, { version: 1, ...words });
    await expect(issue('wu')).rejects.toThrow('accounts.second_signer');
    await editCircular(s.ctx, actor('chen'), id, { version: 2, ...words });
    const seen = await read('wu', id);
    expect(seen).toMatchObject({ can: { issue: true } });
    expect(seen.text).toContain('科工信〔2026〕3号');
    await s.write('chen', (tx) =>
      tx.em.getRepository(LateCaseTable).update({ id: cases[0] ?? '' }, { lateWorkdays: 6 }),
    );
    await expect(
      issueCircular(s.ctx, actor('wu'), id, { version: seen.version, textHash: seen.textHash }),
    ).rejects.toThrow('accounts.circular_changed');
    await expect(read('zhao', id)).rejects.toThrow('accounts.not_visible');
    await issue('wu');
    const issued = await read('zhao', id);
    await s.write('chen', (tx) =>
      tx.em.getRepository(LateCaseTable).update({ id: cases[0] ?? '' }, { lateWorkdays: 9 }),
    );
    expect((await read('wu', id)).text).toBe(issued.text);
    expect(issued.text).not.toContain('zhang');
    expect(issued).toMatchObject({ state: 'issued', can: { edit: false, discard: false, issue: false } });
    await expect(
      editCircular(s.ctx, actor('chen'), id, { version: issued.version, ...words }),
    ).rejects.toThrow('accounts.circular_done');
    await expect(read('zhou', id)).rejects.toThrow('accounts.not_visible');
    const told = s.notes.filter(({ key }) => key === `accounts.circular:${id}`);
    expect(told.map(({ personId }) => personId).sort()).toEqual(['jihead', 'ma', 'zhao']);
    const acts = await s.read((reads) => reads.em.getRepository(AuditEntryTable).find());
    expect(acts.filter(({ targetId }) => targetId === id).map(({ action }) => action)).toEqual([
      'accounts.draft_circular',
      'accounts.edit_circular',
      'accounts.edit_circular',
      'accounts.issue_circular',
    ]);
  });
});
