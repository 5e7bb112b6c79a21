/** Who may call what of repairs: reporting is everybody's, a ticket its reporter's, its holder's and its dispatchers'. */
import { randomUUID } from 'node:crypto';
import type { TicketState } from '../../server/features/repairs/contract.ts';
import type { Place } from './authorization-place.ts';
import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

const NOBODY: readonly ActorKey[] = [];
/** Dispatch for the whole institution, and keep what the room keeps. */
const KEEPERS = ['creator', 'superAdmin'] as const;
/** And heads of units: what was reported from there. */
const COLLEGE = [...KEEPERS, 'unitHead'] as const;

const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };
const keepers = (call?: Place['call']): Readonly<Record<string, Place>> => ({
  any: { who: KEEPERS, ...(call && { call }) },
});

type Mine = 'reporter' | 'holder' | 'none';
const ofTicket =
  (
    mine: Mine,
    state: TicketState,
    body?: (stage: AuthorizationStage) => Promise<object> | object,
    unitCode = 'D20',
  ) =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => {
    const me = stage.personId(actor);
    const ticketId = await stage.repairs.ticket(unitCode, state, {
      ...(mine === 'reporter' && { reporterId: me }),
      ...(mine === 'holder' ? { holderId: me } : state !== 'reported' && { holderId: stage.other }),
    });
    return { params: { ticketId }, ...(body && { body: await body(stage) }) };
  };

const dispatch = async ({ repairs }: AuthorizationStage) => ({
  act: 'dispatch',
  toId: await repairs.worker(),
});
const acts = (body: object) => (): object => body;
const PLACE = { name: '行政楼 302', area: '行政楼', kind: 'room' };
const photoOf: Place['call'] = async (stage, actor) => {
  const { params } = await ofTicket('none', 'dispatched')(stage, actor);
  return { params: { ...params, fileId: 'f'.repeat(32) } };
};

export const repairPlaces: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/repairs/categories': members,
  'get /api/repairs/codes/:code': {
    any: {
      who: 'members',
      call: async ({ repairs }) => ({ params: { code: (await repairs.place()).code } }),
    },
  },
  'get /api/repairs/places/search': members,
  'post /api/repairs/tickets': {
    any: {
      who: 'members',
      call: () => ({
        body: {
          clientKey: randomUUID(),
          category: 'desktop',
          placeId: null,
          placeText: '图书馆',
          words: '不亮',
        },
      }),
    },
  },
  'get /api/repairs/own': members,
  'get /api/repairs/tickets': { any: { who: COLLEGE } },
  'get /api/repairs/tickets/:ticketId': {
    own: { who: 'members', call: ofTicket('reporter', 'reported') },
    held: { who: 'members', call: ofTicket('holder', 'dispatched') },
    in: { who: COLLEGE, call: ofTicket('none', 'dispatched') },
    out: { who: KEEPERS, call: ofTicket('none', 'dispatched', undefined, 'D11') },
  },
  'get /api/repairs/tickets/:ticketId/candidates': {
    own: { who: KEEPERS, call: ofTicket('reporter', 'dispatched') },
    held: { who: 'members', call: ofTicket('holder', 'dispatched') },
    in: { who: KEEPERS, call: ofTicket('none', 'dispatched') },
  },
  // There is no such photo: 404 for whoever sees the ticket too. Who sees one is held by test/flows/repairs.test.ts.
  'get /api/repairs/tickets/:ticketId/files/:fileId': { any: { who: NOBODY, call: photoOf } },
  'post /api/repairs/tickets/:ticketId/act': {
    dispatch: { who: KEEPERS, call: ofTicket('none', 'reported', dispatch) },
    accept: { who: 'members', call: ofTicket('holder', 'dispatched', acts({ act: 'accept' })) },
    acceptOthers: { who: NOBODY, call: ofTicket('none', 'dispatched', acts({ act: 'accept' })) },
    finish: {
      who: 'members',
      call: ofTicket('holder', 'accepted', acts({ act: 'finish', words: '修好' })),
    },
    finishOthers: {
      who: NOBODY,
      call: ofTicket('reporter', 'accepted', acts({ act: 'finish', words: '修好' })),
    },
    confirm: { who: 'members', call: ofTicket('reporter', 'done', acts({ act: 'confirm', rating: 5 })) },
    confirmOwnWork: { who: NOBODY, call: ofTicket('holder', 'done', acts({ act: 'confirm', rating: 5 })) },
    cancel: { who: 'members', call: ofTicket('reporter', 'reported', acts({ act: 'cancel' })) },
    cancelOthers: { who: NOBODY, call: ofTicket('none', 'reported', acts({ act: 'cancel' })) },
  },
  'get /api/repairs/places': keepers(),
  'post /api/repairs/places': keepers(() => ({ body: PLACE })),
  'put /api/repairs/places/:placeId': keepers(async ({ repairs }) => ({
    params: { placeId: (await repairs.place()).placeId },
    body: { ...PLACE, version: 1, state: 'active' },
  })),
  'get /api/repairs/workers': keepers(),
  'put /api/repairs/workers': keepers((stage) => ({
    body: { personId: stage.other, categories: ['water'], areas: [] },
  })),
  'get /api/repairs/recurring': keepers(),
  'post /api/repairs/recurring': keepers(async ({ repairs }) => ({
    body: {
      title: '灭火器月检',
      category: 'furniture',
      placeId: (await repairs.place()).placeId,
      every: 'month',
      startsOn: '2027-06-01',
    },
  })),
  'post /api/repairs/recurring/:recurringId/end': keepers(async ({ repairs }) => ({
    params: { recurringId: await repairs.recurring() },
    body: { version: 1 },
  })),
  'get /api/repairs/figures': { any: { who: COLLEGE } },
  'get /api/repairs/figures/export': { any: { who: COLLEGE } },
};
