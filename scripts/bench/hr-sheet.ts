/**
 * Bar of issue 3: an .xlsx of 100,000 people (20 columns of ours and two unknown ones) and 5,000 units is read, every
 * fault marked, against a directory of the same size: at most 20 s and 512 MB at the peak, progress shown. Making the
 * file, reading it and marking it are processes of their own, so that each peak is its own. The one that marks has read
 * and judged the file before, as a server has, and what that left behind counts in its peak. The file lies sealed in
 * the store, as uploads do. Every hundredth row has a fault. Median of three runs.
 *
 *   npm run build && node dist/scripts/bench/hr-sheet.js
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepFile, openFile } from '../../server/features/hr/kept-file.ts';
import type { Fault } from '../../server/features/hr/model.ts';
import {
  markedCopy,
  readBatch,
  readHrFile,
  type KnownForReading,
} from '../../server/features/hr/sheet/index.ts';
import { idCheckDigit } from '../../server/kernel/id-card.ts';
import { createFolderStore } from '../../server/platform/files/index.ts';
import { packZip, type ZipPart } from '../../server/platform/sheets/index.ts';
import { createVault } from '../../server/platform/vault/index.ts';
import { atLeast, atMost, exactly, median, report, round } from './support/figures.ts';

const PEOPLE = 100_000;
const UNITS = 5_000;
const FAULT_EVERY = 100;
const RUNS = 3;
const TODAY = '2026-11-21';
const FILE = '花名册.xlsx';

/** Text, a number, or a day as Excel counts it. */
type Cell = string | null | { readonly number: number } | { readonly date: number };

const staffNo = (n: number): string => String(n + 1).padStart(6, '0');
const unitCode = (n: number): string => `D${String(n).padStart(4, '0')}`;
/** A tree of 17 below each, four levels. */
const parentOf = (n: number): string => (n < 17 ? '' : unitCode(Math.floor(n / 17) - 1));

const PEOPLE_HEAD =
  '工号,姓名,性别,证件类型,证件号码,出生日期,手机号,邮箱,部门编码,职务,职级,直属上级工号,人员类别,编制类别,' +
  '用工起始日期,合同截止日期,状态,状态日期,离职原因,排序,政治面貌,备注';

function personRow(n: number): Cell[] {
  const born = new Date(Date.UTC(1960, 0, 1 + (n % 14_000))).toISOString().slice(0, 10);
  const first17 = `${110_105 + Math.floor(n / 14_000)}${born.replaceAll('-', '')}${String(n % 1000).padStart(3, '0')}`;
  const faulty = n % FAULT_EVERY === FAULT_EVERY - 1;
  return [
    staffNo(n),
    `张${String.fromCharCode(0x4e00 + (n % 5000))}${String.fromCharCode(0x4e00 + (n % 37))}`,
    Number(first17[16]) % 2 === 1 ? '男' : '女',
    '居民身份证',
    faulty && n % 200 === 99
      ? `${first17}${idCheckDigit(first17) === '0' ? '1' : '0'}`
      : first17 + idCheckDigit(first17),
    { date: Math.round(Date.parse(born) / 86_400_000) + 25_569 },
    { number: 13_000_000_000 + n },
    `person${n}@example.edu.cn`,
    faulty && n % 200 === 199
      ? `X${n}`
      : `${unitCode(n % UNITS)}${n % 10 === 0 ? `；${unitCode((n + 1) % UNITS)}` : ''}`,
    '教师',
    '中级',
    staffNo(Math.floor(n / 20)) === staffNo(n) ? null : staffNo(Math.floor(n / 20)),
    '院内',
    '在编',
    { date: 40_000 + (n % 5000) },
    { date: 47_000 + (n % 1000) },
    '在职',
    { date: 45_000 },
    null,
    { number: n },
    '群众',
    `备注${n}`,
  ];
}

function* people(): Generator<Cell[]> {
  yield PEOPLE_HEAD.split(',');
  for (let n = 0; n < PEOPLE; n += 1) yield personRow(n);
}

