import { describe, expect, it } from 'vitest';
import { NewcomerInput } from './contract.ts';
import { maskName, readNewcomer } from './read-newcomer.ts';

const TODAY = '2026-11-23';
const typed = (more: object = {}) =>
  NewcomerInput.parse({
    name: '丁若兰',
    idType: 'residentId',
    idNumber: '11010519491231002X',
    mobile: '13800009901',
    title: '讲师',
    ...more,
  });
const read = (more: object = {}) => readNewcomer(typed(more), TODAY);
const faults = (more: object) => {
  const reading = read(more);
  return reading.ok
    ? []
    : reading.faults.map(({ field, code }) => `${field} ${code.replace('accounts.newcomer_', '')}`);
};

describe('what a liaison types (B9 to B11)', () => {
  it('B9 as it is compared: width, spaces and the small x are the writer’s, the sex the number’s', () => {
    const reading = read({
      name: ' 丁 若兰 ',
      idNumber: '１１０１０５ 19491231 002x',
      mobile: '+86 138-0000-9901',
    });
    expect(reading).toEqual({
      ok: true,
      newcomer: {
        name: '丁若兰',
        sex: 'female',
        idType: 'residentId',
        idNumber: '11010519491231002X',
        mobile: '13800009901',
        title: '讲师',
        personCategory: 'internal',
        establishment: null,
      },
    });
  });

  it.each([
    [{ idNumber: '110105194912310021' }, ['idNumber check_digit']],
    [{ idNumber: '11010519491331002X' }, ['idNumber paper']],
    [{ idNumber: '1101051949123100' }, ['idNumber paper']],
    [{ idNumber: null }, ['idNumber paper']],
    // B11: convertible on import, not to be typed anew.
    [{ idNumber: '110105491231002' }, ['idNumber old_paper']],
    [{ idNumber: '810000199408230021' }, ['idType paper']],
    [{ idType: 'passport', idNumber: 'E12345678' }, []],
    [{ idType: 'passport', idNumber: '护照' }, ['idNumber paper']],
    [{ idType: 'hmtResidence', idNumber: '810000199408230021' }, []],
    [{ idType: 'foreignResidence', idNumber: 'ABC123456789012' }, []],
    // B10
    [{ sex: 'male' }, ['sex sex']],
    [{ idType: 'passport', idNumber: 'E12345678', sex: 'male' }, []],
    [{ mobile: '12800009901' }, ['mobile mobile']],
    [{ mobile: '+85261234567' }, []],
    [{ mobile: null, name: '123', title: ' ' }, ['name name', 'mobile mobile', 'title title']],
    [{ name: '丁'.repeat(65) }, ['name name']],
  ])('B9 B10 B11 %j', (more, expected) => {
    expect(faults(more)).toEqual(expected);
  });

  it('H6 no fault repeats what was typed', () => {
    const reading = read({ idNumber: '110105194912310021', mobile: '1280000' });
    expect(JSON.stringify(reading)).not.toMatch(/1101051949|1280000/);
  });

  it.each([
    ['丁若兰', '丁**'],
    ['王芳', '王*'],
    ['欧阳明日', '欧**'],
    ['李', '李*'],
  ])('H6 %s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});
