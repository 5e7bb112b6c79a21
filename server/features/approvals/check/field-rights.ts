/** Faults of what a step's people may do with fields. What lists, cards and searches show of everybody is not hidden. */
import { isHandlers, isSignature, type TemplateField } from '../fields/controls.ts';
import { fieldOf, type Template, type TemplateStep } from '../template/template.ts';

export function fieldRightFaults(template: Template, where: string, step: TemplateStep): string[] {
  const inLists = shownInLists(template);
  return Object.entries(step.fields ?? {}).flatMap(([key, right]) => {
    const field = fieldOf(template, key);
    if (field === undefined) return [`${where}的栏目权限用了不存在的栏目 ${key}`];
    if (right === 'edit' && step.kind === 'cc') return [`${where}是抄送，不能改“${field.label}”`];
    if (right === 'edit' && isApplicantsOwn(field)) return [`${where}不能改“${field.label}”：只有申请人能填`];
    if (right === 'hidden' && inLists.has(key))
      return [`${where}不能隐藏“${field.label}”：标题或待办列表里会显示`];
    return [];
  });
}

const isApplicantsOwn = (field: TemplateField): boolean =>
  APPLICANTS_OWN.has(field.type) || (isSignature(field) && !isHandlers(field));

/** What only the applicant can say: numbers of a person (sealed or masked), requests of their own, where they are. */
const APPLICANTS_OWN: ReadonlySet<TemplateField['type']> = new Set([
  'idNumber',
  'phone',
  'request',
  'location',
  'unit',
  'choice',
  'formula',
  'explanation',
]);

/** Fields in the title, by themselves or by what is computed from them, and the day a request begins on. */
function shownInLists({ fields, computed, titleWords }: Template): Set<string> {
  // Of a table the sum of a column, of a choice of several one of them: its parts are named with a dot.
  const inTitle = (key: string) => titleWords.includes(`{${key}}`) || titleWords.includes(`{${key}.`);
  const first = fields.find(({ type }) => ['halfDayRange', 'dateRange', 'dateTime', 'date'].includes(type));
  return new Set([
    ...fields.map(({ key }) => key).filter(inTitle),
    ...computed.filter(({ key }) => inTitle(key)).flatMap(({ type, range }) => [type, range]),
    ...(first ? [first.key] : []),
  ]);
}
