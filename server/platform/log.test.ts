import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

const written = (fields: object, message = 'x') => {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).info(fields, message);
  return lines.join('');
};

describe('log redaction', () => {
  it.each([
    [{ url: 'https://qyapi/cgi-bin/user/get?access_token=AbC-123&userid=zhang' }, 'AbC-123'],
    [{ url: '/api/meeting-rooms/calendar.ics?key=9f8e7d6c' }, '9f8e7d6c'],
    [{ nested: { corpsecret: 'SECRETVALUE' } }, 'SECRETVALUE'],
    [{ body: '{"mobile":"13912345678"}' }, '13912345678'],
    [{ note: '身份证 11010519491231002X 有误' }, '11010519491231002X'],
    [{ text: '电话 13912345678' }, '13912345678'],
    [{ headers: { cookie: 'session=abc' } }, 'session=abc'],
  ])('H6 never writes %o', (fields, secret) => {
    expect(written(fields)).not.toContain(secret);
  });

  it('H6 keeps of a failed query its code and place, never its values', () => {
    const error = Object.assign(new Error("Duplicate entry '张雨桐' for key 'x'"), {
      parameters: ['张雨桐'],
      query: 'insert …',
      driverError: { code: 'ER_DUP_ENTRY' },
    });
    const line = written({ err: error });
    expect(line).not.toContain('张雨桐');
    expect(line).toContain('ER_DUP_ENTRY');
    expect(line).toContain('log.test.ts');
  });

  it('keeps identifiers, times and ordinary numbers', () => {
    const line = written({ id: '019ab1395123456780000000000000ff', at: 1795400000123, staffNo: '00731' });
    expect(line).toContain('019ab1395123456780000000000000ff');
    expect(line).toContain('1795400000123');
    expect(line).toContain('00731');
  });
});
