import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { DelegationTable, RoleGrantTable } from '../tables.ts';
import type { OrgWithRoles } from '../rights.ts';
import { covers, type Operator, type Span } from './judge.ts';

/**
 * Roles whose holders may be administrators at 企业微信's console: the creator, super administrators (S2-9a, b), the
 * three separated duties and managers of modules. Others need a delegation (S2-9d).
 */
const CONSOLE_ROLES = [
  'creator',
  'superAdmin',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'moduleManager',
];

const STRANGER: Operator = { personId: null, isEntitled: () => false };

/** Who they are and when they were entitled: by what was in force at the moment of the act, not by today's list. */
export async function operatorsOf(
  reads: Reads,
  org: OrgWithRoles,
  userids: readonly string[],
): Promise<(userid: string) => Operator> {
  const people = new Map<string, string>();
  for (const userid of new Set(userids.map((each) => each.toLowerCase()))) {
    const person = org.personByUserid(userid);
    if (person) people.set(userid, person.personId);
  }
  const spans = await spansOf(reads, [...people.values()]);
  return (userid) => {
    const personId = people.get(userid.toLowerCase());
    if (personId === undefined) return STRANGER;
    const held = spans.get(personId) ?? [];
    return { personId, isEntitled: (at) => held.some((span) => covers(span, at)) };
  };
}

async function spansOf(reads: Reads, personIds: string[]): Promise<ReadonlyMap<string, readonly Span[]>> {
  const spans = new Map<string, Span[]>();
  if (personIds.length === 0) return spans;
  const add = (personId: string, span: Span): void => {
    spans.set(personId, [...(spans.get(personId) ?? []), span]);
  };
  const grants = await reads.em
    .getRepository(RoleGrantTable)
    .createQueryBuilder('g')
    .where('g.personId in (:...personIds) and g.role in (:...roles)', { personIds, roles: CONSOLE_ROLES })
    .getMany();
  for (const { personId, sinceAt, untilAt } of grants) add(personId, { sinceAt, untilAt });
  const delegations = await reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where('d.personId in (:...personIds)', { personIds })
    .getMany();
  for (const { personId, sinceAt, untilAt, endedAt } of delegations)
    add(personId, { sinceAt, untilAt: Math.min(untilAt, endedAt ?? untilAt) });
  return spans;
}
