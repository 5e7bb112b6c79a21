/**
 * Who may design which template (S2-10). The creator and super administrators all; a module manager those of the groups,
 * or the single ones, that an approved request with its flow attached gave them (S2-10b); the audit administrator looks.
 */
import type { Actor, Role } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';

export interface DesignScope {
  readonly sees: 'all' | 'own';
  readonly changes: 'all' | 'own' | 'none';
  readonly groups: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
}

/** What decides about a template: its name and the group it belongs to now. */
export interface Designed {
  readonly key: string;
  readonly group: string;
}

const GLOBAL: readonly Role[] = ['creator', 'superAdmin'];
const NOTHING: ReadonlySet<string> = new Set();

export const isGlobal = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.some((role) => GLOBAL.includes(role));

/** @throws forbidden `approvals.not_designer` */
export async function designScope(reads: Reads, actor: Actor): Promise<DesignScope> {
  if (isGlobal(actor)) return { sees: 'all', changes: 'all', groups: NOTHING, templates: NOTHING };
  if (actor.kind === 'person' && actor.roles.includes('moduleManager')) {
    const rights = await reads.em.query<{ scopeKind: string; scopeValue: string }[]>(
      'select scopeKind, scopeValue from approval_design_right where personId = ? and endedAt is null',
      [actor.personId],
    );
    const of = (kind: string) =>
      new Set(rights.filter(({ scopeKind }) => scopeKind === kind).map(({ scopeValue }) => scopeValue));
    return { sees: 'own', changes: 'own', groups: of('group'), templates: of('template') };
  }
  if (actor.kind === 'person' && actor.roles.includes('auditAdmin'))
    return { sees: 'all', changes: 'none', groups: NOTHING, templates: NOTHING };
  throw forbidden('approvals.not_designer');
}

const isOwn = ({ groups, templates }: DesignScope, { key, group }: Designed): boolean =>
  templates.has(key) || groups.has(group);

export const maySeeDesign = (scope: DesignScope, designed: Designed): boolean =>
  scope.sees === 'all' || isOwn(scope, designed);

export const mayChangeDesign = (scope: DesignScope, designed: Designed): boolean =>
  scope.changes === 'all' || (scope.changes === 'own' && isOwn(scope, designed));

/** @throws notFound `approvals.template_unknown`: what one may not see looks as if it were not there */
export function mustSeeDesign(scope: DesignScope, designed: Designed): void {
  if (!maySeeDesign(scope, designed)) throw notFound('approvals.template_unknown', { key: designed.key });
}

/**
 * Asked of what is in force and of what it is to become: nobody takes a template out of another's group, nor into it.
 * Who designs this one template, not its group, leaves it where it is.
 */
export const mayChangeAll = (scope: DesignScope, designed: readonly Designed[]): boolean => {
  const groups = new Set(designed.map(({ group }) => group));
  const moves = scope.changes !== 'all' && groups.size > 1;
  return designed.every((one) =>
    moves ? scope.groups.has(one.group) && mayChangeDesign(scope, one) : mayChangeDesign(scope, one),
  );
};

/** @throws as `mustSeeDesign`; forbidden `approvals.design_not_yours` */
export function mustChangeDesign(scope: DesignScope, ...designed: readonly (Designed | null)[]): void {
  const all = designed.filter((one) => one !== null);
  if (!all.some((one) => maySeeDesign(scope, one)))
    throw notFound('approvals.template_unknown', { key: all[0]?.key ?? '' });
  if (!mayChangeAll(scope, all)) throw forbidden('approvals.design_not_yours');
}
