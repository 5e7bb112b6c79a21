import { writeStyled, type StyledCell, type StyledSheet } from '../../../platform/sheets/index.ts';
import type { SheetKind } from '../model.ts';
import { COLUMNS, SHEET_NAMES, type Column } from './columns.ts';

const HEAD_FILL = 'E8F0FE';
const REQUIRED_COLOR = 'B3261E';
/** The .xlsx to fill in: 部门, 人员 and 填写说明. Required columns end in ` *`, which reading forgives. */
export const templateSheet = (): Promise<Buffer> =>
  writeStyled([blankSheet('units'), blankSheet('people'), guideSheet()]);

const offered = (kind: SheetKind): Column[] => COLUMNS[kind].filter(({ inTemplate }) => inTemplate);

function blankSheet(kind: SheetKind): StyledSheet {
  const columns = offered(kind);
  return {
    name: SHEET_NAMES[kind],
    stickyRows: 1,
    widths: columns.map(({ label, example }) => Math.max(label.length * 2 + 4, example.length + 2, 10)),
    rows: [columns.map(headCell)],
  };
}

const headCell = ({ label, required }: Column): StyledCell => ({
  value: required ? `${label} *` : label,
  bold: true,
  fill: HEAD_FILL,
  ...(required && { color: REQUIRED_COLOR }),
});

function guideSheet(): StyledSheet {
  const head = ['表', '列', '必填', '怎么填', '可填的词', '示例'];
  const wrapped = (value: string): StyledCell => (value === '' ? '' : { value, wrap: true });
  const lines = (['units', 'people'] as const).flatMap((kind) =>
    offered(kind).map(({ label, required, meaning, words, example }) =>
      [SHEET_NAMES[kind], label, required ? '是' : '', meaning, wordsOf(words), example].map(wrapped),
    ),
  );
  const rules = [
    '列的先后随意；不认识的列会列出来，不读。',
    '没有的列、空着的格子：原来的值不动。要清掉一个值，在格子里写 [清空]。',
    '有错的行先不用，这个人或部门保持原样，不会被当成离职或撤销。',
    '公式不读：先复制，再选择性粘贴为“数值”。',
  ];
  return {
    name: '填写说明',
    stickyRows: 1,
    widths: [8, 16, 6, 56, 56, 26],
    rows: [
      head.map((value) => ({ value, bold: true, fill: HEAD_FILL })),
      ...lines,
      [],
      ...rules.map((rule) => ['', '', '', { value: rule, wrap: true }]),
    ],
  };
}

const wordsOf = (words: Column['words']): string =>
  words === undefined
    ? ''
    : Object.values(words)
        .map(([first]) => first)
        .join('、');
