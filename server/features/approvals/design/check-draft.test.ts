/** Faults of a draft, where they are and what mends them (R18, R46, CONSOLE 9.8). */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { checkTemplate } from '../check/template.ts';
import type { Template } from '../template/template.ts';
import { checkDraft, errorsOf, repairDraft } from './check-draft.ts';
import { differences } from './difference.ts';
import { DraftContent, newDraft } from './draft.ts';
import type { DraftSurroundings } from './fault.ts';
import { readYaml, yamlOf } from './yaml.ts';

const SHIPPED = readdirSync('config/templates')
  .filter((name) => name.endsWith('.yaml'))
  .map((name): [string, Template] => {
    const { template } = checkTemplate(parse(readFileSync(`config/templates/${name}`, 'utf8')));
    if (!template) throw new Error(name);
    return [name, template];
  });
const leave = SHIPPED.find(([name]) => name === 'leave.yaml')?.[1] as Template;
const NAMES = { person: (id: string) => id, unit: (code: string) => code, role: (code: string) => code };

const base = () => newDraft({ key: 'own', title: '事项', group: '测试', numberPrefix: 'SX' });
const step = (more: object) => ({ ...base().steps[0], ...more }) as DraftContent['steps'][number];
const field = (more: object) =>
  ({ key: 'cost', label: '金额', type: 'money', required: true, ...more }) as DraftContent['fields'][number];
const draft = (more: Partial<DraftContent>): DraftContent => ({ ...base(), ...more });
const told = (content: DraftContent, around: DraftSurroundings = {}) =>
  checkDraft(content, around).issues.map(({ severity, at, words, repair }) => [
    severity,
    at.part,
    at.key,
    words,
    repair,
  ]);

