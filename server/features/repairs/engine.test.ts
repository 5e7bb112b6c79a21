import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { actsOf, decide, isPossible, isTheirs, pickWorker, type Command, type Ticket } from './engine.ts';

const NEW: Ticket = { state: 'reported', holderId: null, clock: 'take', round: 1 };
const given: Ticket = { ...NEW, state: 'dispatched', holderId: 'a' };
const taken: Ticket = { ...given, state: 'accepted', clock: 'resolve' };
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return '';
};
const nothing = { isReporter: false, isHolder: false, isDispatcher: false };

const COMMANDS: readonly Command[] = [
  { kind: 'dispatch', toId: 'a' },
  { kind: 'dispatch', toId: 'b' },
  { kind: 'giveBack' },
  { kind: 'accept' },
  { kind: 'hold', reason: 'parts', contractor: '' },
  { kind: 'resume' },
  { kind: 'finish', photos: 1, needsPhoto: true },
  { kind: 'confirm' },
  { kind: 'autoConfirm' },
  { kind: 'rework' },
  { kind: 'cancel' },
];

describe('a ticket', () => {
  it('S1-10.1b goes from reported to accepted with a rating, with a hold and a rework between', () => {
    const walk: readonly (readonly [Command, Ticket['state'], readonly string[]])[] = [
      [{ kind: 'dispatch', toId: 'a' }, 'dispatched', ['handOn']],
      [{ kind: 'accept' }, 'accepted', ['takenOver']],
      [{ kind: 'hold', reason: 'parts', contractor: '' }, 'held', ['pause']],
      [{ kind: 'resume' }, 'accepted', ['resume']],
      [{ kind: 'finish', photos: 1, needsPhoto: true }, 'done', ['stop']],
      [{ kind: 'rework' }, 'accepted', ['startAgain']],
      [{ kind: 'finish', photos: 0, needsPhoto: false }, 'done', ['stop']],
      [{ kind: 'confirm' }, 'closed', []],
    ];
    let ticket = NEW;
    for (const [command, state, effects] of walk) {
      const outcome = decide(ticket, command);
      expect([command.kind, outcome.next.state, outcome.effects]).toEqual([command.kind, state, effects]);
      ticket = outcome.next;
    }
    expect(ticket).toEqual({ state: 'closed', holderId: 'a', clock: null, round: 2 });
  });

  it('R36 handed on after it was taken over keeps its clock: the next one takes it over without a new one', () => {
    const handed = decide(taken, { kind: 'dispatch', toId: 'b' });
    expect(handed.next).toMatchObject({ state: 'dispatched', holderId: 'b', clock: 'resolve' });
    expect(handed.effects).toEqual(['handOn']);
    expect(decide(handed.next, { kind: 'accept' }).effects).toEqual([]);
  });

  it('is withdrawn before anybody took it over, never after', () => {
    expect(decide(given, { kind: 'cancel' }).next.state).toBe('cancelled');
    const handed = decide(taken, { kind: 'dispatch', toId: 'b' }).next;
    expect([taken, handed].map((one) => isPossible(one, 'cancel'))).toEqual([false, false]);
  });

  it('asks for what an act needs', () => {
    expect(code(() => decide(given, { kind: 'dispatch', toId: 'a' }))).toBe('repairs.same_person');
    expect(code(() => decide(taken, { kind: 'finish', photos: 0, needsPhoto: true }))).toBe(
      'repairs.photo_needed',
    );
    expect(code(() => decide(taken, { kind: 'hold', reason: 'contractor', contractor: '' }))).toBe(
      'repairs.contractor_needed',
    );
    expect(code(() => decide(NEW, { kind: 'accept' }))).toBe('repairs.moved_on');
  });

  it('R36 whatever is done in whatever order: one clock while it is open, stopped only while it waits, none when it is over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 40 }), (commands) => {
        let ticket = NEW;
        let clock: 'running' | 'paused' | 'none' = 'running';
        for (const command of commands) {
          if (!isPossible(ticket, command.kind)) {
            expect(code(() => decide(ticket, command))).toBe('repairs.moved_on');
            continue;
          }
          if (command.kind === 'dispatch' && command.toId === ticket.holderId) continue;
          const { next, effects } = decide(ticket, command);
          for (const effect of effects) {
            if (effect === 'pause') clock = 'paused';
            if (effect === 'stop') clock = 'none';
            if (['resume', 'takenOver', 'startAgain'].includes(effect)) clock = 'running';
          }
          ticket = next;
          const over = ['done', 'closed', 'cancelled'].includes(ticket.state);
          const expected = over ? 'none' : ticket.state === 'held' ? 'paused' : 'running';
          expect([ticket.state, clock, ticket.clock === null]).toEqual([ticket.state, expected, over]);
          expect(ticket.holderId === null).toBe(
            ticket.state === 'reported' || (ticket.state === 'cancelled' && ticket.holderId === null),
          );
        }
      }),
    );
  });

  it('each act belongs to somebody: a stranger has none, the reporter rates, who mends does not', () => {
    expect(actsOf(given, nothing)).toEqual([]);
    const done: Ticket = { ...taken, state: 'done', clock: null };
    expect(actsOf(done, { ...nothing, isHolder: true })).toEqual([]);
    expect(actsOf(done, { ...nothing, isReporter: true })).toEqual(['confirm', 'rework']);
    expect(actsOf(NEW, { ...nothing, isDispatcher: true })).toEqual(['dispatch']);
    expect(isTheirs({ ...nothing, isDispatcher: true }, 'finish')).toBe(false);
  });
});

describe('dispatch by rule', () => {
  const worker = (personId: string, categories: string[], areas: string[], inHand = 0) => ({
    personId,
    categories,
    areas,
    inHand,
  });
  const all = worker('all', ['water', 'air'], []);
  const north = worker('north', ['water'], ['北楼'], 5);
  const other = worker('other', ['water'], [], 0);

  it.each([
    ['who is there for the place before who is there for all', [all, north], 'water', '北楼', 'north'],
    ['not for another place', [all, north], 'water', '南楼', 'all'],
    ['not for another category', [north], 'air', '北楼', null],
    ['who has least in hand', [{ ...all, inHand: 2 }, other], 'water', '', 'other'],
    ['who came first of those with as much', [all, other], 'water', '', 'all'],
    ['by hand where nobody does it', [], 'water', '', null],
  ])('category × place: %s', (_, workers, category, area, expected) => {
    expect(pickWorker(workers, category, area)).toBe(expected);
  });
});
