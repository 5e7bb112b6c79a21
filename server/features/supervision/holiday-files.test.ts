import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HolidayFilesError, loadHolidayYears } from './holiday-files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'holidays-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const good = {
  year: 2030,
  notices: [{ title: '通知', number: null, url: 'https://www.gov.cn/x' }],
  off: [{ date: '2030-01-01', name: '元旦' }],
  work: [],
};
const put = (file: string, content: unknown) =>
  writeFileSync(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));

function faultsOf(path = dir): readonly string[] {
  try {
    loadHolidayYears(path);
  } catch (error) {
    if (error instanceof HolidayFilesError) return error.faults;
    throw error;
  }
  return [];
}

describe('holiday files', () => {
  it('reads the project’s own, 2007 to 2026', () => {
    expect(loadHolidayYears('config/holidays').map(({ year }) => year)).toEqual(
      Array.from({ length: 20 }, (_, n) => 2007 + n),
    );
  });

  it('reads what looks like <year>.json and nothing else', () => {
    put('2030.json', good);
    put('README.md', 'words');
    mkdirSync(join(dir, 'old'));
    expect(loadHolidayYears(dir)).toEqual([good]);
  });

  it('tells all faults of all files at once, with the file', () => {
    put('2030.json', { ...good, off: [{ date: '2030-02-30', name: '春节' }], extra: 1 });
    put('2031.json', '{');
    put('2032.json', { ...good, year: 2033 });
    put('2034.json', {
      ...good,
      year: 2034,
      off: [
        { date: '2034-01-01', name: '元旦' },
        { date: '2034-01-01', name: '元旦' },
        { date: '2035-06-01', name: '端午节' },
      ],
    });
    const faults = faultsOf().join('\n');
    for (const piece of [
      /2030\.json: off\.0\.date: not a calendar date/,
      /2030\.json: .*extra/,
      /2031\.json: /,
      /2032\.json: is about the year 2033/,
      /2034\.json: 2034-01-01 is listed twice/,
      /2034\.json: 2035-06-01 is too far from 2034/,
    ]) {
      expect(faults).toMatch(piece);
    }
  });

  it('finds papers that contradict each other', () => {
    put('2030.json', { ...good, work: [{ date: '2030-12-29', name: '元旦' }] });
    put('2031.json', {
      ...good,
      year: 2031,
      off: [{ date: '2030-12-29', name: '元旦' }],
    });
    expect(faultsOf()).toEqual(['2031.json: 2030-12-29 contradicts 2030.json']);
  });

  it('says so when there is nothing', () => {
    expect(faultsOf()).toEqual([`${dir}: no <year>.json found`]);
    expect(faultsOf(join(dir, 'nowhere'))[0]).toMatch(/cannot be read \(ENOENT\)/);
  });
});