describe('a draft', () => {
  it('begins without errors, and so does every template that is shipped', () => {
    expect(told(base())).toEqual([]);
    for (const [name, template] of SHIPPED)
      expect([name, errorsOf(checkDraft(DraftContent.parse(template)).issues)]).toEqual([name, 0]);
  });

  it.each<[string, DraftContent, unknown[]]>([
    [
      'a label that is missing',
      draft({ fields: [field({ label: '' })] }),
      ['error', 'field', 'cost', '名称：太少或太短，最少 1', null],
    ],
    [
      'two fields of one name',
      draft({ fields: [field({}), field({})] }),
      ['error', 'field', 'cost', '栏目 cost 出现了两次', '后一个改为 cost2'],
    ],
    [
      'bounds the wrong way round',
      draft({ fields: [field({ min: 9, max: 1 })] }),
      ['error', 'field', 'cost', '栏目“金额”的最小值大于最大值', '两个数对调'],
    ],
    [
      'R46 a sensitive matter that passes by itself',
      draft({ sensitive: true, steps: [step({ timeout: [{ after: { workdays: 2 }, do: 'pass' }] })] }),
      ['error', 'step', 'head', '步骤“部门负责人”不能超时自动通过：这类申请是敏感事项', '超时改为升级给上级'],
    ],
    [
      'R18 no step that always asks somebody',
      draft({ fields: [field({})], steps: [step({ when: { field: 'cost', op: '>', value: 5 } })] }),
      ['error', 'template', null, '至少要有一个不带条件的审批步骤，否则有的申请会没有人审批', null],
    ],
    [
      'a title of what is not there',
      draft({ titleWords: '{gone}事项' }),
      ['error', 'template', null, '标题用了不存在的栏目 gone', '从标题里去掉'],
    ],
    [
      'an empty field in a condition',
      draft({
        fields: [field({ required: false })],
        steps: [step({}), step({ key: 'two', title: '二', when: { field: 'cost', op: '>', value: 5 } })],
      }),
      ['notice', 'field', 'cost', '条件用到“金额”，但它可以不填；空着算不符合', '改成必填'],
    ],
    [
      'the same people twice',
      draft({ steps: [step({}), step({ key: 'two', title: '二' })] }),
      ['notice', 'step', 'two', '步骤“二”和上一步是同一些人，会连着收到两次', '相邻同一人只审一次'],
    ],
  ])('tells of %s', (_name, content, expected) => {
    expect(told(content)).toContainEqual(expected);
  });

  it('tells of people who left, of units, roles and sources that do not exist', () => {
    const around = { isPerson: () => false, isUnitCode: () => false, roles: [], sources: [], templates: [] };
    const by = (rule: object) => [{ label: '谁', by: rule, fallback: [] }];
    const content = draft({
      fields: [field({ type: 'choice', source: 'seals' })],
      steps: [
        step({ assignees: by({ rule: 'named', personIds: ['p1'] }) }),
        step({ key: 'two', assignees: by({ rule: 'headOfUnit', unit: 'X9' }) }),
        step({ key: 'three', assignees: by({ rule: 'roleInScope', role: 'r9', scope: 'school' }) }),
      ],
    });
    expect(
      told(content, around)
        .filter(([severity]) => severity === 'error')
        .map(([, , key, , repair]) => [key, repair]),
    ).toEqual([
      ['head', '换成在岗的人，没有则由部门负责人'],
      ['three', null],
      ['cost', null],
      ['two', null],
    ]);
    const id = checkDraft(content, around).issues.find(({ at }) => at.key === 'head')?.id ?? '';
    const mended = repairDraft(content, id, around);
    expect(mended?.steps[0]).toMatchObject({ assignees: [{ by: { rule: 'unitHead' } }] });
  });

  it('R41 keeps fields that other rooms read when a request ends, and is not published over a later version', () => {
    const around = { running: { template: leave, hasEffects: true }, basedOn: leave.version - 1 };
    const [first] = leave.fields;
    const content = DraftContent.parse({ ...leave, fields: leave.fields.slice(1) });
    const words = told(content, around).map(([, , , one]) => one);
    expect(words).toContain(
      `栏目“${first?.label ?? ''}”办结后系统要用（登记、扣假等），不能删，也不能换类型`,
    );
    expect(words.some((one) => String(one).startsWith('草稿从第'))).toBe(true);
  });

  it('each repair that is offered takes its fault away and brings no error', () => {
    const values = fc.record({
      min: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      max: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      again: fc.boolean(),
      sensitive: fc.boolean(),
      rungs: fc.array(
        fc.record({
          after: fc.record({ workdays: fc.integer({ min: 1, max: 4 }) }),
          do: fc.constantFrom('remind', 'escalate', 'pass'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      title: fc.constantFrom('事项', '{cost}', '{gone}x'),
      people: fc.array(fc.constantFrom('p1', 'p2', 'gone'), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(values, ({ min, max, again, sensitive, rungs, title, people }) => {
        const around = { isPerson: (id: string) => id !== 'gone' };
        const assignees = [{ label: '谁', by: { rule: 'named', personIds: people }, fallback: [] }];
        const fields = [
          field({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }),
        ];
        const content = draft({
          fields: again ? [...fields, field({})] : fields,
          sensitive,
          titleWords: title,
          steps: [step({ timeout: rungs, assignees })],
        });
        const before = checkDraft(content, around).issues;
        for (const { id, repair } of before) {
          if (repair === null) continue;
          const after = checkDraft(repairDraft(content, id, around) as DraftContent, around).issues;
          expect(after.map((one) => one.id)).not.toContain(id);
          const known = new Set(before.map((one) => one.id));
          expect(after.filter((one) => one.severity === 'error' && !known.has(one.id))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a draft from outside', () => {
  it('is checked a bounded number of times, however much is wrong with it', () => {
    let checks = 0;
    const around: DraftSurroundings = {
      roles: [],
      isPerson: (personId) => {
        checks += personId === 'counted' ? 1 : 0;
        return true;
      },
    };
    const rights = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`gone${String(n)}`, 'hidden']));
    const wrong = Array.from({ length: 30 }, (_, n) =>
      step({
        key: `s${String(n)}`,
        fields: rights,
        assignees: [{ label: '某岗位', by: { rule: 'roleInScope', role: 'nobody', scope: 'unit' } }],
      }),
    );
    const counted = { label: '某人', by: { rule: 'named', personIds: ['counted'] } };
    const [first, ...others] = wrong;
    const steps = [{ ...first, assignees: [counted] } as DraftContent['steps'][number], ...others];
    const { issues } = checkDraft(draft({ steps }), around);
    expect(issues.length).toBeGreaterThan(1_000);
    // Twice in each of a hundred checks and the first, and once for the repairs of each of twenty faults.
    expect(checks).toBeLessThanOrEqual(2 * 101 + 20);
  });

  it('has no more rights to fields than it can have fields', () => {
    const rights = Object.fromEntries(Array.from({ length: 61 }, (_, n) => [`gone${String(n)}`, 'hidden']));
    expect(told(draft({ steps: [step({ fields: rights })] }))).toEqual([
      ['error', 'step', 'head', '栏目：栏目权限比栏目还多', null],
    ]);
  });

  it('is refused when it is too deep or too large', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 5_000; n += 1) deep = { deep };
    expect(DraftContent.safeParse({ ...base(), deep }).success).toBe(false);
    expect(DraftContent.safeParse({ ...base(), wide: 'x'.repeat(200_001) }).success).toBe(false);
  });

  it('comes back from YAML as it went, and says by line what cannot be read', () => {
    for (const [name, template] of SHIPPED) {
      const reading = readYaml(yamlOf(template));
      expect([name, reading.ok && reading.template]).toEqual([name, template]);
    }
    expect(readYaml('key: a\nbad: [')).toMatchObject({
      ok: false,
      faults: [expect.stringMatching(/^第 2 行：不是 YAML/)],
    });
    const broken = yamlOf(leave).replace('numberPrefix: QJ', 'numberPrefix: q');
    const line = broken.split('\n').findIndex((one) => one.startsWith('numberPrefix')) + 1;
    expect(readYaml(broken)).toEqual({
      ok: false,
      faults: [`第 ${line} 行：单号前缀：单号前缀须是 2 至 4 个大写字母`],
    });
    expect(readYaml('a: &x [1]\nb: *x').ok).toBe(false);
  });
});

describe('the difference of two versions', () => {
  it('is nothing for the same, for every template that is shipped', () => {
    for (const [, template] of SHIPPED)
      expect(differences(template, { ...template, version: 9 }, NAMES)).toEqual([]);
  });

  it('says what was added, removed, moved and changed, from what to what', () => {
    const [a, b, ...rest] = leave.fields;
    if (!a || !b) throw new Error('fields');
    const [first, ...steps] = leave.steps;
    const after = {
      ...leave,
      title: '请假单',
      fields: [b, a, { key: 'more', label: '备注', type: 'text', required: false, maxLength: 50 }, ...rest],
      steps: [{ ...first, title: '直属负责人' }, ...steps],
    } as Template;
    const rows = differences(leave, after, NAMES).map(({ part, key, change, what, from, to }) => [
      part,
      key,
      change,
      what,
      from,
      to,
    ]);
    expect(rows).toContainEqual(['template', 'leave', 'changed', '名称', '请假', '请假单']);
    expect(rows).toContainEqual(['field', 'more', 'added', '', '', '']);
    expect(rows.filter(([, , change]) => change === 'moved')).toHaveLength(1);
    expect(rows).toContainEqual(['step', first?.key, 'changed', '名称', first?.title, '直属负责人']);
    expect(differences(after, leave, NAMES).map(({ key, change }) => [key, change])).toContainEqual([
      'more',
      'removed',
    ]);
  });

  it('says who signs in the form, and a YAML file tells it as well', () => {
    const signed = (signer: string) =>
      ({
        ...leave,
        fields: [...leave.fields, { key: 'own', label: '签名', type: 'signature', required: false, signer }],
      }) as Template;
    const [row] = differences(signed('applicant'), signed('handler'), NAMES);
    expect([row?.what, row?.from, row?.to]).toEqual(['由谁签', '申请人', '办理人']);
    const again = readYaml(yamlOf(signed('handler')));
    expect(again.ok && again.content.fields.at(-1)).toMatchObject({
      type: 'signature',
      signer: 'handler',
    });
  });

  it('tells of no more moves than there were', () => {
    const fields = Array.from({ length: 8 }, (_, n) => ({
      key: `f${n}`,
      label: `栏${n}`,
      type: 'date',
      required: false,
    }));
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), (from, to) => {
        const moved = [...fields];
        const [one] = moved.splice(from, 1);
        if (one) moved.splice(to, 0, one);
        const rows = differences(
          { ...leave, fields } as Template,
          { ...leave, fields: moved } as Template,
          NAMES,
        );
        expect(rows.length).toBe(from === to ? 0 : 1);
      }),
    );
  });
});
