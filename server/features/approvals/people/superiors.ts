/** Who stands over a person, from the directory of now: by the rules that find an applicant's superiors (R17, R19, R20). */
import { isActive, snapshot, type Org } from '../model/org.ts';
import { applyRule } from './resolve.ts';
import type { PersonSnapshot } from '../model/people.ts';

const TO_THE_TOP = 10;

/** The nearest first; locked people are passed over, levels without a head are made up for by the next. */
export function superiorsOf(org: Org, person: PersonSnapshot): PersonSnapshot[] {
  const applicant = snapshot(org, person.personId, person.assignmentId) ?? person;
  const around = { org, applicant, stepKey: '', chosen: {}, values: {} };
  const { people } = applyRule({ rule: 'managerChain', of: 'unit', upTo: TO_THE_TOP }, '上级', around);
  return people.flatMap(({ personId, assignmentId }) => {
    const found = personId === person.personId ? null : snapshot(org, personId, assignmentId);
    return found === null ? [] : [found];
  });
}

/** The other heads of the unit a person acts from. */
export function headsBeside(org: Org, { personId, unitId }: PersonSnapshot): PersonSnapshot[] {
  return org.headsOf(unitId).flatMap((head) => {
    const able = head.personId !== personId && isActive(org, head.personId);
    const found = able ? snapshot(org, head.personId, head.assignmentId) : null;
    return found === null ? [] : [found];
  });
}
