import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Filled, RequestEvent, RequestState, SenderState } from '../model.ts';
import { planItems } from '../plan-items.ts';
import { at, calendar, forms, letter, settings } from '../testing/stage.ts';
import { decide, type Command } from './decide.ts';
import { replay } from './evolve.ts';

const sender = (unitId: string, role: SenderState['role'] = 'own'): SenderState => ({
  unitId,
  unitName: unitId,
  role,
  dueOn: '2026-11-25',
  provisional: false,
  submittedAt: null,
  by: null,
  letter: null,
  lateWorkdays: null,
});

function game(filled: Filled = forms.change(), senders = [sender('jixie')], start = '2026-11-23 10:00') {
  let now = at(start);
  let ids = 0;
  let state: RequestState | null = null;
  const events: RequestEvent[] = [];
  const act = (command: Command, personId: string | null = 'chen') => {
    const by = { personId, name: personId ?? 'system' };
    const decision = decide(state, command, { now, by, newId: () => `i${(ids += 1)}`, calendar });
    events.push(...decision.events);
    state = decision.state;
    return decision;
  };
  const { form, kind } = filled;
  act(
    {
      type: 'create',
      requestId: 'r',
      number: 'ZH-2026-0001',
      kind,
      personId: 'zhang',
      personName: '张',
      origin: { type: 'unit', ref: null },
      form,
      eventOn: '2026-11-20',
      senders,
    },
    'zhao',
  );
  return {
    act,
    events,
    pass: (ms: number) => void (now += ms),
    get state(): RequestState {
      if (state === null) throw new Error('no state');
      return state;
    },
  };
}

const send = (unitId = 'jixie', missing: string[] = []): Command => ({
  type: 'send',
  unitId,
  letter,
  missing,
});
const accounts = { wecom: 'open', oa: 'open', attendance: 'open' } as const;
const acceptOf = (filled: Filled): Command => ({
  type: 'accept',
  plan: planItems({ filled, accounts, systems: settings.systems, lock: null, otherLocks: [] }),
});

