/**
 * Who may call what. One entry per route of the composed product; per entry one or several places: `in` and `out` of
 * the actor's scope, or whatever decides about this route. The test beside this file calls every route at every place
 * as everybody and holds the answers against `who`.
 */
import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

/** `anyone`: signed in or not. `members`: everybody signed in. Else exactly these. */
export type Who = 'anyone' | 'members' | readonly ActorKey[];

export interface Place {
  readonly who: Who;
  /** Made anew for each actor: a call that is allowed may change what it names. */
  readonly call?: (stage: AuthorizationStage, actor: ActorKey) => Promise<Call> | Call;
}

const GLOBAL = ['creator', 'superAdmin'] as const;
const READERS = [...GLOBAL, 'securityAdmin', 'auditAdmin'] as const;
const NOBODY: readonly ActorKey[] = [];

const anyone: Readonly<Record<string, Place>> = { any: { who: 'anyone' } };
const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };
const readers: Readonly<Record<string, Place>> = { any: { who: READERS } };

/** A request the actor is party to, and one of somebody else's. */
function ofRequest(
  mine: 'applicant' | 'holder',
  body: object | undefined,
  more: { readonly fresh?: boolean } = {},
): Readonly<Record<string, Place>> {
  const part = body === undefined ? {} : { body };
  return {
    in: {
      who: 'members',
      call: async (stage, actor) => ({
        params: { instanceId: await stage.request(actor, mine, more) },
        ...part,
      }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({ params: { instanceId: await stage.foreignRequest() }, ...part }),
    },
  };
}

/** A task the actor holds, and one of somebody else's. */
const ofTask = (body: (stage: AuthorizationStage) => object): Readonly<Record<string, Place>> => ({
  in: {
    who: 'members',
    call: async (stage, actor) => ({ params: { taskId: await stage.taskOf(actor) }, body: body(stage) }),
  },
  out: {
    who: NOBODY,
    call: async (stage) => ({ params: { taskId: await stage.foreignTask() }, body: body(stage) }),
  },
});

const grant = (role: string, personId: string, unitId: string | null = null): Call => ({
  body: { personId, role, unitId, lastOn: null },
});

const terms = (stage: AuthorizationStage) => ({
  unitId: stage.unitId('D11'),
  duty: 'view',
  modules: ['leave'],
  categories: ['internal'],
  lastOn: '2027-06-30',
  note: '查看本馆请假',
});

type Made = NonNullable<Place['call']>;

const maintainers = (call?: Made): Readonly<Record<string, Place>> => ({
  any: { who: ['hrMaintainer', 'superAdmin'], ...(call && { call }) },
});

/** A statement that was read, uploaded by nobody who acts. */
function ofBatch(more: Omit<Call, 'params'> = {}): Made {
  return async (stage) => ({ params: { batchId: (await stage.statement()).batchId }, ...more });
}

/** Its plan; one that was begun where asked for. */
function ofPlan(more: Omit<Call, 'params'> = {}, begun = false): Made {
  return async (stage) => ({ params: { planId: (await stage.statement(begun)).planId }, ...more });
}

export const AUTHORIZATION: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'get /api/openapi.json': anyone,
  'get /api/auth/login': anyone,
  'get /api/auth/callback': anyone,
  'post /api/auth/logout': anyone,
  'get /api/me': members,
  'get /api/wecom/signature': {
    any: { who: 'members', call: (stage) => ({ query: `?url=${encodeURIComponent(`${stage.url}/`)}` }) },
  },
  'get /api/home': members,
  'get /api/calendar': {
    any: { who: 'members', call: () => ({ query: '?from=2026-11-01&to=2026-11-30' }) },
  },
  'post /api/files': { any: { who: 'members', call: () => ({ upload: true }) } },

  /* ---------- directory: everybody finds a colleague ---------- */
  'get /api/directory/people': { any: { who: 'members', call: () => ({ query: '?q=zhang' }) } },
  'get /api/directory/units': members,

  /* ---------- rights ---------- */
  'get /api/access/roles': members,
  'get /api/access/scope': members,
  'get /api/access/modules': members,
  'get /api/access/vacancies': readers,
  'get /api/access/delegations': readers,
  'get /api/access/roles/:role/holders': {
    any: { who: READERS, call: () => ({ params: { role: 'superAdmin' } }) },
  },
  'get /api/access/people/:personId/rights': {
    in: { who: 'members', call: (stage, actor) => ({ params: { personId: stage.personId(actor) } }) },
    out: { who: READERS, call: (stage) => ({ params: { personId: stage.bystander } }) },
  },
  'post /api/access/grants': {
    ordinaryRole: {
      who: [...GLOBAL, 'securityAdmin'],
      call: (stage) => grant('liaison', stage.bystander, stage.unitId('D11')),
    },
    // More than the security administrator holds (H3).
    highRole: {
      who: GLOBAL,
      call: (stage) => grant('superAdmin', stage.bystander),
    },
    separatedDuty: {
      who: GLOBAL,
      call: (stage) => grant('auditAdmin', stage.other),
    },
    toOneself: {
      who: NOBODY,
      call: (stage, actor) => grant('attendanceOfficer', stage.personId(actor)),
    },
  },
  'post /api/access/grants/:grantId/revoke': {
    ordinaryRole: {
      who: [...GLOBAL, 'securityAdmin'],
      call: async (stage) => ({ params: { grantId: await stage.grantOf('attendanceOfficer') }, body: {} }),
    },
    separatedDuty: {
      who: GLOBAL,
      call: async (stage) => ({ params: { grantId: await stage.grantOf('auditAdmin') }, body: {} }),
    },
    unknown: {
      who: NOBODY,
      call: () => ({ params: { grantId: 'f'.repeat(32) }, body: {} }),
    },
  },
  'post /api/access/delegations': {
    in: { who: GLOBAL, call: (stage) => ({ body: { ...terms(stage), personId: stage.bystander } }) },
    toOneself: {
      who: NOBODY,
      call: (stage, actor) => ({ body: { ...terms(stage), personId: stage.personId(actor) } }),
    },
  },
  'post /api/access/delegations/:delegationId/change': {
    in: {
      who: GLOBAL,
      call: async (stage) => ({
        params: { delegationId: await stage.delegationOf(stage.bystander) },
        body: terms(stage),
      }),
    },
    ofOneself: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { delegationId: await stage.delegationOf(stage.personId(actor)) },
        body: terms(stage),
      }),
    },
  },
  'post /api/access/delegations/:delegationId/end': {
    in: {
      who: GLOBAL,
      call: async (stage) => ({
        params: { delegationId: await stage.delegationOf(stage.bystander) },
        body: {},
      }),
    },
    ofOneself: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { delegationId: await stage.delegationOf(stage.personId(actor)) },
        body: {},
      }),
    },
  },

  /* ---------- approvals: who is party to a request ---------- */
  'get /api/approvals/items': members,
  'get /api/approvals/templates': members,
  'get /api/approvals/templates/:templateKey': {
    any: { who: 'members', call: () => ({ params: { templateKey: 'leave' } }) },
  },
  'post /api/approvals/forecast': {
    any: { who: 'members', call: async (stage, actor) => ({ body: await stage.draft(actor) }) },
  },
  'post /api/approvals/instances': {
    any: { who: 'members', call: async (stage, actor) => ({ body: await stage.submission(actor) }) },
  },
  'get /api/approvals/instances/:instanceId': ofRequest('holder', undefined),
  'get /api/approvals/instances/:instanceId/files/:fileId': {
    in: { who: 'members', call: async (stage, actor) => ({ params: await stage.file(actor) }) },
    out: { who: NOBODY, call: async (stage) => ({ params: await stage.foreignFile() }) },
    // A file of one's own, asked for under a request that does not hold it.
    elsewhere: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { ...(await stage.foreignFile()), instanceId: await stage.request(actor, 'applicant') },
      }),
    },
  },
  'post /api/approvals/instances/:instanceId/comment': ofRequest('holder', { text: '已阅' }),
  'post /api/approvals/instances/:instanceId/read': ofRequest('holder', {}),
  'post /api/approvals/instances/:instanceId/remind': ofRequest('applicant', {}),
  'post /api/approvals/instances/:instanceId/withdraw': {
    ...ofRequest('applicant', {}, { fresh: true }),
    // Party to it, but not the one who asked.
    asHolder: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { instanceId: await stage.request(actor, 'holder') },
        body: {},
      }),
    },
  },
  'post /api/approvals/instances/:instanceId/assign': {
    in: {
      who: ['moduleManager', 'superAdmin'],
      call: async (stage) => stage.waiting(),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({
        params: { instanceId: await stage.foreignRequest() },
        body: { stepId: 'any', seats: [{ seat: 0, personId: stage.bystander }] },
      }),
    },
  },
  'post /api/approvals/tasks/:taskId/approve': ofTask(() => ({})),
  'post /api/approvals/tasks/:taskId/reject': ofTask(() => ({ comment: '材料不全' })),
  'post /api/approvals/tasks/:taskId/transfer': ofTask((stage) => ({ toPersonId: stage.bystander })),

  /* ---------- hr: the maintainers of the directory alone, reading included (S2-8) ---------- */
  'get /api/hr/template': maintainers(),
  'get /api/hr/batches': maintainers(),
  'post /api/hr/batches': maintainers(() => ({ upload: true })),
  'get /api/hr/batches/:batchId': maintainers(ofBatch()),
  'get /api/hr/batches/:batchId/faults': maintainers(ofBatch()),
  'get /api/hr/batches/:batchId/rows': maintainers(ofBatch({ query: '?kind=people' })),
  'get /api/hr/batches/:batchId/marked': {
    own: {
      who: ['hrMaintainer', 'superAdmin'],
      call: async (stage, actor) => ({ params: { batchId: (await stage.statement(false, actor)).batchId } }),
    },
    others: { who: NOBODY, call: ofBatch() },
  },
  'post /api/hr/batches/:batchId/fixes': maintainers(
    ofBatch({ body: { kind: 'people', line: 2, column: 'name', value: '甲' } }),
  ),
  'post /api/hr/batches/:batchId/plan': maintainers(ofBatch({ body: { complete: false } })),
  'get /api/hr/plans/:planId': maintainers(ofPlan()),
  'get /api/hr/plans/:planId/changes': maintainers(ofPlan()),
  'get /api/hr/plans/:planId/doubts': maintainers(ofPlan()),
  'get /api/hr/plans/:planId/items': maintainers(ofPlan()),
  'get /api/hr/plans/:planId/run': maintainers(ofPlan({}, true)),
  'post /api/hr/plans/:planId/decide': maintainers(
    ofPlan({ body: { decisions: [{ key: 'person:00990:hire', decision: 'leaveOut' }] } }),
  ),
  'post /api/hr/plans/:planId/confirm': maintainers(ofPlan({ body: { hash: '0'.repeat(64), phrase: '' } })),
  'post /api/hr/plans/:planId/accept': maintainers(ofPlan({ body: {} })),
  'get /api/hr/runs': maintainers(),
  'post /api/hr/plans/:planId/apply': maintainers(ofPlan({ body: {} })),
  'post /api/hr/plans/:planId/pause': maintainers(ofPlan({ body: {} })),
  'post /api/hr/plans/:planId/resume': maintainers(ofPlan({ body: {} })),
};
