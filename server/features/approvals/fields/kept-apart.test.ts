import { describe, expect, it } from 'vitest';
import { setAside, withSecrets } from '../form/set-aside.ts';
import { check, factOf, faultOf, org, templateOf } from '../testing/form.ts';

describe('type unit', () => {
  const gone = {
    ...org,
    unit: (id: string) =>
      id === 'old' ? { unitId: 'old', name: '旧教研室', parentId: null, state: 'merged' } : org.unit(id),
  };

  it.each([
    ['lab', null],
    ['nowhere', '请重新选择栏目。'],
    [['lab'], '请重新选择栏目。'],
    ['old', '旧教研室已撤销，请另选栏目。'],
  ])('%s', (value, fault) => expect(faultOf({ type: 'unit' }, value, { org: gone })).toBe(fault));

  it('R22: keeps the name it had, in facts and titles, and gives its id to conditions', () => {
    const template = templateOf(
      [
        { key: 'host', label: '承办部门', type: 'unit' },
        { key: 'who', label: '联系人', type: 'person', notSelf: false },
      ],
      { titleWords: '{host}{who}的活动' },
    );
    const found = check(template, { host: 'lab', who: 'chen' });
    expect(found.title).toBe('网络教研室陈主任的活动');
    expect(found.values).toMatchObject({ host: 'lab', hostWords: '网络教研室', whoWords: '陈主任' });
    expect(factOf({ type: 'unit' }, 'lab')?.value).toBe('网络教研室');
  });
});

describe('type idNumber', () => {
  it.each([
    ['11010519491231002X', null],
    ['11010519491231002x', null],
    ['110105194912310021', '栏目的最后一位对不上，请核对。'],
    ['11010519491331002X', '栏目里的出生日期不对，请核对。'],
    ['110105491231002', '栏目是 15 位的旧号码，请填现在身份证上的 18 位。'],
    ['E12345678', '栏目要填 18 位身份证号码。'],
    [1, '栏目要填 18 位身份证号码。'],
  ])('B9: %s', (value, fault) => expect(faultOf({ type: 'idNumber' }, value)).toBe(fault));

  const number = '11010519491231002X';
  const template = templateOf([
    { key: 'id', label: '证件号码', type: 'idNumber' },
    { key: 'what', label: '内容', type: 'text' },
  ]);

  it('H6: is set aside; what stays in the form is masked, and so is every fact', () => {
    const { form, secrets } = setAside(template, { id: ' 11010519491231002x ', what: '甲' });
    expect(form).toEqual({ id: '110***********002X', what: '甲' });
    expect([...secrets]).toEqual([['id', number]]);
    expect(factOf({ type: 'idNumber' }, number)?.value).toBe('110***********002X');
    expect(JSON.stringify(check(template, { id: number }))).not.toContain('19491231');
  });

  it('is the number kept when the masked one is handed in again, and only then', () => {
    const kept = new Map([['id', number]]);
    expect(withSecrets(template, { id: '110***********002X' }, kept)).toEqual({ id: number });
    expect(withSecrets(template, { id: '111***********002X' }, kept)).toEqual({ id: '111***********002X' });
    expect(withSecrets(template, { what: '110***********002X' }, kept)['id']).toBeUndefined();
    expect(setAside(template, {}).secrets.size).toBe(0);
  });
});

describe('type image', () => {
  it.each([
    [['f1', 'f2'], null],
    [['f1', 'f2', 'f3'], '栏目最多 2 个。'],
    [['f1', 'f1'], '栏目里有重复的文件。'],
    ['f1', '请重新上传栏目。'],
  ])('%j', (value, fault) => expect(faultOf({ type: 'image', maxFiles: 2 }, value)).toBe(fault));
});