describe('a request', () => {
  it('S3-1b sent in incomplete comes back with what is missing; complete it goes on', () => {
    const g = game();
    expect(g.act(send('jixie', ['变更原因']), 'zhao').outcome).toBe('returned');
    expect(g.state).toMatchObject({ status: 'returned', missing: ['变更原因'], round: 0 });
    expect(
      g.act({ ...send(), letter: { number: '', fileId: null } } as Command, 'zhao').state.missing,
    ).toEqual(['函（文号或附件）']);
    expect(g.act(send(), 'zhao').state).toMatchObject({ status: 'submitted', missing: [] });
    expect(g.act(send(), 'zhao').outcome).toBe('already');
  });

  it('S3-2.3 with two units it is in when both have sent, and each is late for itself', () => {
    const g = game(forms.secondIn(), [sender('jidian', 'home'), sender('jingguan', 'host')]);
    expect(g.act(send('jidian'), 'zhao').outcome).toBe('waiting');
    expect(g.state.status).toBe('draft');
    g.pass(4 * DAY_MS);
    expect(g.act(send('jingguan'), 'ma').state.status).toBe('submitted');
    expect(g.state.senders.map(({ lateWorkdays }) => lateWorkdays)).toEqual([0, 2]);
    expect(() => g.act(send('dzb'))).toThrow('accounts.not_a_sender');
  });

  it('G6 returned by hand every sender owes it again; late is what the complete one is', () => {
    const g = game();
    g.act(send(), 'zhao');
    g.act({ type: 'giveBack', missing: ['证明'], note: '请补' });
    expect(g.state).toMatchObject({ status: 'returned', round: 1, missing: ['证明'] });
    expect(g.state.senders[0]?.submittedAt).toBeNull();
    g.pass(4 * DAY_MS);
    g.act(send(), 'zhao');
    expect(g.state.senders[0]?.lateWorkdays).toBe(2);
  });

  it('H3 nobody accepts what they sent, nor what concerns themselves', () => {
    for (const own of ['zhao', 'zhang']) {
      const g = game();
      g.act(send(), 'zhao');
      expect(() => g.act(acceptOf(forms.change()), own)).toThrow('accounts.own_request');
    }
  });

  it('S2-16 the deletion of a cancellation waits for its release; recalled before it, everything is restored', () => {
    const g = game(forms.cancel());
    g.act(send(), 'zhao');
    g.act(acceptOf(forms.cancel()));
    g.act({ type: 'execute' });
    const disabling = () => g.state.items.filter(({ status }) => status === 'running');
    for (const { itemId } of disabling()) g.act({ type: 'confirmItem', itemId, note: 'ok', fileId: null });
    expect(g.state.items.map(({ act, status }) => `${act} ${status}`)).toEqual([
      ...Array<string>(3).fill('disable done'),
      ...Array<string>(3).fill('cancel waiting'),
    ]);
    const recalled = g.act({
      type: 'recall',
      reason: '不走了',
      items: [{ systemCode: 'oa', act: 'restore', stage: 0, target: 'open' }],
    }).state;
    expect(recalled.items.filter(({ status }) => status === 'running').map(({ act }) => act)).toEqual([
      'restore',
    ]);
    expect(
      recalled.items.filter(({ act }) => act === 'cancel').every(({ status }) => status === 'dropped'),
    ).toBe(true);
  });

  it('after its release no cancellation is recalled', () => {
    const g = game(forms.cancel());
    g.act(send(), 'zhao');
    g.act(acceptOf(forms.cancel()));
    g.act({ type: 'execute' });
    g.act({ type: 'release' });
    expect(() => g.act({ type: 'recall', reason: 'x', items: [] })).toThrow('accounts.too_late_to_recall');
  });

  it('S3-3b every executed request has a proof per system, whatever is tried in whatever order; replay gives the state', () => {
    const anyStep = fc.oneof(
      fc.constantFrom<Command>(
        send('jixie'),
        send('jixie', ['x']),
        { type: 'giveBack', missing: ['x'], note: '' },
        { type: 'execute' },
        { type: 'release' },
        { type: 'withdraw', reason: 'x' },
        {
          type: 'recall',
          reason: 'x',
          items: [{ systemCode: 'oa', act: 'restore', stage: 0, target: 'open' }],
        },
      ),
      fc.constantFrom('accept' as const, 'confirmAll' as const),
      fc.record({
        type: fc.constantFrom('confirmItem' as const, 'failItem' as const, 'retryItem' as const),
        n: fc.nat({ max: 8 }),
        note: fc.constantFrom('', '已办'),
      }),
    );
    const anyForm = fc.constantFrom(forms.change(), forms.cancel(), forms.lock(), forms.secondOut());
    let done = 0;
    fc.assert(
      fc.property(anyForm, fc.array(anyStep, { maxLength: 40 }), (filled, steps) => {
        const g = game(filled);
        for (const step of [send(), 'accept' as const, { type: 'execute' } as const, ...steps]) {
          try {
            if (step === 'accept') g.act(acceptOf(filled));
            else if (step === 'confirmAll')
              for (const { itemId } of g.state.items)
                g.act({ type: 'confirmItem', itemId, note: '已办', fileId: null });
            else if ('n' in step) {
              const itemId = g.state.items[step.n % Math.max(1, g.state.items.length)]?.itemId ?? '';
              g.act({ type: step.type, itemId, note: step.note, fileId: null, trouble: 'x' } as Command);
            } else g.act(step, 'chen2');
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
        expect(replay(g.events)).toEqual(g.state);
        for (const item of g.state.items) {
          expect(item.status === 'done').toBe(item.proof !== null);
          if (item.proof) expect(item.proof.note).not.toBe('');
        }
        if (g.state.status !== 'done') return;
        done += 1;
        expect(g.state.items.length).toBeGreaterThan(0);
        expect(g.state.items.every(({ status }) => status === 'done' || status === 'dropped')).toBe(true);
      }),
      { numRuns: 600, seed: 3 },
    );
    expect(done).toBeGreaterThan(10);
  });
});
