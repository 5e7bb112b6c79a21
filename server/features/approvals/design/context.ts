import { notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ApprovalsContext } from '../commands/deps.ts';
import type { WholeOrg } from '../dry-run/walk.ts';
import { isActive } from '../model/org.ts';
import type { Template } from '../template/template.ts';
import type { DraftSurroundings } from './fault.ts';
import type { Names } from './rule-words.ts';

export type DesignContext = Pick<
  ApprovalsContext,
  'db' | 'calendar' | 'templates' | 'finished' | 'revoked' | 'facts' | 'choices' | 'publicUrl' | 'adminIds'
> & {
  readonly orgOf: (reads: Reads) => Promise<WholeOrg>;
  /** Names of roles that can be given, by code. */
  readonly roles: ReadonlyMap<string, { readonly name: string }>;
};

/** What is in force under this key; null for nothing. */
export const runningOf = (ctx: DesignContext, reads: Reads, key: string): Promise<Template | null> =>
  ctx.templates.latest(reads, key).catch((error: unknown) => {
    if (isUnknown(error)) return null;
    throw error;
  });

const isUnknown = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'approvals.template_unknown';

/** @throws notFound `approvals.template_unknown` */
export async function mustRun(ctx: DesignContext, reads: Reads, key: string): Promise<Template> {
  const running = await runningOf(ctx, reads, key);
  if (!running) throw notFound('approvals.template_unknown', { key });
  return running;
}

/** What a draft is judged by, as the institution is now. */
export async function surroundings(
  ctx: DesignContext,
  reads: Reads,
  key: string,
  basedOn: number,
): Promise<DraftSurroundings> {
  const org = await ctx.orgOf(reads);
  const all = await ctx.templates.all(reads);
  const running = all.find((one) => one.key === key);
  const others = all.filter((one) => one.key !== key);
  return {
    roles: [...ctx.roles.keys()],
    isPerson: (personId) => isActive(org, personId),
    isUnitCode: (code) => org.unitByCode(code) !== null,
    sources: [...ctx.choices.keys()],
    templates: all.map((one) => one.key),
    prefixes: new Map(others.map(({ numberPrefix, title }) => [numberPrefix, title])),
    running: running ? { template: running, hasEffects: hasEffects(ctx, key) } : null,
    basedOn,
  };
}

/** Whether rooms act when a request of this template ends. */
export const hasEffects = ({ finished, revoked, facts }: DesignContext, key: string): boolean =>
  finished.has(key) || revoked.has(key) || facts.has(key);

export async function namesOf(ctx: DesignContext, reads: Reads): Promise<Omit<Names, 'field'>> {
  const org = await ctx.orgOf(reads);
  return {
    person: (id) => {
      const person = org.person(id);
      if (!person) return '已离开的人';
      return person.active ? person.name : `${person.name}（已停用）`;
    },
    unit: (code) => org.unitByCode(code)?.name ?? code,
    role: (code) => ctx.roles.get(code)?.name ?? code,
  };
}
