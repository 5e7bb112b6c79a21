import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { daysBetween, isCalendarDate } from '../../kernel/dates.ts';
import type { HolidayYear } from '../../kernel/workdays.ts';

const Date_ = z.string().refine(isCalendarDate, 'not a calendar date');
const NamedDay = z.strictObject({ date: Date_, name: z.string().min(1) });

const HolidayFile = z.strictObject({
  year: z.int().min(2000).max(2200),
  notices: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        number: z.string().min(1).nullable(),
        url: z.url({ protocol: /^https?$/ }),
        publishedOn: Date_.optional(),
      }),
    )
    .min(1, 'a year needs its notice'),
  off: z.array(NamedDay).min(1),
  work: z.array(NamedDay),
});

/** The holiday files cannot be used. `faults` names every one of them, with the file. */
export class HolidayFilesError extends Error {
  override readonly name = 'HolidayFilesError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`holiday files:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Read `<dir>/<year>.json`, ascending by year. A year without a file is unpublished, never guessed (G4).
 * @throws HolidayFilesError with all faults of all files at once.
 */
export function loadHolidayYears(dir: string): HolidayYear[] {
  const faults: string[] = [];
  const years: HolidayYear[] = [];
  for (const file of yearFiles(dir, faults)) {
    const year = readYear(join(dir, file), faults);
    if (year && `${year.year}.json` !== file) faults.push(`${file}: is about the year ${year.year}`);
    if (year) years.push(year);
  }
  if (faults.length === 0 && years.length === 0) faults.push(`${dir}: no <year>.json found`);
  faults.push(...years.flatMap(dayFaults), ...contradictions(years));
  if (faults.length > 0) throw new HolidayFilesError(faults);
  return years.sort((a, b) => a.year - b.year);
}

function yearFiles(dir: string, faults: string[]): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => /^\d{4}\.json$/.test(name))
      .sort();
  } catch (error) {
    faults.push(`${dir}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return [];
  }
}

function readYear(path: string, faults: string[]): HolidayYear | null {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message}`);
    return null;
  }
  const parsed = HolidayFile.safeParse(content);
  if (parsed.success) return parsed.data;
  for (const { path: at, message } of parsed.error.issues)
    faults.push(`${path}: ${at.join('.')}: ${message}`);
  return null;
}

/** A notice names days of its year, the last days before it, and (make-up days of New Year) the first after it. */
function dayFaults({ year, off, work }: HolidayYear): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { date } of [...off, ...work]) {
    if (seen.has(date)) faults.push(`${year}.json: ${date} is listed twice`);
    seen.add(date);
    const near = daysBetween(`${year}-01-01`, date) >= -7 && daysBetween(date, `${year}-12-31`) >= -7;
    if (!near) faults.push(`${year}.json: ${date} is too far from ${year}`);
  }
  return faults;
}

/** Two papers that say different things about one day: somebody must look. */
function contradictions(years: readonly HolidayYear[]): string[] {
  const said = new Map<string, { year: number; works: boolean }>();
  const faults: string[] = [];
  for (const { year, off, work } of years) {
    const days = [...off.map((d) => ({ ...d, works: false })), ...work.map((d) => ({ ...d, works: true }))];
    for (const { date, works } of days) {
      const other = said.get(date);
      if (other && other.year !== year && other.works !== works)
        faults.push(`${year}.json: ${date} contradicts ${other.year}.json`);
      said.set(date, { year, works });
    }
  }
  return faults;
}
