import type { HistoryEntry } from '../history.ts';
import type { Org } from '../org.ts';
import type { SetLine } from './contract.ts';
import type { SetRule } from './definition.ts';
import { shownRule } from './shown-rule.ts';

const NAMED = 10;

const textIn = (fields: HistoryEntry['before'], name: string): string | null => {
  const value = fields?.[name];
  return typeof value === 'string' ? value : null;
};

/** Written by `putSet` only, so it is a rule where it is anything. */
const ruleIn = (fields: HistoryEntry['before']): SetRule | null =>
  (fields?.['rule'] as SetRule | null | undefined) ?? null;

function peopleIn(org: Org, fields: HistoryEntry['after'], name: string): SetLine['added'] {
  const ids = fields?.[name];
  if (!Array.isArray(ids) || ids.length === 0) return null;
  const first = ids.slice(0, NAMED).map((id) => org.person(String(id))?.name ?? '');
  return { people: ids.length, first: first.filter((one) => one !== '') };
}

/** One line of a set's history as people read it: what changed, not what stayed. */
export function setLine(org: Org, { eventId, at, by, kind, before, after }: HistoryEntry): SetLine {
  const [from, to] = [textIn(before, 'name'), textIn(after, 'name')];
  const [old, now] = [ruleIn(before), ruleIn(after)];
  const isOtherRule = kind !== 'left' && JSON.stringify(old) !== JSON.stringify(now);
  return {
    eventId,
    at,
    by: org.person(by)?.name ?? null,
    kind,
    renamed: from !== null && to !== null && from !== to ? { from, to } : null,
    rule: isOtherRule ? { before: old && shownRule(old), after: now && shownRule(now) } : null,
    added: peopleIn(org, after, 'added'),
    taken: peopleIn(org, after, 'taken'),
  };
}
