/** One person's request through every branch, from each post: who would be asked, and where nobody is found (R21, R24). */
import type { Choices } from '../form/choice.ts';
import { modeWords, roleWords } from '../engine/explain.ts';
import { isActive, snapshot } from '../model/org.ts';
import { resolveSeats } from '../people/resolve.ts';
import type { ApproveStep, Template, TemplateStep } from '../template/template.ts';
import { branchesOf } from './branches.ts';
import type { PersonWalkAnswer } from './contract.ts';
import { faultFinder, offered, type Offered, type Traveller, type WholeOrg } from './walk.ts';

type Step = PersonWalkAnswer['posts'][number]['branches'][number]['steps'][number];

/** No posts for whom the directory does not know, and for who is locked or gone. */
export function personWalk(
  template: Template,
  org: WholeOrg,
  personId: string,
  choices: Choices = {},
): PersonWalkAnswer {
  const name = org.person(personId)?.name ?? '';
  if (!isActive(org, personId)) return { personId, name, posts: [] };
  const branches = branchesOf(template);
  const faultsOf = faultFinder(template, org, choices);
  const stepsOf = (steps: readonly TemplateStep[], traveller: Traveller): Step[] =>
    marked(
      steps.flatMap((step) =>
        step.kind === 'cc'
          ? []
          : [
              stepOf(
                step,
                peopleOf(step, traveller, org, offered(template, step, choices)),
                faultsOf(traveller, step).map(({ reason }) => reason),
              ),
            ],
      ),
    );
  return {
    personId,
    name,
    posts: org.assignmentsOf(personId).map(({ assignmentId, unitId, title }) => ({
      assignmentId,
      unitName: org.unit(unitId)?.name ?? '',
      title,
      branches: branches.map(({ words, steps }) => ({
        words,
        steps: stepsOf(steps, { personId, assignmentId, unitId }),
      })),
    })),
  };
}

function stepOf(step: ApproveStep, people: Step['people'], problems: readonly string[]): Step {
  const ask = step.assignees.find(({ by }) => by.rule === 'applicantChoice')?.by;
  const needed = step.mode === 'quorum' ? step.needed : undefined;
  return {
    stepKey: step.key,
    title: step.title,
    people,
    needs: roleWords(step.role, modeWords(step.mode, step.refusal, people.length, needed)),
    choice: ask?.rule === 'applicantChoice' ? { min: ask.min, max: ask.max } : null,
    sameAsBefore: false,
    problem: problems.length === 0 ? null : problems.join('；'),
  };
}

/** For a step that follows from a choice: whoever each choice leads to, with it beside the name. */
function peopleOf(
  step: ApproveStep,
  traveller: Traveller,
  org: WholeOrg,
  offers: readonly Offered[],
): Step['people'] {
  const applicant = snapshot(org, traveller.personId, traveller.assignmentId);
  if (applicant === null) return [];
  return offers.flatMap(({ values, words }) =>
    resolveSeats(step.assignees, { org, applicant, stepKey: step.key, chosen: {}, values }).flatMap(
      ({ person, label }) =>
        person === null ? [] : [{ personId: person.personId, name: person.name, label: `${label}${words}` }],
    ),
  );
}

/** Whoever agreed just before may be passed over (R16), so it is said where somebody is asked twice in a row. */
const marked = (steps: readonly Step[]): Step[] =>
  steps.map((step, at) => {
    const before = steps[at - 1]?.people.map(({ personId }) => personId) ?? [];
    return { ...step, sameAsBefore: step.people.some(({ personId }) => before.includes(personId)) };
  });
