/** Faults of one field of a template, in the words of whoever designs it. */
import { fieldOf, type Template } from '../template/template.ts';
import { namesIn, readFormula } from '../fields/formula.ts';
import { operandsOf } from '../form/formulas.ts';
import { stepsOf } from '../template/plan.ts';
import type { FieldOf, TemplateField } from '../fields/controls.ts';

export function fieldFaults(template: Template, field: TemplateField): string[] {
  return faultsOf(template, field).map((words) => `栏目“${field.label}”${words}`);
}

function faultsOf(template: Template, field: TemplateField): string[] {
  switch (field.type) {
    case 'leaveType':
    case 'select':
      return optionFaults(field);
    case 'multi':
      return [...optionFaults(field), ...choiceFaults(field)];
    case 'number':
    case 'money':
      return boundFaults(field);
    case 'table':
      return tableFaults(field);
    case 'formula':
      return formulaFaults(template, field);
    case 'signature':
      return signerFaults(template, field);
    case 'halfDayRange':
      return field.typeField !== undefined && fieldOf(template, field.typeField)?.type !== 'leaveType'
        ? ['的 typeField 要指向请假类型栏目']
        : [];
    default:
      return [];
  }
}

/** Who decides is asked for a signature by the step (手写签名); the field only takes one. */
function signerFaults(template: Template, { key, signer, required }: FieldOf<'signature'>): string[] {
  if (signer === 'applicant') return [];
  const isOpen = stepsOf(template).some(
    ({ fields }) => fields !== undefined && Object.hasOwn(fields, key) && fields[key] === 'edit',
  );
  return [
    ...(required === false ? [] : ['由办理人签，不能设为必填；必须签名的步骤请用“手写签名”']),
    ...(isOpen ? [] : ['由办理人签，但没有步骤可以改它']),
  ];
}

function optionFaults({ options }: { readonly options: readonly { readonly value: string }[] }): string[] {
  const again = duplicates(options.map(({ value }) => value));
  return again.length > 0 ? [`的选项 ${again.join('、')} 出现了两次`] : [];
}

function tableFaults({ columns, minRows, maxRows }: FieldOf<'table'>): string[] {
  const again = duplicates(columns.map(({ key }) => key));
  return [
    ...(again.length > 0 ? [`的列 ${again.join('、')} 出现了两次`] : []),
    ...(minRows > maxRows ? ['的最少行数大于最多行数'] : []),
    ...columns.flatMap((column) => {
      const bounds = column.type === 'number' || column.type === 'money' ? boundFaults(column) : [];
      const options = column.type === 'select' ? optionFaults(column) : [];
      return [...bounds, ...options].map((words) => `的列“${column.label}”${words}`);
    }),
  ];
}

function formulaFaults(template: Template, { expression }: FieldOf<'formula'>): string[] {
  const reading = readFormula(expression);
  if (!reading.ok) return [`的公式不对：${reading.fault}`];
  const known = operandsOf(template);
  const unknown = namesIn(reading.expression).filter((name) => !known.has(name));
  return unknown.map((name) => `的公式用了不能计算的栏目 ${name}`);
}

interface Choice {
  readonly min: number;
  readonly max: number;
  readonly options: readonly unknown[];
}

function choiceFaults({ min, max, options }: Choice): string[] {
  if (min > max) return ['最少选的项数大于最多选的项数'];
  return min > options.length ? [`要选 ${String(min)} 项，只有 ${String(options.length)} 个选项`] : [];
}

function boundFaults({ min, max }: { min?: number | undefined; max?: number | undefined }): string[] {
  return min !== undefined && max !== undefined && min > max ? ['的最小值大于最大值'] : [];
}

export function duplicates(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
