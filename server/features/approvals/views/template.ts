import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Choices } from '../form/choice.ts';
import type { Field, TableColumnView, TemplateAnswer } from '../contract.ts';
import type { Balances } from '../form/compute.ts';
import { fenOf } from '../fields/money.ts';
import type { Org } from '../model/org.ts';
import type { Template } from '../template/template.ts';
import { isHandlers, type TableColumn, type TemplateField } from '../fields/controls.ts';

/** The form as the page draws it: fields, the person's posts (R21), and what is left of each leave this year. */
export function templateAnswer(
  template: Template,
  org: Org,
  personId: string,
  balances: Balances,
  today: CalendarDate,
  choices: Choices,
): TemplateAnswer {
  return {
    templateKey: template.key,
    version: template.version,
    title: template.title,
    icon: template.icon,
    hue: template.hue,
    group: template.group,
    help: template.help ?? null,
    fields: template.fields
      .filter((field) => !isHandlers(field))
      .map((field) => fieldAnswer(field, balances, today.slice(0, 4), choices)),
    posts: org.assignmentsOf(personId).map((post) => ({
      assignmentId: post.assignmentId,
      unitName: org.unit(post.unitId)?.name ?? '',
      title: post.title,
      main: post.kind === 'main',
    })),
  };
}

/** One control; `balances` say what is left of each leave where the page shows it, `choices` what rooms offer. */
export function fieldAnswer(field: TemplateField, balances: Balances, year: string, choices: Choices): Field {
  const base = {
    key: field.key,
    label: field.label,
    required: typeof field.required === 'boolean' ? field.required : ('rule' as const),
    help: field.help ?? null,
  };
  switch (field.type) {
    case 'leaveType':
      return {
        ...base,
        type: 'leaveType',
        options: field.options.map((option) => ({
          value: option.value,
          label: option.label,
          unit: option.counting,
          halfDays: option.halfDays,
          balanceWords: option.balance ? balanceWords(balances, option.value, year) : null,
          help: option.help ?? null,
        })),
      };
    case 'select':
      return { ...base, type: 'select', options: field.options };
    case 'halfDayRange':
      return {
        ...base,
        type: 'halfDayRange',
        fromLabel: field.fromLabel,
        toLabel: field.toLabel,
        typeField: field.typeField ?? null,
      };
    case 'person':
      return { ...base, type: 'person', from: field.from };
    case 'text':
    case 'paragraph':
      return { ...base, type: field.type, maxLength: field.maxLength };
    case 'number':
      return {
        ...base,
        type: 'number',
        min: field.min ?? null,
        max: field.max ?? null,
        decimals: field.decimals,
        unit: field.unit ?? null,
      };
    case 'date':
      return { ...base, type: 'date' };
    case 'choice':
      return {
        ...base,
        type: 'choice',
        options: (choices[field.key] ?? []).map(({ value, label, note }) => ({ value, label, note })),
      };
    case 'attachment':
    case 'image':
      return { ...base, type: field.type, maxFiles: field.maxFiles };
    case 'table':
      return {
        ...base,
        type: 'table',
        columns: field.columns.map(columnAnswer),
        minRows: field.minRows,
        maxRows: field.maxRows,
      };
    case 'request':
      return { ...base, type: 'request', templates: field.templates };
    case 'formula':
    case 'location':
    case 'signature':
      return { ...base, type: field.type };
    case 'explanation':
      return { ...base, type: 'explanation', text: field.text };
    case 'multi':
      return { ...base, type: 'multi', options: field.options, max: field.max };
    case 'phone':
    case 'dateTime':
    case 'unit':
    case 'idNumber':
      return { ...base, type: field.type };
    case 'money':
      return { ...base, type: 'money', min: fenOrNull(field.min), max: fenOrNull(field.max) };
    case 'dateRange':
      return { ...base, type: 'dateRange', fromLabel: field.fromLabel, toLabel: field.toLabel };
  }
}

function columnAnswer(column: TableColumn): TableColumnView {
  const { key, label, required, type } = column;
  return {
    key,
    label,
    required,
    type,
    maxLength: column.type === 'text' ? column.maxLength : null,
    decimals: column.type === 'number' ? column.decimals : 0,
    unit: column.type === 'number' ? (column.unit ?? null) : null,
    options: column.type === 'select' ? column.options : [],
  };
}

const fenOrNull = (yuan: number | undefined): number | null => (yuan === undefined ? null : fenOf(yuan));

function balanceWords(balances: Balances, type: string, year: string): string | null {
  const left = Object.hasOwn(balances, type) ? balances[type] : undefined;
  const days = typeof left === 'object' ? left[year] : left;
  return days === undefined ? null : `余 ${days} 天`;
}
