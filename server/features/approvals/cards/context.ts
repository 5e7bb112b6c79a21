/** What every card of a request is made of: what it is about, its lines of facts, where it leads. */
import { dateOf } from '../../../kernel/dates.ts';
import type { Calendar } from '../../../kernel/workdays.ts';
import type { CardRow } from '../../../wecom/cards/content.ts';
import { hiddenFrom, readable } from '../field-rights.ts';
import { dateRangeOf, dateRangeWords } from '../fields/dates.ts';
import { isEmpty, rangeOf, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import type { Template } from '../template/template.ts';
import { factsOf } from '../views/facts.ts';
import { rangeWords } from '../words.ts';

export interface CardContext {
  readonly template: Template;
  readonly state: InstanceState;
  readonly publicUrl: string;
  readonly now: number;
  readonly calendar: Calendar;
  readonly personName: (personId: string) => string | null;
}

export const MAX_ROWS = 4;

export const source = (ctx: CardContext) => ({ desc: `办公助手 · ${ctx.template.title}` });

export const url = ({ publicUrl, state }: CardContext): string =>
  `${publicUrl}/approvals/${state.instanceId}`;

/** The same with what this person may not read left out. */
export function readBy(ctx: CardContext, personId: string): CardContext {
  const hidden = hiddenFrom(ctx.template, ctx.state, { personId, roles: [] });
  return hidden.size === 0 ? ctx : { ...ctx, template: readable(ctx.template, hidden) };
}

/** Facts the approver needs, not labels of ours; what the counting left out is for the page. */
export function factRows(ctx: CardContext, max: number): CardRow[] {
  const { template, state } = ctx;
  return factsOf(template, state.form, state.values, {
    today: dateOf(ctx.now),
    personName: ctx.personName,
    file: () => null,
  })
    .filter((fact) => fact.kind !== 'files' && fact.label !== '扣除' && fact.value !== '')
    .slice(0, max)
    .map((fact) => ({ label: fact.label, value: fact.value }));
}

/** The first range of days in the form, in words. */
export function when({ template, state, now }: CardContext): string | null {
  for (const field of template.fields) {
    const value = valueOf(state.form, field.key);
    const range = field.type === 'halfDayRange' && !isEmpty(value) ? rangeOf(value) : null;
    if (range) return rangeWords(range, dateOf(now));
    const days = field.type === 'dateRange' ? dateRangeOf(value) : null;
    if (days) return dateRangeWords(days, dateOf(now));
  }
  return null;
}
