/** Who may call what of leave: one's own leave and HR's, accounts are HR's and never one's own. */
import type { Place } from './authorization-place.ts';
import type { ActorKey, AuthorizationStage } from './authorization-stage.ts';

const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };
const HR = ['hrMaintainer'] as const;

const ofAbsence = (when: 'running' | 'planned', body?: object): Readonly<Record<string, Place>> => {
  const call =
    (whose: (stage: AuthorizationStage, actor: ActorKey) => string) =>
    async (stage: AuthorizationStage, actor: ActorKey) => ({
      params: { absenceId: await stage.leave.absence(whose(stage, actor), when) },
      ...(body ? { body } : {}),
    });
  return {
    own: { who: 'members', call: call((stage, actor) => stage.personId(actor)) },
    ofAnother: { who: HR, call: call((stage) => stage.bystander) },
  };
};

const ofAccount = (body?: object): Readonly<Record<string, Place>> => ({
  ofAnother: {
    who: HR,
    call: (stage) => ({ params: { personId: stage.bystander }, ...(body ? { body } : {}) }),
  },
});
const ofKept = (body: object): Readonly<Record<string, Place>> => ({
  ...ofAccount(body),
  own: { who: [], call: (stage, actor) => ({ params: { personId: stage.personId(actor) }, body }) },
});

export const leavePlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/leave/own': members,
  'post /api/leave/absences/:absenceId/report-back': ofAbsence('running', {}),
  'post /api/leave/absences/:absenceId/cancel': ofAbsence('planned'),
  // What stands in them is cut to what the reader may see: test/flows/leave-balances.test.ts.
  'get /api/leave/calendar': { any: { who: 'members', call: () => ({ query: '?month=2026-11' }) } },
  'get /api/leave/away': members,
  'get /api/leave/accounts': { any: { who: HR } },
  'get /api/leave/accounts/export/list': { any: { who: HR } },
  'get /api/leave/grants': { any: { who: HR, call: () => ({ query: '?type=inLieu&year=2026' }) } },
  'post /api/leave/grants': {
    any: {
      who: HR,
      call: () => ({ body: { type: 'inLieu', year: 2026, days: 1, reason: '校庆值班' } }),
    },
  },
  'get /api/leave/accounts/:personId': ofAccount(),
  'post /api/leave/accounts/:personId/entries': ofKept({
    type: 'annual',
    year: 2026,
    days: 1,
    reason: '加班',
  }),
  'post /api/leave/accounts/:personId/service': ofKept({ workSinceOn: '2010-09-01', isEntitled: true }),
};
