import type { Filled, Letter } from './model.ts';

type Check = readonly [label: string, present: boolean];

/**
 * S3-1b, S3-2b: what a request still lacks, by the name the form shows. Empty: complete. The same list is shown to the
 * unit while filling and decides when it is sent in.
 */
export function missingOf(filled: Filled): string[] {
  return checksOf(filled).flatMap(([label, present]) => (present ? [] : [label]));
}

/** S3: letter and form together. */
export const missingLetter = (letter: Letter): string[] => (hasLetter(letter) ? [] : ['函（文号或附件）']);

export const hasLetter = (letter: Letter | null): boolean =>
  letter !== null && (letter.number !== '' || letter.fileId !== null);

function checksOf({ kind, form }: Filled): readonly Check[] {
  switch (kind) {
    case 'open':
      return [unit(form.unitId), ['报到日期', form.reportOn !== null], ...categoryChecks(form)];
    case 'change':
      return [
        unit(form.unitId),
        ['变动情形', form.move !== null],
        ...when(form.move === 'between', ['调入单位', form.toUnitId !== null]),
        ['变动日期', form.effectiveOn !== null],
        ['变更原因', form.reason !== ''],
        ['变更事项', form.changes.length > 0],
      ];
    case 'concurrentPost':
      return [
        unit(form.unitId),
        ['兼任单位', form.toUnitId !== null],
        ['兼任职务', form.title !== ''],
        ['生效日期', form.effectiveOn !== null],
        ['兼任原因', form.reason !== ''],
      ];
    case 'secondIn':
      return [...bothUnits(form), ...period(form), ['职务', form.title !== '']];
    case 'secondOut':
      return [['借出单位', form.homeUnitId !== null], ...period(form), ...otherSide(form)];
    case 'attach':
      return form.where === 'inside'
        ? [...bothUnits(form), ...period(form), ['职务', form.title !== '']]
        : [
            ['挂职去向（院内或院外）', form.where !== null],
            ['派出单位', form.homeUnitId !== null],
            ...period(form),
            ...otherSide(form),
          ];
    case 'lock':
      return [
        unit(form.unitId),
        ['停职日期', form.fromOn !== null],
        ['锁定情形', form.cause !== null],
        ['锁定原因', form.reason !== ''],
      ];
    case 'unlock':
      return [
        unit(form.unitId),
        ['对应的锁定', form.lockId !== null],
        ['生效日期', form.effectiveOn !== null],
        ['解锁依据', form.reason !== ''],
      ];
    case 'cancel':
      return [
        unit(form.unitId),
        ['离职日期', form.leftOn !== null],
        ['离职原因', form.leavingReason !== null],
        ...when(form.leavingReason === 'other', ['原因说明', form.reason !== '']),
      ];
  }
}

const unit = (unitId: string | null): Check => ['单位', unitId !== null];

/** S3-1.1 to 1.4: what each category must say about itself. */
function categoryChecks(form: Extract<Filled, { kind: 'open' }>['form']): readonly Check[] {
  const { category } = form;
  const comesFrom = category === 'transferred' || category === 'attached' || category === 'seconded';
  const temporary = category === 'attached' || category === 'seconded';
  return [
    ['人员类别', category !== null],
    ...when(
      category === 'nonEstablished',
      ['所需系统', (form.systems?.length ?? 0) > 0],
      ['需要的理由', form.need !== ''],
    ),
    ...when(comesFrom, ['原单位', form.originUnit !== '']),
    ...when(temporary, ['结束日期', form.untilOn !== null]),
    ...when(category === 'other', ['原因说明', form.reason !== '']),
  ];
}

const bothUnits = (form: { homeUnitId: string | null; hostUnitId: string | null }): readonly Check[] => [
  ['借出单位', form.homeUnitId !== null],
  ['借入单位', form.hostUnitId !== null],
];

/** Contradiction 1 of the regulation: with a day of return it is a lock, without one it is reported as a leaving. */
const period = (form: { fromOn: string | null; untilOn: string | null }): readonly Check[] => [
  ['开始日期', form.fromOn !== null],
  ['结束日期（没有归期的改报注销）', form.untilOn !== null],
];

/** S3-2.4a: the other side sends as well; from outside by its own letter. */
const otherSide = (form: {
  hostUnitId: string | null;
  hostName: string;
  hostLetter: Letter | null;
}): readonly Check[] => [
  ['去向单位', form.hostUnitId !== null || form.hostName !== ''],
  ...when(form.hostUnitId === null, ['对方单位的函', hasLetter(form.hostLetter)]),
];

const when = (applies: boolean, ...checks: Check[]): readonly Check[] => (applies ? checks : []);
