import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestsAnswer } from '../../server/features/accounts/contract.ts';
import type {
  UnitActAnswer,
  UnitActItemsAnswer,
  UnitActsAnswer,
} from '../../server/features/hr/unit-acts/contract.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

/** The library goes into the teaching office. */
const [LIBRARY, OFFICE] = ['D11', 'D06'];

let a: AccountsStory;
let hr: Client;
let it_: Client;
let library = '';
let office = '';
beforeEach(async () => {
  a = await accountsStory();
  [library, office] = [a.unitOf(LIBRARY), a.unitOf(OFFICE)];
  hr = await a.as('hr');
  it_ = await a.as('it');
});
afterEach(() => a.s.close());

const grant = (personId: string, role: string, scopeUnitId: string | null) =>
  a.asSystem((tx) => a.s.app.access.grantRole(tx, { personId, role, scopeUnitId, untilAt: null }));
const propose = async (more: object = {}, who = hr): Promise<string> => {
  const body = {
    kind: 'merge',
    unitId: library,
    successorId: office,
    on: a.today(),
    reason: '机构改革',
    ...more,
  };
  return (await who.post<{ actId: string }>('/api/hr/unit-acts', body)).actId;
};
const read = (actId: string, who = hr) => who.get<UnitActAnswer>(`/api/hr/unit-acts/${actId}`);
const itemsOf = async (actId: string, kind: string) =>
  (await hr.get<UnitActItemsAnswer>(`/api/hr/unit-acts/${actId}/items?kind=${kind}`)).items;
async function refusal(who: Client, path: string, body: object): Promise<string> {
  const answer = await who.send('POST', `/api/hr/unit-acts${path}`, body);
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
}
const confirm = (who: Client, actId: string, hash: string) =>
  refusal(who, `/${actId}/confirm`, { hash, phrase: '' });
const dissolve = { kind: 'dissolve', successorId: null };

const joins = (staffNo: string, name: string, unitId: string) =>
  a.asSystem(async (tx) => {
    const post = {
      unitId,
      kind: 'main' as const,
      title: '馆员',
      isHead: false,
      headRank: null,
      sinceOn: a.today(),
      untilOn: null,
      place: null,
    };
    const goal = { staffNo, name, mobile: `138000${staffNo}`, category: 'internal' as const, posts: [post] };
    return (await a.s.app.directory.putPerson(tx, goal)).personId;
  });

const said = (kind: string) =>
  a.s.app.db.read((reads) =>
    reads.em.query<{ personId: string; content: string }[]>('select * from message where kind = ?', [kind]),
  );
const departments = () => a.s.sandbox.control.state().departments.map(({ name }) => name);

