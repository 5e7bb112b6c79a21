/**
 * 传阅: whoever has a part in a request sends it to people for reading, while it runs or after. They read what the
 * sender read, confirm that, and decide nothing.
 */
import { conflict, forbidden, refused } from '../../../kernel/errors.ts';
import { hiddenFrom } from '../field-rights.ts';
import type { Decision } from '../model/events.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { CirculationCommand } from '../model/circulation.ts';
import { isActive, snapshot } from '../model/org.ts';
import { takesPart } from '../people/parties.ts';
import { clean } from './acts.ts';
import { readerOf, readersOf } from './readers.ts';
import { emit, type Run } from './run.ts';

/** In one act. */
export const READERS_AT_A_TIME = 50;
/** All together, so that a request's document stays of a size one can read. */
export const READERS_PER_REQUEST = 200;

type CommandOf<T extends CirculationCommand['type']> = Extract<CirculationCommand, { type: T }>;

export function circulate(run: Run, command: CommandOf<'circulate'>): Decision['outcome'] {
  const { state, ctx, by } = run;
  if (by.personId === null || !takesPart(state, by.personId)) throw forbidden('approvals.not_party');
  const asked = [...new Set(command.personIds)];
  if (asked.length === 0) throw refused('approvals.nobody_to_read');
  if (asked.length > READERS_AT_A_TIME)
    throw refused('approvals.too_many_at_once', { max: READERS_AT_A_TIME });
  const people = asked.map((personId) => reader(run, personId)).filter((person) => person !== null);
  if (people.length === 0) throw conflict('approvals.circulated_already');
  if (readersOf(state).length + people.length > READERS_PER_REQUEST)
    throw refused('approvals.too_many_readers', { max: READERS_PER_REQUEST });
  const note = clean(command.note);
  const hidden = [...hiddenFrom(ctx.template, state, { personId: by.personId, roles: [] })];
  emit(run, {
    type: 'circulated',
    circulationId: ctx.newId(),
    people,
    note,
    ...(hidden.length === 0 ? {} : { hidden }),
  });
  return 'done';
}

/** R29: null for whoever was sent it before. */
function reader({ state, ctx, by }: Run, personId: string): PersonSnapshot | null {
  const person = snapshot(ctx.org, personId);
  if (person === null || !isActive(ctx.org, personId)) throw refused('approvals.person_inactive');
  if (personId === by.personId) throw refused('approvals.circulate_self');
  if (personId === state.applicant.personId)
    throw refused('approvals.circulate_applicant', { name: person.name });
  return readerOf(state, personId) === null ? person : null;
}

/** Once; what is pressed again is answered. */
export function confirmRead(run: Run): Decision['outcome'] {
  const { personId } = run.by;
  const found = personId === null ? null : readerOf(run.state, personId);
  if (personId === null || found === null) throw forbidden('approvals.not_reader');
  if (found.confirmedAt !== null) return 'already';
  emit(run, { type: 'readConfirmed', personId });
  return 'done';
}
