import type { DelegateRequest } from '../../../../server/features/delegations/contract.ts';
import type { PersonBrief } from '../../api/shapes.ts';
import type { words } from './words.ts';

/** What the form holds: `to` is the last day, as people say it. */
export interface Draft {
  agent: PersonBrief | null;
  from: string;
  to: string;
  scope: string;
  keys: string[];
  groups: string[];
  takesOpen: string;
  atEnd: string;
}

type Fault = Extract<keyof (typeof words)['form'], `need${string}`>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayOf = (value: unknown): string => (typeof value === 'string' && DAY.test(value) ? value : '');

export const startOf = (query: Readonly<Record<string, unknown>>): Draft => ({
  agent: null,
  from: dayOf(query['from']),
  to: dayOf(query['to']),
  scope: 'all',
  keys: [],
  groups: [],
  takesOpen: 'yes',
  atEnd: 'return',
});

/** What is sent, with a half-open range; or the word for what is missing. */
export function requestOf(draft: Draft): DelegateRequest | Fault {
  const { agent, from, to, takesOpen, atEnd } = draft;
  if (agent === null) return 'needAgent';
  if (from === '' || to === '') return 'needDays';
  if (to < from) return 'needOrder';
  const scope = scopeOf(draft);
  if (scope === null) return 'needKinds';
  return {
    agentId: agent.personId,
    fromOn: from,
    untilOn: dayAfter(to),
    scope,
    takesOpen: takesOpen === 'yes',
    atEnd: atEnd === 'stay' ? 'stay' : 'return',
  };
}

function scopeOf({ scope, keys, groups }: Draft): DelegateRequest['scope'] | null {
  if (scope === 'templates') return keys.length === 0 ? null : { kind: 'templates', keys };
  if (scope === 'groups') return groups.length === 0 ? null : { kind: 'groups', groups };
  return { kind: 'all' };
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