describe('a unit that goes into another one, on the word of two', () => {
  it('S1-7.2a H3 D3 is shown whole, confirmed by another person for exactly that, done at once', async () => {
    const [librarian, liaison] = [a.idOf('librarian'), a.idOf('teachingOffice')];
    await grant(librarian, 'liaison', library);
    await a.asSystem((tx) =>
      a.s.app.directory.putSet(tx, {
        name: '馆员',
        definition: {
          kind: 'rule',
          rule: {
            unitIds: [library],
            withSubunits: true,
            categories: null,
            establishments: null,
            titles: null,
            headsOnly: false,
          },
        },
      }),
    );
    const newcomer = await joins('00990', '丁若兰', library);
    const form = { unitId: library, reportOn: a.today(), category: 'established' };
    const requestId = await a.begin('hr', 'open', newcomer, form);
    const departmentId = (await a.s.app.db.read(a.s.app.directory.orgOf)).unit(office)?.departmentId;

    const actId = await propose();
    const shown = await read(actId);
    const counts = Object.fromEntries(
      shown.groups.map(({ kind, fate, count }) => [kind, `${fate} ${count}`]),
    );
    expect(counts).toMatchObject({ people: 'goes 2', requests: 'goes 1', sets: 'look 1' });
    expect((await itemsOf(actId, 'people')).map(({ name }) => name).sort()).toEqual(
      [demoCast.librarian.name, '丁若兰'].sort(),
    );
    expect((await itemsOf(actId, 'rights')).map(({ name, note }) => `${note} ${name}`)).toContain(
      `信息联络员 ${demoCast.librarian.name}`,
    );
    expect(shown).toMatchObject({
      state: 'waiting',
      can: { confirm: false, withdraw: true, why: 'hr.own_unit_act' },
    });
    expect((await said('hr.unit_act')).map(({ personId }) => personId)).toContain(a.idOf('superAdmin'));

    // Nobody who proposed it, whose post moves, or who gets more people by it; and only who keeps the roster at all.
    const library_ = await a.as('stranger');
    expect(await confirm(hr, actId, shown.hash)).toBe('hr.own_unit_act');
    expect(await confirm(library_, actId, shown.hash)).toBe('hr.not_maintainer');
    await grant(librarian, 'hrMaintainer', null);
    await grant(liaison, 'hrMaintainer', null);
    const [inIt, gaining] = [
      await a.s.signIn(demoCast.librarian.userid),
      await a.s.signIn(demoCast.teachingOffice.userid),
    ];
    expect(await confirm(inIt, actId, shown.hash)).toBe('hr.in_unit_act');
    expect(await confirm(gaining, actId, shown.hash)).toBe('hr.gains_by_unit_act');

    // Changed meanwhile: nothing happens, and it is shown anew.
    await joins('00991', '韩小满', library);
    expect(await confirm(it_, actId, shown.hash)).toBe('hr.unit_act_changed');
    const anew = await read(actId, it_);
    expect(anew).toMatchObject({ state: 'waiting', people: 3, can: { confirm: true, why: null } });
    expect(anew.hash).not.toBe(shown.hash);
    expect(anew.refreshedAt).not.toBeNull();
    expect(await confirm(it_, actId, shown.hash)).toBe('hr.unit_act_changed');
    expect(departments()).toContain('图书馆');

    expect(await confirm(it_, actId, anew.hash)).toBe('done');
    expect(await read(actId)).toMatchObject({ state: 'done', endedBy: demoCast.superAdmin.name });
    expect(await confirm(it_, actId, anew.hash)).toBe('hr.unit_act_over');
    await a.s.settle();
    await a.advance(120_000);
    expect(departments()).not.toContain('图书馆');
    const members = a.s.sandbox.control.state().members;
    for (const name of [demoCast.librarian.name, '丁若兰', '韩小满'])
      expect(members.find((one) => one.name === name)?.departments).toEqual([departmentId]);

    // What was open is the successor's: list, page, button and clock agree (H1), and no one else's.
    const seenBy = async (who: 'liaison' | 'stranger') =>
      (await a.get<RequestsAnswer>(who, '/requests?box=all')).items.map((item) => item.requestId);
    expect(await seenBy('liaison')).toContain(requestId);
    expect((await a.request(requestId, 'liaison')).can.submit).toEqual([library]);
    const [clock] = await a.clocksOf('account_request', requestId);
    expect(clock).toMatchObject({ holderUnitId: office, holderPersonId: liaison });
    expect(await a.submit('liaison', requestId, library)).toMatchObject({ status: 'submitted' });

    // The right ended, was told, and does not come back with the unit.
    const holds = async () =>
      (await a.s.app.db.read(a.s.app.access.orgOf)).rolesOf(librarian).map(({ role }) => role);
    expect(await holds()).not.toContain('liaison');
    const told = await said('directory.unit_rights_ended');
    expect(told.map(({ personId }) => personId)).toContain(a.idOf('hrMaintainer'));
    expect(await said('directory.unit_in_sets')).not.toHaveLength(0);
    await a.asSystem((tx) =>
      a.s.app.directory.putUnit(tx, { code: LIBRARY, name: '图书馆', parentCode: 'D00' }),
    );
    expect(await holds()).not.toContain('liaison');

    const acts = await a.s.app.db.read((reads) =>
      reads.em.query<{ action: string }[]>(`select action from audit_entry where targetId = ? order by id`, [
        actId,
      ]),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'hr.proposeUnitAct',
      'hr.refreshUnitAct',
      'hr.confirmUnitAct',
    ]);
  });

  it('D3 one proposal a unit; taken back by who made it, or over after a day', async () => {
    const actId = await propose();
    expect(
      await refusal(it_, '', {
        kind: 'merge',
        unitId: library,
        successorId: office,
        on: a.today(),
        reason: '再提一次',
      }),
    ).toBe('hr.unit_act_open');
    expect(await refusal(it_, `/${actId}/withdraw`, {})).toBe('hr.not_your_unit_act');
    expect(await refusal(hr, `/${actId}/withdraw`, {})).toBe('done');
    const second = await propose();
    const { hash } = await read(second);
    const open = await hr.get<UnitActsAnswer>(`/api/hr/unit-acts?unitId=${library}`);
    expect(open.items.map((item) => item.actId)).toEqual([second]);
    await a.advance(DAY_MS);
    [hr, it_] = [await a.as('hr'), await a.as('it')];
    expect(await confirm(it_, second, hash)).toBe('hr.unit_act_over');
    const over = await hr.get<UnitActsAnswer>('/api/hr/unit-acts?box=over');
    expect(over.items.map(({ actId: id, state }) => [id, state])).toEqual([
      [second, 'expired'],
      [actId, 'withdrawn'],
    ]);
    expect(departments()).toContain('图书馆');
  });

  it('D2 units that end count against the limits of the day', async () => {
    const [one, two] = [a.unitOf('D2002'), a.unitOf('D2003')];
    const successorId = a.unitOf('D2001');
    const first = await propose({ unitId: one, successorId });
    const second = await propose({ unitId: two, successorId });
    expect(await confirm(it_, first, (await read(first)).hash)).toBe('done');
    const next = await read(second, it_);
    expect(next.can.confirm).toBe(false);
    expect(next.limits.some(({ scope, exceeded }) => scope === 'topUnit' && exceeded)).toBe(true);
    expect(await confirm(it_, second, next.hash)).toBe('hr.unit_limit');
  });

  it('C6 an empty unit is dissolved the same way; one with people in it is refused', async () => {
    const body = { ...dissolve, unitId: library, on: a.today(), reason: '不再设置' };
    expect(await refusal(hr, '', body)).toBe('directory.unit_not_empty');
    const { unitId } = await a.asSystem((tx) =>
      a.s.app.directory.putUnit(tx, { code: 'D99', name: '筹备组', parentCode: 'D00' }),
    );
    await a.s.settle();
    expect(departments()).toContain('筹备组');
    const empty = await propose({ ...dissolve, unitId });
    expect(await confirm(it_, empty, (await read(empty)).hash)).toBe('done');
    await a.s.settle();
    await a.advance(120_000);
    expect(departments()).not.toContain('筹备组');
    expect(await refusal(hr, '', { ...body, unitId, on: '2026-12-31' })).not.toBe('done');
  });
});
