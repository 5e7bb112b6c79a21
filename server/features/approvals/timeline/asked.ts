/** Who was added to a step and who was asked for an opinion, in the history of a request (R4, R30). */
import type { TimelineRow } from '../contract.ts';
import { isOpenConsult } from '../engine/consult.ts';
import type { Addition, Placement } from '../model/steps.ts';
import type { ConsultState } from '../model/tasks.ts';
import type { InstanceState } from '../model/state.ts';
import { row } from './row.ts';

const PLACES: Readonly<Record<Placement, string>> = { before: '前加签', after: '后加签', parallel: '并加签' };

export function additionRows(state: InstanceState): TimelineRow[] {
  const groups = new Map<string, { addition: Addition; names: string[] }>();
  for (const step of state.steps) {
    for (const { addition, person } of step.seats) {
      if (addition === undefined) continue;
      const group = groups.get(addition.additionId) ?? { addition, names: [] };
      group.names.push(person?.name ?? '');
      groups.set(addition.additionId, group);
    }
  }
  return [...groups.values()].map(({ addition, names }) =>
    row(addition.additionId, 'comment', 'done', {
      name: addition.byName,
      role: `${PLACES[addition.placement]}：${names.filter((name) => name !== '').join('、')}`,
      at: addition.at,
      comment: addition.note,
    }),
  );
}

export function consultRows(state: InstanceState): TimelineRow[] {
  return (state.consults ?? []).flatMap((asked) => [question(state, asked), ...answer(asked)]);
}

const question = (state: InstanceState, asked: ConsultState): TimelineRow =>
  row(asked.consultId, 'comment', 'done', {
    name: asked.askedBy.name,
    role: `征求${asked.person.name}的意见`,
    stateWords: stateWords(state, asked),
    at: asked.askedAt,
    comment: asked.question,
  });

function stateWords(state: InstanceState, asked: ConsultState): string {
  if (asked.answeredAt !== null) return '已答复';
  return isOpenConsult(state, asked) ? '等答复' : '未答复';
}

/** R30: whose words they are and who had asked for them. */
const answer = (asked: ConsultState): TimelineRow[] =>
  asked.answeredAt === null
    ? []
    : [
        row(`${asked.consultId}-answer`, 'comment', 'done', {
          name: asked.person.name,
          role: `应${asked.askedBy.name}征求的意见`,
          at: asked.answeredAt,
          comment: asked.answer,
        }),
      ];