function* units(): Generator<Cell[]> {
  yield ['部门编码', '部门名称', '上级编码', '负责人工号', '分管领导工号', '排序', '类别'];
  for (let n = 0; n < UNITS; n += 1)
    yield [unitCode(n), `部门${n}`, parentOf(n), staffNo(n), staffNo(0), { number: n }, '教学单位'];
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DATE_STYLE = 1;

/** The file as Excel writes it: texts shared, dates as styled numbers, an address at every cell. */
function parts(sheets: readonly Iterable<readonly Cell[]>[], names: readonly string[]): ZipPart[] {
  const shared = new Map<string, number>();
  const part = (name: string, xml: string): ZipPart => ({ name, pieces: [xml] });
  const related = (type: string, target: string, id: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const tabs = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at}"/>`);
  const targets = names.map((_, at) => related('worksheet', `sheet${at}.xml`, `s${at}`));
  return [
    part(
      '_rels/.rels',
      `<Relationships>${related('officeDocument', 'xl/workbook.xml', 'w')}</Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${tabs.join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships>${targets.join('')}${related('styles', 'styles.xml', 'y')}` +
        `${related('sharedStrings', 'strings.xml', 't')}</Relationships>`,
    ),
    part(
      'xl/styles.xml',
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ),
    ...sheets.map((rows, at) => ({ name: `xl/sheet${at}.xml`, pieces: sheetPieces(rows, shared) })),
    // Last: the sheets above fill it while they are packed.
    { name: 'xl/strings.xml', pieces: stringPieces(shared) },
  ];
}

function* sheetPieces(rows: Iterable<readonly Cell[]>, shared: Map<string, number>): Generator<string> {
  yield `<worksheet xmlns="${MAIN}"><sheetData>`;
  let line = 0;
  for (const row of rows) {
    line += 1;
    const cells = row.map((cell, at) => cellXml(cell, `${String.fromCharCode(65 + at)}${line}`, shared));
    yield `<row r="${line}">${cells.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellXml(cell: Cell, address: string, shared: Map<string, number>): string {
  if (cell === null || cell === '') return '';
  if (typeof cell !== 'string') {
    return 'date' in cell
      ? `<c r="${address}" s="${DATE_STYLE}"><v>${cell.date}</v></c>`
      : `<c r="${address}"><v>${cell.number}</v></c>`;
  }
  const index = shared.get(cell) ?? shared.size;
  shared.set(cell, index);
  return `<c r="${address}" t="s"><v>${index}</v></c>`;
}

function* stringPieces(shared: ReadonlyMap<string, number>): Generator<string> {
  yield `<sst xmlns="${MAIN}">`;
  for (const text of shared.keys()) yield `<si><t>${text}</t></si>`;
  yield '</sst>';
}

/** The same college as it is stored. */
const known = (): KnownForReading => ({
  rootCode: 'ROOT',
  units: Array.from({ length: UNITS }, (_, n) => ({
    code: unitCode(n),
    name: `部门${n}`,
    parentCode: parentOf(n) || 'ROOT',
    state: 'active' as const,
  })),
  people: Array.from({ length: PEOPLE }, (_, n) => ({
    staffNo: staffNo(n),
    name: `张${n}`,
    email: `person${n}@example.edu.cn`,
    mobile: 'print',
  })),
});

interface Reading {
  readonly seconds: number;
  /** Of this process alone: what a busy machine does not change. */
  readonly cpuSeconds: number;
  readonly fileSeconds: number;
  readonly checkSeconds: number;
  readonly peakMb: number;
  readonly progressSigns: number;
  readonly units: number;
  readonly people: number;
  readonly faults: number;
}

async function read(path: string): Promise<Reading> {
  const stored = known();
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  let progressSigns = 0;
  const file = await readHrFile(readFileSync(path), {
    fileName: FILE,
    onProgress: () => (progressSigns += 1),
  });
  const readAt = performance.now();
  const batch = readBatch({ rows: file.rows, known: stored, today: TODAY });
  const ended = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: (ended - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    fileSeconds: (readAt - began) / 1000,
    checkSeconds: (ended - readAt) / 1000,
    peakMb: peakMb(),
    progressSigns,
    units: batch.units.length,
    people: batch.people.length,
    faults: batch.faults.length,
  };
}

interface Marking {
  /** Of the copy alone; reading before it is not counted. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Before the copy was begun, after reading. */
  readonly peakBeforeMb: number;
  readonly peakMb: number;
  readonly megabytes: number;
}

/** The copy with marks, from the kept file and the faults that were stored. */
async function mark(path: string): Promise<Marking> {
  const kept = {
    blobs: createFolderStore(dirname(path)),
    vault: createVault({
      secrets: ['bench-vault-key-0123456789'],
      fingerprintSecret: 'bench-fingerprint-key',
    }),
  };
  const fileKey = (await keepFile(kept, readFileSync(path))).fileKey ?? '';
  const faults = await storedFaults(await openFile(kept, fileKey));
  const peakBeforeMb = peakMb();
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  const copy = await markedCopy(await openFile(kept, fileKey), FILE, faults);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  return { seconds, cpuSeconds, peakBeforeMb, peakMb: peakMb(), megabytes: copy.length / 1024 / 1024 };
}

/** As they come from the database: by themselves, without the rows they were found in. */
async function storedFaults(file: Buffer): Promise<Fault[]> {
  const { rows } = await readHrFile(file, { fileName: FILE });
  const { faults } = readBatch({ rows, known: known(), today: TODAY });
  return JSON.parse(JSON.stringify(faults)) as Fault[];
}

const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Each figure's own. */
function medians<K extends string>(runs: readonly Readonly<Record<K, number>>[]): Record<K, number> {
  const names = Object.keys(runs[0] ?? {}) as K[];
  return Object.fromEntries(
    names.map((name) => [name, round(median(runs.map((run) => run[name])))]),
  ) as Record<K, number>;
}

/** One step in a process of its own; what it found comes back as a message. */
function apart<T>(step: string, path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let answer: T | undefined;
    const child = fork(fileURLToPath(import.meta.url), [step, path]);
    child.on('message', (message) => (answer = message as T));
    child.on('exit', (code) =>
      answer === undefined ? reject(new Error(`${step} ended with ${code}`)) : resolve(answer),
    );
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-hr-sheet-'));
  try {
    const path = join(folder, FILE);
    const { megabytes } = await apart<{ megabytes: number }>('make', path);
    const readings: Reading[] = [];
    const markings: Marking[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      readings.push(await apart<Reading>('read', path));
      markings.push(await apart<Marking>('mark', path));
    }
    const reading = medians(readings);
    const marked = medians(markings);
    const wrong = PEOPLE / FAULT_EVERY;
    report('hr-sheet', { megabytes: round(megabytes), reading, marked, readings, markings }, [
      atMost('read with faults marked (s)', reading.seconds, 20),
      atMost('peak memory of reading (MB)', reading.peakMb, 512),
      atMost('marked copy after reading (s)', marked.seconds, 20),
      atMost('peak memory of the marked copy after reading (MB)', marked.peakMb, 512),
      atLeast('signs of progress', reading.progressSigns, 50),
      exactly('faults found', reading.faults, wrong),
      exactly('people taken', reading.people, PEOPLE - wrong),
      exactly('units taken', reading.units, UNITS),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [step, path = ''] = process.argv.slice(2);
if (step === 'make') {
  const file = await packZip(parts([units(), people()], ['部门', '人员']));
  writeFileSync(path, file);
  process.send?.({ megabytes: file.length / 1024 / 1024 });
} else if (step === 'read') {
  process.send?.(await read(path));
} else if (step === 'mark') {
  process.send?.(await mark(path));
} else {
  await main();
}
