import type { KnownForReading } from '../known.ts';
import type { RawRow } from '../../model.ts';

export const TODAY = '2026-11-21';

type Cells = Readonly<Record<string, string>>;

/** A row of 人员 without a fault; every number in it is made up of `n`. */
export const personRow = (n: number, cells: Cells = {}): RawRow => ({
  kind: 'people',
  line: n + 1,
  cells: {
    staffNo: `P${n}`,
    name: '单雄信',
    mobile: String(19_900_000_000 + n),
    unitCodes: 'D01',
    category: '院内',
    status: '在职',
    ...cells,
  },
});

/** A row of 部门 without a fault. */
export const unitRow = (n: number, cells: Cells = {}): RawRow => ({
  kind: 'units',
  line: n + 1,
  cells: { code: `U${n}`, name: `新部门${n}`, parentCode: 'D01', ...cells },
});

type Stored = Partial<Omit<KnownForReading, 'rootCode'>>;

/** The institution ROOT with D01 below it, and D0101 below that; one person, 00731. */
export const knownWith = ({ units = [], people = [] }: Stored = {}): KnownForReading => ({
  rootCode: 'ROOT',
  units: [
    { code: 'ROOT', name: '海州职业技术学院', parentCode: null, state: 'active' },
    { code: 'D01', name: '信息工程学院', parentCode: 'ROOT', state: 'active' },
    { code: 'D0101', name: '软件教研室', parentCode: 'D01', state: 'active' },
    ...units,
  ],
  people: [{ staffNo: '00731', name: '张雨桐', mobile: 'print', email: null }, ...people],
});
