/**
 * Who may call what. One entry per route of the composed product; per entry one or several places: `in` and `out` of
 * the actor's scope, or whatever decides about this route. The test beside this file calls every route at every place
 * as everybody and holds the answers against `who`.
 */
import type { AccountsStage, Side } from './authorization-accounts.ts';
import { fileAuditPlaces } from './authorization-file-audit-places.ts';
import { sealPlaces } from './authorization-seal-places.ts';
import { designPlaces } from './authorization-design-places.ts';
import { nativePlaces } from './authorization-native-places.ts';
import { repairPlaces } from './authorization-repair-places.ts';
import { meetingRoomPlaces } from './authorization-meeting-room-places.ts';
import { leavePlaces } from './authorization-leave-places.ts';
import type { Place, Who } from './authorization-place.ts';
import { SOURCE, type ActorKey, type AuthorizationStage, type Call } from './authorization-stage.ts';

export type { Place, Who } from './authorization-place.ts';

const GLOBAL = ['creator', 'superAdmin'] as const;
const READERS = [...GLOBAL, 'securityAdmin', 'auditAdmin'] as const;
/** Who keeps templates, and the records they are walked over. */
const WALKERS = [...GLOBAL, 'moduleManager', 'hrMaintainer'] as const;
/** Who answers for the system or for what is kept of people, and who checks them. */
const KEEPERS = [...READERS, 'systemAdmin', 'hrMaintainer'] as const;
const NOBODY: readonly ActorKey[] = [];

const anyone: Readonly<Record<string, Place>> = { any: { who: 'anyone' } };
const members: Readonly<Record<string, Place>> = { any: { who: 'members' } };
const readers: Readonly<Record<string, Place>> = { any: { who: READERS } };

/** A day in a month's time, so that no other place meets it. */
const agencyOf = (agentId: string) => ({
  agentId,
  fromOn: '2026-12-23',
  untilOn: '2026-12-24',
  scope: { kind: 'all' },
  takesOpen: false,
  atEnd: 'return',
});

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

/** A request of one's own; as its holder, and for a stranger, there is nothing to do. */
const ofApplicant = (body: object | undefined): Readonly<Record<string, Place>> => ({
  ...ofRequest('applicant', body, { fresh: true }),
  asHolder: {
    who: NOBODY,
    call: async (stage, actor) => ({
      params: { instanceId: await stage.request(actor, 'holder') },
      ...(body === undefined ? {} : { body }),
    }),
  },
});

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

/** Whose scope of the directory is the whole institution, and those who hold a college of it. */
const EVERYWHERE = [...GLOBAL, 'hrMaintainer'] as const;
const ADMINISTRATORS = [...EVERYWHERE, 'liaison', 'delegate'] as const;

/** And heads of units, and those who answer for security or check it: in numbers. */
const COUNTERS = [...ADMINISTRATORS, 'unitHead', 'securityAdmin', 'auditAdmin'] as const;
const ofWorkOnly: Call = { params: { textId: 'work-only' } };

/** Somebody of the college D20 who is not the actor. */
const inCollege = (stage: AuthorizationStage, actor: ActorKey): string =>
  stage.personId(actor === 'staff' ? 'liaison' : 'staff');

const reveal = (personId: string): Call => ({
  params: { personId },
  body: { field: 'mobile', purpose: '核对报到材料' },
});

const copy = (personId: string): Call => ({
  params: { personId },
  body: { format: 'json', purpose: '本人书面申请' },
});

/** A check of somebody of the college, of somebody outside it, and of oneself (H3). */
function ofCheck(
  state: 'open' | 'reported',
  inside: Who,
  outside: Who,
  body?: object,
): Readonly<Record<string, Place>> {
  const about =
    (personIdOf: (stage: AuthorizationStage, actor: ActorKey) => string): Made =>
    async (stage, actor) => ({
      params: { checkId: await stage.accountCheck(personIdOf(stage, actor), state) },
      ...(body && { body }),
    });
  return {
    in: { who: inside, call: about(inCollege) },
    out: { who: outside, call: about((stage) => stage.other) },
    oneself: { who: NOBODY, call: about((stage, actor) => stage.personId(actor)) },
  };
}

/** The photo of somebody of the college, of somebody outside it, and one's own (H3). */
function ofPhoto(inside: Who, outside: Who, body?: object): Readonly<Record<string, Place>> {
  const about =
    (personIdOf: (stage: AuthorizationStage, actor: ActorKey) => string): Made =>
    (stage, actor) => ({ params: { personId: personIdOf(stage, actor) }, ...(body && { body }) });
  return {
    in: { who: inside, call: about(inCollege) },
    out: {
      who: outside,
      call: about((stage, actor) => stage.personId(actor === 'superAdmin' ? 'auditAdmin' : 'superAdmin')),
    },
    oneself: { who: NOBODY, call: about((stage, actor) => stage.personId(actor)) },
  };
}

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

/** A proposal about a unit, by nobody who acts. */
function ofUnitAct(more: Omit<Call, 'params'> = {}): Made {
  return async (stage) => ({ params: { actId: await stage.unitAct() }, ...more });
}

/* Accounts: IT carries out, HR accepts who comes and who goes, a unit sends for its own people. */
const IT = ['systemAdmin', 'superAdmin'] as const;
const UNIT = ['unitHead', 'liaison'] as const;
const HR = ['hrMaintainer'] as const;

const it = (call?: (accounts: AccountsStage) => Promise<Call> | Call): Readonly<Record<string, Place>> => ({
  any: { who: IT, ...(call && { call: ({ accounts }: AuthorizationStage) => call(accounts) }) },
});

/** Something of the actor's department, and of another one; `also` may in both. */
const ofSide = (
  also: readonly ActorKey[],
  make: (accounts: AccountsStage, side: Side) => Promise<Call>,
): Readonly<Record<string, Place>> => ({
  in: { who: [...UNIT, ...also], call: ({ accounts }) => make(accounts, 'own') },
  out: { who: also, call: ({ accounts }) => make(accounts, 'other') },
});

const ofCircular = async (accounts: AccountsStage, body?: object): Promise<Call> => ({
  params: { circularId: await accounts.circular() },
  ...(body && { body }),
});

const oneRequest = async (requestId: Promise<string>, body?: object): Promise<Call> => ({
  params: { requestId: await requestId },
  ...(body && { body }),
});

const ofSheet = (body?: object): Readonly<Record<string, Place>> =>
  ofSide([...HR, ...IT], async (accounts, side) => ({
    params: { sheetId: await accounts.sheet(side) },
    ...(body && { body }),
  }));

const ofInspection: Readonly<Record<string, Place>> = {
  any: {
    who: [...HR, ...IT],
    call: async ({ accounts }) => ({ params: { inspectionId: await accounts.inspection() } }),
  },
};

const aSet = (name: string) => ({ name, definition: { kind: 'list', personIds: [] } });

const EVERYBODY = {
  unitIds: null,
  withSubunits: true,
  categories: null,
  establishments: null,
  titles: null,
  headsOnly: false,
};

/** A set of its own for every call: removing one leaves the others. */
function ofSet(more: Omit<Call, 'params'> = {}): Made {
  return async (stage) => ({ params: { setId: await stage.directorySet() }, ...more });
}

const sourceManagers = (call: Made): Readonly<Record<string, Place>> => ({
  any: { who: ['systemAdmin', 'superAdmin'], call },
});

function ofSource(more: Omit<Call, 'params'> = {}): Made {
  return async (stage) => ({ params: { sourceId: await stage.source() }, ...more });
}

/** A correction of somebody of the college D20, of somebody elsewhere, and of the actor's own. */
function ofCorrection(who: 'asker' | 'owner' | 'either', body?: object): Readonly<Record<string, Place>> {
  const call =
    (about: (stage: AuthorizationStage, actor: ActorKey) => string, field: 'grade' | 'mobile'): Made =>
    async (stage, actor) => ({
      params: { correctionId: await stage.correction(about(stage, actor), field) },
      ...(body && { body }),
    });
  const isOwner = who !== 'asker';
  return {
    in: { who: isOwner ? [...EVERYWHERE, 'delegate'] : NOBODY, call: call(inCollege, 'grade') },
    out: { who: isOwner ? EVERYWHERE : NOBODY, call: call(({ bystander }) => bystander, 'grade') },
    ofAccounts: {
      who: isOwner ? [...GLOBAL, 'systemAdmin'] : NOBODY,
      call: call(({ bystander }) => bystander, 'mobile'),
    },
    // H3
    own: {
      who: who === 'owner' ? NOBODY : 'members',
      call: call((stage, actor) => stage.personId(actor), 'grade'),
    },
  };
}

/** The file of a correction in the college, of one elsewhere, and of the actor's own. */
function ofProof(): Readonly<Record<string, Place>> {
  const call =
    (about: (stage: AuthorizationStage, actor: ActorKey) => string): Made =>
    async (stage, actor) => ({ params: await stage.correctionFile(about(stage, actor)) });
  return {
    in: { who: [...EVERYWHERE, 'delegate'], call: call(inCollege) },
    out: { who: EVERYWHERE, call: call(({ bystander }) => bystander) },
    own: { who: 'members', call: call((stage, actor) => stage.personId(actor)) },
  };
}

/** A system and a key of its own for every call. */
function ofIdentitySystem(more: Omit<Call, 'params'> = {}): Made {
  return async (stage) => ({ params: await stage.scimSource(), ...more });
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
  'get /api/home/entries': members,
  'get /api/todos': members,
  'get /api/keeping': { any: { who: KEEPERS } },
  'get /api/keeping/runs': { any: { who: KEEPERS } },
  'get /api/calendar': {
    any: { who: 'members', call: () => ({ query: '?from=2026-11-01&to=2026-11-30' }) },
  },
  'post /api/files': { any: { who: 'members', call: () => ({ upload: true }) } },

  /* ---------- directory: everybody finds a colleague ---------- */
  'get /api/directory/people': { any: { who: 'members', call: () => ({ query: '?q=zhang' }) } },
  'get /api/directory/units': members,

  /* ---------- people and units of one's scope; before what gives delegations to everybody who acts ---------- */
  'get /api/access/units': { any: { who: ADMINISTRATORS } },
  'get /api/access/units/:unitId': {
    in: { who: ADMINISTRATORS, call: (stage) => ({ params: { unitId: stage.unitId('D20') } }) },
    out: { who: EVERYWHERE, call: (stage) => ({ params: { unitId: stage.unitId('D05') } }) },
  },
  'get /api/access/people': {
    any: { who: ADMINISTRATORS },
    ofUnitOutside: {
      who: EVERYWHERE,
      call: (stage) => ({ query: `?unitId=${stage.unitId('D05')}` }),
    },
  },
  'get /api/access/export/people': {
    any: { who: ADMINISTRATORS },
    ofUnitOutside: {
      who: EVERYWHERE,
      call: (stage) => ({ query: `?unitId=${stage.unitId('D05')}` }),
    },
  },
  'get /api/access/people/:personId': {
    in: {
      who: ADMINISTRATORS,
      call: (stage, actor) => ({ params: { personId: inCollege(stage, actor) } }),
    },
    out: { who: EVERYWHERE, call: (stage) => ({ params: { personId: stage.bystander } }) },
  },
  'post /api/access/people/:personId/reveal': {
    // Looking on is not managing (H6).
    in: {
      who: [...EVERYWHERE, 'delegate'],
      call: (stage, actor) => reveal(inCollege(stage, actor)),
    },
    out: { who: EVERYWHERE, call: (stage) => reveal(stage.bystander) },
    ofOneself: { who: 'members', call: (stage, actor) => reveal(stage.personId(actor)) },
  },
  'get /api/access/own-record': members,
  'get /api/access/own-data': members,
  'post /api/access/people/:personId/data': {
    in: {
      who: [...EVERYWHERE, 'delegate'],
      call: (stage, actor) => copy(inCollege(stage, actor)),
    },
    out: { who: EVERYWHERE, call: (stage) => copy(stage.bystander) },
    ofOneself: { who: 'members', call: (stage, actor) => copy(stage.personId(actor)) },
  },

  /* ---------- corrections: raised by everybody of themselves, answered by who owns the field (H1, H3) ---------- */
  'get /api/corrections/fields': members,
  'get /api/corrections/own': members,
  'post /api/corrections': {
    any: {
      who: 'members',
      call: async (stage, actor) => {
        await stage.withdrawCorrections(stage.personId(actor));
        return { body: { field: 'grade', wanted: '八级', reason: '与聘书不一致' } };
      },
    },
  },
  'get /api/corrections/export/list': { any: { who: [...EVERYWHERE, 'systemAdmin', 'delegate'] } },
  'get /api/corrections': { any: { who: [...EVERYWHERE, 'systemAdmin', 'delegate'] } },
  'get /api/corrections/:correctionId': ofCorrection('either'),
  'get /api/corrections/:correctionId/files/:fileId': {
    unknown: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: {
          correctionId: await stage.correction(inCollege(stage, actor), 'grade'),
          fileId: 'f'.repeat(32),
        },
      }),
    },
    ...ofProof(),
  },
  'post /api/corrections/:correctionId/withdraw': ofCorrection('asker', {}),
  'post /api/corrections/:correctionId/correct': ofCorrection('owner', { note: '人事系统' }),
  'post /api/corrections/:correctionId/refuse': ofCorrection('owner', { note: '与登记一致' }),
  'post /api/corrections/:correctionId/send-on': ofCorrection('owner', { note: '归另一方' }),
  'post /api/corrections/:correctionId/reveal': ofCorrection('either', { purpose: '核对材料' }),

  ...fileAuditPlaces,
  ...designPlaces,
  ...repairPlaces,
  ...nativePlaces,
  ...sealPlaces,
  ...meetingRoomPlaces,
  ...leavePlaces,

  /* ---------- photos: everybody's own; who keeps records asks for them ---------- */
  'get /api/photos/own': members,
  'post /api/photos/own': {
    any: {
      who: 'members',
      call: async (stage, actor) => ({ body: { fileId: await stage.photoFile(actor) } }),
    },
  },
  // After everybody has one.
  'get /api/photos/own/picture': members,
  'get /api/photos/missing/export': { any: { who: [...EVERYWHERE, 'delegate'] } },
  'get /api/photos/missing': { any: { who: [...EVERYWHERE, 'delegate'] } },
  'post /api/photos/ask': {
    any: { who: [...EVERYWHERE, 'delegate'], call: () => ({ body: { unitId: null } }) },
  },
  'get /api/photos/review': { any: { who: [...EVERYWHERE, 'delegate'] } },
  'post /api/photos/review/accept': {
    any: {
      who: [...EVERYWHERE, 'delegate'],
      call: (stage, actor) => ({ body: { items: [{ personId: inCollege(stage, actor), uploadedAt: 1 }] } }),
    },
  },
  'get /api/photos/review/:personId': ofPhoto([...EVERYWHERE, 'delegate'], EVERYWHERE),
  // Without having opened it, nobody.
  'get /api/photos/review/:personId/picture': {
    any: {
      who: NOBODY,
      call: (stage, actor) => ({ params: { personId: inCollege(stage, actor) }, query: '?look=1' }),
    },
  },
  // After everybody has one; it was another one that was seen.
  'post /api/photos/review/:personId/reject': ofPhoto([...EVERYWHERE, 'delegate'], EVERYWHERE, {
    uploadedAt: 1,
    reason: 'blurred',
  }),

  /* ---------- signs that an account was handed on: figures for who watches, names for the security administrator ---------- */
  'get /api/account-signs': { any: { who: ['securityAdmin'] } },
  'get /api/account-signs/counts': readers,
  'get /api/account-signs/:checkId': ofCheck(
    'open',
    ['liaison', 'unitHead', 'securityAdmin'],
    ['securityAdmin'],
  ),
  'post /api/account-signs/:checkId/answer': ofCheck(
    'open',
    ['liaison', 'unitHead'],
    // A head of a unit: nobody of the unit is asked about them.
    ['securityAdmin'],
    { answer: 'self' },
  ),
  'post /api/account-signs/:checkId/settle': ofCheck('reported', ['securityAdmin'], ['securityAdmin'], {
    words: '已联系本人收回',
  }),

  /* ---------- dry run of templates ---------- */
  'get /api/approvals/dry-run': { any: { who: WALKERS } },
  'get /api/approvals/dry-run/:templateKey': {
    any: { who: WALKERS, call: () => ({ params: { templateKey: 'leave' } }) },
  },
  'get /api/approvals/dry-run/:templateKey/people/:personId': {
    any: {
      who: WALKERS,
      call: (stage, actor) => ({ params: { templateKey: 'leave', personId: stage.personId(actor) } }),
    },
  },

  /* ---------- batch: one's own tasks; a foreign one is answered as refused (test/flows/approve-many.test.ts) ---------- */
  'get /api/approvals/batch': members,
  'post /api/approvals/batch': {
    any: { who: 'members', call: () => ({ body: { tasks: [{ taskId: 'nothing', formVersion: 1 }] } }) },
  },

  /* ---------- a request on paper: whoever may see it prints it, whoever holds the paper may ask ---------- */
  'get /api/approvals/instances/:instanceId/print': ofRequest('holder', undefined),
  'get /api/approvals/packages': { any: { who: ['creator', 'superAdmin', 'unitHead'] } },
  'post /api/approvals/packages': {
    in: {
      who: ['creator', 'superAdmin', 'unitHead'],
      call: (stage) => ({
        body: { unitId: stage.unitId('D20'), fromOn: '2020-01-01', toOn: '2020-01-02', purpose: '存档' },
      }),
    },
    out: {
      who: ['creator', 'superAdmin'],
      call: (stage) => ({
        body: { unitId: stage.unitId('D05'), fromOn: '2020-01-01', toOn: '2020-01-02', purpose: '存档' },
      }),
    },
  },
  'get /api/approvals/packages/:packageId/file': {
    any: { who: NOBODY, call: () => ({ params: { packageId: 'f'.repeat(32) } }) },
  },
  'post /api/approvals/instances/:instanceId/package': ofRequest('holder', { purpose: '存档' }),
  'get /api/approvals/prints/:code': {
    any: { who: 'anyone', call: () => ({ params: { code: 'nothing' } }) },
  },

  /* ---------- delegations: everybody's own; who may end one is held by test/flows/delegations.test.ts ---------- */
  'get /api/delegations': members,
  'post /api/delegations': {
    any: { who: 'members', call: ({ bystander }) => ({ body: agencyOf(bystander) }) },
  },
  'get /api/delegations/overseen': { any: { who: ['superAdmin'] } },
  'post /api/delegations/:delegationId/end-for': {
    unknown: {
      who: NOBODY,
      call: () => ({ params: { delegationId: 'nothing' }, body: { reason: '本人账号已锁定' } }),
    },
  },
  'post /api/delegations/:delegationId/end': {
    unknown: { who: NOBODY, call: () => ({ params: { delegationId: 'nothing' } }) },
  },

  /* ---------- undertakings: everybody's own; numbers for heads and overseers, names within the directory's scope (H1) ---------- */
  'get /api/undertakings/own': members,
  'get /api/undertakings/own/:textId': {
    any: { who: 'members', call: () => ({ params: { textId: 'work-only' } }) },
    unknown: { who: NOBODY, call: () => ({ params: { textId: 'nothing' } }) },
  },
  // 409: not the words in force. Who may give what is held by test/flows/undertakings.test.ts.
  'post /api/undertakings/own/:textId': {
    any: {
      who: 'members',
      call: () => ({
        params: { textId: 'work-only' },
        body: { version: 1, sha256: 'f'.repeat(64), readToEnd: true },
      }),
    },
  },
  'get /api/undertakings/texts': { any: { who: COUNTERS } },
  'get /api/undertakings/texts/:textId': { any: { who: COUNTERS, call: () => ofWorkOnly } },
  'get /api/undertakings/texts/:textId/people': { any: { who: ADMINISTRATORS, call: () => ofWorkOnly } },
  'get /api/undertakings/texts/:textId/people/export': {
    any: { who: ADMINISTRATORS, call: () => ofWorkOnly },
  },
  'post /api/undertakings/texts/:textId/remind': {
    any: { who: [...EVERYWHERE, 'delegate'], call: () => ({ ...ofWorkOnly, body: { unitId: null } }) },
  },
  'get /api/undertakings/proofs/:textId/:personId': {
    in: { who: ADMINISTRATORS, call: (stage, actor) => stage.undertaking(inCollege(stage, actor)) },
    out: { who: EVERYWHERE, call: (stage) => stage.undertaking(stage.bystander) },
    ofOneself: { who: 'members', call: (stage, actor) => stage.undertaking(stage.personId(actor)) },
  },

  /* ---------- directory: what 企业微信 shows otherwise, in the reader's part of it (H1) ---------- */
  'get /api/directory/drift': { any: { who: ADMINISTRATORS } },
  'get /api/directory/drift/summary': { any: { who: ADMINISTRATORS } },
  'get /api/directory/drift/export': { any: { who: ADMINISTRATORS } },
  'get /api/directory/drift/policy': { any: { who: ADMINISTRATORS } },
  'post /api/directory/drift/acts': {
    any: {
      who: [...EVERYWHERE, 'delegate'],
      call: async (stage) => ({ body: { differenceIds: [await stage.strangerInWeCom()], act: 'reopen' } }),
    },
  },
  // Strangers belong to no unit.
  'post /api/directory/drift/:differenceId/link': {
    any: {
      who: EVERYWHERE,
      call: async (stage) => ({
        params: { differenceId: await stage.strangerInWeCom() },
        body: { personId: stage.bystander },
      }),
    },
  },
  'post /api/directory/drift/compare': { any: { who: EVERYWHERE } },
  'post /api/directory/drift/policy': {
    any: {
      who: EVERYWHERE,
      call: () => ({ body: { field: 'name', action: 'ask', automatic: false } }),
    },
  },

  /* ---------- the record: auditors read it (H4), the security administrator has somebody forgotten (H9) ---------- */
  'get /api/audit/entries': { any: { who: ['auditAdmin'] } },
  'get /api/audit/entries/:entryId': {
    any: {
      who: ['auditAdmin'],
      call: async (stage) => ({ params: { entryId: await stage.auditEntry() } }),
    },
  },
  'get /api/audit/clocks': {
    any: { who: ['auditAdmin'], call: () => ({ query: '?targetType=approval&targetId=x' }) },
  },
  'get /api/audit/export': { any: { who: ['auditAdmin'] } },
  'get /api/audit/chain': { any: { who: ['auditAdmin'] } },
  'post /api/audit/chain/verify': { any: { who: ['auditAdmin'] } },
  'get /api/audit/former-people': { any: { who: ['securityAdmin'] } },
  'post /api/audit/people/:personId/forget': {
    any: { who: ['securityAdmin'], call: (stage) => ({ params: { personId: stage.bystander } }) },
    oneself: { who: NOBODY, call: (stage, actor) => ({ params: { personId: stage.personId(actor) } }) },
  },
  'post /api/audit/people/:personId/forget/confirm': {
    any: {
      who: ['securityAdmin'],
      call: (stage) => ({ params: { personId: stage.bystander }, body: { phrase: '' } }),
    },
    oneself: {
      who: NOBODY,
      call: (stage, actor) => ({ params: { personId: stage.personId(actor) }, body: { phrase: '' } }),
    },
  },
  'post /api/audit/people/:personId/forget/withdraw': {
    any: { who: ['securityAdmin'], call: (stage) => ({ params: { personId: stage.bystander } }) },
  },

  /* ---------- rights ---------- */
  'get /api/access/roles': members,
  'get /api/access/scope': members,
  'get /api/access/modules': members,
  'get /api/access/vacancies': readers,
  'get /api/access/delegations': readers,
  'get /api/access/console-log': readers,
  'post /api/access/console-log/:findingId/settle': {
    ofAnother: {
      who: GLOBAL,
      call: async (stage) => ({
        params: { findingId: await stage.consoleFinding(stage.bystander) },
        body: { note: '已核实' },
      }),
    },
    ofOneself: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { findingId: await stage.consoleFinding(stage.personId(actor)) },
        body: { note: '已核实' },
      }),
    },
  },
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
  // Whoever has to decide now; the applicant's own look stands in test/flows/form-controls.test.ts.
  'post /api/approvals/instances/:instanceId/reveal': ofRequest('holder', { field: 'tel' }),
  'post /api/approvals/instances/:instanceId/comment': ofRequest('holder', {
    clientKey: '5f0c2b9e-8a1d-4c3e-9b7a-2d6f4e8c1a35',
    text: '已阅',
  }),
  'post /api/approvals/instances/:instanceId/circulate': {
    in: {
      who: 'members',
      call: async (stage, actor) => ({
        params: { instanceId: await stage.request(actor, 'holder', { fresh: true }) },
        body: { personIds: [stage.bystander] },
      }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({
        params: { instanceId: await stage.foreignRequest() },
        body: { personIds: [stage.bystander] },
      }),
    },
  },
  'post /api/approvals/instances/:instanceId/confirm-read': {
    in: {
      who: 'members',
      call: async (stage, actor) => ({ params: { instanceId: await stage.sentTo(actor) }, body: {} }),
    },
    // Party to it, but nobody sent it to them.
    asHolder: {
      who: NOBODY,
      call: async (stage, actor) => ({
        params: { instanceId: await stage.request(actor, 'holder') },
        body: {},
      }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({ params: { instanceId: await stage.foreignRequest() }, body: {} }),
    },
  },
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
  'post /api/approvals/tasks/:taskId/handle': {
    ...ofTask(() => ({ result: 'done', comment: '办好了' })),
    in: {
      who: 'members',
      call: async (stage, actor) => ({
        params: { taskId: await stage.carriedOutBy(actor) },
        body: { result: 'done', comment: '办好了' },
      }),
    },
  },
  'post /api/approvals/tasks/:taskId/remove': {
    in: {
      who: 'members',
      call: async (stage, actor) => ({ params: { taskId: await stage.addedBy(actor) }, body: {} }),
    },
    // The actor's own task: nobody added it, so nobody takes it back.
    own: {
      who: NOBODY,
      call: async (stage, actor) => ({ params: { taskId: await stage.taskOf(actor) }, body: {} }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({ params: { taskId: await stage.foreignTask() }, body: {} }),
    },
  },
  'post /api/approvals/consults/:consultId/answer': {
    in: {
      who: 'members',
      call: async (stage, actor) => ({
        params: { consultId: await stage.askedOf(actor) },
        body: { text: '合适' },
      }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({ params: { consultId: await stage.askedOf() }, body: { text: '合适' } }),
    },
  },
  'post /api/approvals/tasks/:taskId/add': ofTask((stage) => ({
    placement: 'parallel',
    personIds: [stage.bystander],
  })),
  'post /api/approvals/tasks/:taskId/edit': ofTask(() => ({
    edits: [{ key: 'what', version: 0, value: '丙' }],
  })),
  'post /api/approvals/tasks/:taskId/consult': ofTask((stage) => ({
    personIds: [stage.bystander],
    question: '是否合适',
  })),
  'post /api/approvals/tasks/:taskId/transfer': ofTask((stage) => ({ toPersonId: stage.bystander })),

  'post /api/approvals/tasks/:taskId/send-back': ofTask(() => ({ toStepKey: null, reason: '请补充材料' })),
  'get /api/approvals/instances/:instanceId/form': ofApplicant(undefined),
  'post /api/approvals/instances/:instanceId/resubmit': ofApplicant({ form: { what: '乙', files: [] } }),
  'post /api/approvals/instances/:instanceId/revoke': ofApplicant({ reason: '不办了' }),
  'post /api/approvals/instances/:instanceId/terminate': {
    any: {
      who: ['superAdmin'],
      call: async (stage, actor) => ({
        params: { instanceId: await stage.request(actor, 'applicant', { fresh: true }) },
        body: { reason: '重复提交' },
      }),
    },
    out: {
      who: ['superAdmin'],
      call: async (stage) => ({
        params: { instanceId: await stage.foreignRequest() },
        body: { reason: '重复提交' },
      }),
    },
  },

  /* ---------- directory sets: the maintainers' ---------- */
  'get /api/directory/sets': maintainers(),
  'get /api/directory/sets/:setId/people': maintainers(ofSet()),
  'get /api/directory/sets/:setId/findings': maintainers(ofSet()),
  'get /api/directory/sets/:setId': maintainers(ofSet()),
  'post /api/directory/sets/preview': maintainers(() => ({ body: { rule: EVERYBODY } })),
  'post /api/directory/sets/find': maintainers(() => ({ body: { staffNos: ['00731'] } })),
  'post /api/directory/sets/:setId/list': maintainers(ofSet({ body: { add: [], take: [] } })),
  'post /api/directory/sets/:setId/again': maintainers(ofSet({ body: {} })),
  'post /api/directory/sets/:setId/put-back': maintainers(ofSet({ body: { held: 1 } })),
  'post /api/directory/sets': maintainers((_stage, actor) => ({ body: aSet(actor) })),
  'post /api/directory/sets/:setId/remove': maintainers(ofSet({ body: {} })),

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

  'get /api/hr/units': maintainers((stage) => ({ query: `?unitId=${stage.unitId('D11')}` })),
  'post /api/hr/units': maintainers(() => ({ body: { isNew: false, code: 'D11', name: '图书馆' } })),

  /* ---------- merging and dissolving a unit ---------- */
  'get /api/hr/unit-acts': maintainers(),
  'post /api/hr/unit-acts': maintainers((stage) => ({ body: stage.unitActWish('D11', 'D06') })),
  'get /api/hr/unit-acts/:actId': maintainers(ofUnitAct()),
  'get /api/hr/unit-acts/:actId/items': maintainers(ofUnitAct({ query: '?kind=people' })),
  'post /api/hr/unit-acts/:actId/confirm': {
    any: {
      who: ['hrMaintainer', 'superAdmin'],
      call: ofUnitAct({ body: { hash: '0'.repeat(64), phrase: '' } }),
    },
  },
  'post /api/hr/unit-acts/:actId/withdraw': {
    own: {
      who: ['hrMaintainer', 'superAdmin'],
      call: async (stage, actor) => ({ params: { actId: await stage.ownUnitAct(actor) }, body: {} }),
    },
    others: { who: NOBODY, call: ofUnitAct({ body: {} }) },
  },

  /* ---------- identity systems: keys are the super administrator's, what they take is HR's ---------- */
  'get /api/hr/scim/sources': { any: { who: ['systemAdmin', 'hrMaintainer', 'superAdmin'] } },
  'get /api/hr/scim/sources/:source/acts': maintainers(ofIdentitySystem()),
  'post /api/hr/scim/sources': {
    any: {
      who: ['superAdmin'],
      call: (_stage, actor) => ({ body: { source: `by-${actor.toLowerCase()}`, name: '统一身份认证' } }),
    },
  },
  'post /api/hr/scim/sources/:source/accept': maintainers(ofIdentitySystem({ body: {} })),
  'post /api/hr/scim/sources/:source/keys': {
    any: { who: ['superAdmin'], call: ofIdentitySystem({ body: { lastOn: null } }) },
  },
  'post /api/hr/scim/keys/:keyId/revoke': {
    any: { who: ['superAdmin'], call: ofIdentitySystem({ body: {} }) },
  },

  /* ---------- sources of hr: set up by the system administrator, fetched by the maintainers ---------- */
  'get /api/hr/sources': { any: { who: ['systemAdmin', 'hrMaintainer', 'superAdmin'] } },
  'post /api/hr/sources': sourceManagers(() => ({
    body: { kind: 'push', name: '推送', empties: 'notProvided' },
  })),
  'post /api/hr/sources/test': sourceManagers(() => ({ body: { sourceId: null, draft: SOURCE } })),
  'get /api/hr/sources/:sourceId': sourceManagers(ofSource()),
  'post /api/hr/sources/:sourceId': sourceManagers(ofSource({ body: { version: 1, draft: SOURCE } })),
  'post /api/hr/sources/:sourceId/enabled': sourceManagers(ofSource({ body: { enabled: true } })),
  'post /api/hr/sources/:sourceId/key': sourceManagers(async (stage) => ({
    params: { sourceId: (await stage.pushSource()).sourceId },
    body: {},
  })),
  'post /api/hr/sources/:sourceId/fetch': maintainers(ofSource({ body: {} })),
  'get /api/hr/sources/:sourceId/fetches': {
    any: { who: ['systemAdmin', 'hrMaintainer', 'superAdmin'], call: ofSource() },
  },
  // Programs: no session, a key.
  'post /api/hr/push': {
    any: {
      who: 'anyone',
      call: async (stage) => ({
        bearer: await stage.pushKey(),
        body: { batchId: 'b-1', part: { number: 1, people: [{ staffNo: '00990' }] } },
      }),
    },
  },
  'get /api/hr/push/:batchId': {
    any: {
      who: 'anyone',
      call: async (stage) => ({ bearer: await stage.pushKey(), params: { batchId: 'b-1' } }),
    },
  },

  /* ---------- accounts ---------- */
  'get /api/accounts/requests': members,
  'post /api/accounts/requests': {
    ...ofSide(HR, async (accounts, side) => ({ body: await accounts.newRequest(side) })),
    // H3: nobody reports themselves.
    aboutOneself: {
      who: NOBODY,
      call: async ({ accounts, personId }, actor) => ({
        body: { ...(await accounts.newRequest('own')), personId: personId(actor) },
      }),
    },
  },
  'get /api/accounts/requests/:requestId': {
    ...ofSide([...HR, ...IT], (accounts, side) => oneRequest(accounts.request('open', side))),
    // H5: a lock is told to nobody it is about.
    ownLock: {
      who: NOBODY,
      call: ({ accounts, personId }, actor) => oneRequest(accounts.about('lock', personId(actor))),
    },
  },
  'get /api/accounts/requests/:requestId/files/:fileId': {
    letter: {
      who: [...UNIT, ...HR, ...IT],
      call: async ({ accounts }) => ({ params: await accounts.withLetter('open') }),
    },
    letterOfLock: {
      who: ['creator'],
      call: async ({ accounts }) => ({ params: await accounts.withLetter('lock') }),
    },
    elsewhere: {
      who: NOBODY,
      call: async ({ accounts }) => ({
        params: {
          requestId: (await accounts.withLetter('open')).requestId,
          fileId: (await accounts.withLetter('lock')).fileId,
        },
      }),
    },
  },
  'put /api/accounts/requests/:requestId/form': ofSide(HR, (accounts, side) =>
    oneRequest(accounts.request('change', side), accounts.changeForm(side)),
  ),
  'post /api/accounts/requests/:requestId/submit': ofSide(HR, (accounts, side) =>
    oneRequest(accounts.request('change', side), accounts.submission(side)),
  ),
  'post /api/accounts/requests/:requestId/return': {
    joining: {
      who: HR,
      call: ({ accounts }) =>
        oneRequest(accounts.request('open', 'own', { sent: true }), { missing: ['任免文件'] }),
    },
    change: {
      who: IT,
      call: ({ accounts }) =>
        oneRequest(accounts.request('change', 'own', { sent: true }), { missing: ['任免文件'] }),
    },
  },
  'post /api/accounts/requests/:requestId/accept': {
    joining: {
      who: HR,
      call: ({ accounts }) => oneRequest(accounts.request('open', 'own', { sent: true }), {}),
    },
    lock: {
      who: IT,
      call: ({ accounts }) => oneRequest(accounts.request('lock', 'own', { sent: true }), {}),
    },
    // H3
    aboutOneself: {
      who: NOBODY,
      call: ({ accounts, personId }, actor) => oneRequest(accounts.about('open', personId(actor), true), {}),
    },
  },
  'post /api/accounts/requests/:requestId/withdraw': ofSide(HR, (accounts, side) =>
    oneRequest(accounts.request('change', side), { reason: '报错了' }),
  ),
  'post /api/accounts/requests/:requestId/execute': it((accounts) =>
    oneRequest(accounts.accepted('open', 'own'), {}),
  ),
  'post /api/accounts/requests/:requestId/items/:itemId/confirm': it(async (accounts) => ({
    params: await accounts.item(),
    body: { note: '已办' },
  })),
  'post /api/accounts/requests/:requestId/items/:itemId/retry': it(async (accounts) => ({
    params: await accounts.item(),
    body: {},
  })),
  'get /api/accounts/newcomer-options': members,
  'post /api/accounts/newcomers': ofSide(HR, (accounts, side) =>
    Promise.resolve({ body: accounts.newcomerReport(side) }),
  ),
  'put /api/accounts/newcomers/:requestId': ofSide(HR, async (accounts, side) =>
    oneRequest(accounts.newcomer(side, { draft: true }), accounts.newcomerReport(side)),
  ),
  'get /api/accounts/newcomers': { any: { who: HR } },
  'get /api/accounts/newcomers/:requestId': {
    any: { who: HR, call: ({ accounts }) => oneRequest(accounts.newcomer('own')) },
  },
  'post /api/accounts/newcomers/:requestId/link': {
    any: {
      who: HR,
      call: async ({ accounts }) => oneRequest(accounts.newcomer('own'), await accounts.linkOf()),
    },
    // H3: nobody says of a newcomer that it is themselves.
    oneself: {
      who: NOBODY,
      call: ({ accounts, personId }, actor) =>
        oneRequest(accounts.newcomer('own'), { personId: personId(actor), reason: '就是我' }),
    },
  },
  'post /api/accounts/newcomers/:requestId/unlink': {
    any: {
      who: HR,
      call: ({ accounts }) => oneRequest(accounts.linkedNewcomer(), { reason: '同名不同人' }),
    },
  },
  'post /api/accounts/newcomers/:requestId/reveal': {
    any: {
      who: HR,
      call: ({ accounts }) => oneRequest(accounts.newcomer('own'), { purpose: '核对证件' }),
    },
  },
  'get /api/accounts/exchange/:systemCode': it(() => ({ params: { systemCode: 'oa' } })),
  'post /api/accounts/exchange/confirm': it(async (accounts) => ({
    body: { itemIds: [(await accounts.item()).itemId], note: '回执' },
  })),
  'get /api/accounts/people/:personId': {
    ...ofSide([...HR, ...IT], async (accounts, side) => ({
      params: { personId: await accounts.anybody(side) },
    })),
    oneself: { who: 'members', call: ({ personId }, actor) => ({ params: { personId: personId(actor) } }) },
  },
  'get /api/accounts/people/:personId/history': {
    ...ofSide([...HR, ...IT], async (accounts, side) => ({
      params: { personId: await accounts.anybody(side) },
    })),
    oneself: { who: 'members', call: ({ personId }, actor) => ({ params: { personId: personId(actor) } }) },
  },
  'post /api/accounts/stock': it(() => ({ body: { systemCode: 'wecom' } })),
  'get /api/accounts/late': members,
  'get /api/accounts/late/export': members,
  'get /api/accounts/export/requests': members,
  'post /api/accounts/late/instruct': it(() => ({
    body: { lateCaseIds: ['none'], instructedBy: '院长', instructedOn: '2026-11-01', documentNumber: '1' },
  })),
  'get /api/accounts/circulars': { any: { who: [...HR, ...IT] } },
  'post /api/accounts/circulars': it(() => ({ body: { lateCaseIds: ['none'] } })),
  'get /api/accounts/circulars/:circularId': it((accounts) => ofCircular(accounts)),
  'get /api/accounts/circulars/:circularId/instruction': it((accounts) => ofCircular(accounts)),
  'put /api/accounts/circulars/:circularId': it((accounts) =>
    ofCircular(accounts, { version: 1, title: '通报', documentNumber: '', opening: '', closing: '' }),
  ),
  'post /api/accounts/circulars/:circularId/discard': it((accounts) => ofCircular(accounts, { version: 1 })),
  'post /api/accounts/circulars/:circularId/issue': it((accounts) =>
    ofCircular(accounts, { version: 1, textHash: '0'.repeat(64) }),
  ),
  'get /api/accounts/locks': members,
  'post /api/accounts/locks/:lockId/decide': ofSide(HR, async (accounts, side) => ({
    params: { lockId: (await accounts.locked(side)).lockId },
    body: { decision: 'unlock', effectiveOn: '2026-11-02', returned: true, reason: '期满' },
  })),
  'post /api/accounts/locks/:lockId/result': ofSide(HR, async (accounts, side) => ({
    params: { lockId: (await accounts.locked(side)).lockId },
    body: { resultOn: '2026-11-02' },
  })),
  'post /api/accounts/requests/:requestId/reason': {
    any: {
      who: ['creator'],
      call: async ({ accounts }) => ({
        params: { requestId: (await accounts.locked('own')).requestId },
        body: { purpose: '复核' },
      }),
    },
    // H5: nobody about themselves.
    ofOneself: {
      who: NOBODY,
      call: async ({ accounts, personId }, actor) => ({
        params: { requestId: await accounts.about('lock', personId(actor)) },
        body: { purpose: '复核' },
      }),
    },
  },
  'get /api/accounts/cancellations/:requestId': ofSide([...HR, ...IT], (accounts, side) =>
    oneRequest(accounts.leaving(side)),
  ),
  'post /api/accounts/cancellations/:requestId/backup': ofSide(HR, (accounts, side) =>
    oneRequest(accounts.leaving(side), { statement: '本人无法确认' }),
  ),
  'post /api/accounts/cancellations/:requestId/delete': it((accounts) =>
    oneRequest(accounts.leaving('own'), {}),
  ),
  'post /api/accounts/cancellations/:requestId/recall': it((accounts) =>
    oneRequest(accounts.leaving('own'), { reason: '不走了' }),
  ),
  'post /api/accounts/handovers': ofSide([...HR, ...IT], async (accounts, side) => ({
    body: { personId: (await accounts.locked(side)).personId },
  })),
  'get /api/accounts/handovers': members,
  'get /api/accounts/handovers/:sheetId': ofSheet(),
  'post /api/accounts/handovers/:sheetId/assign': ofSheet({ successorId: null }),
  'post /api/accounts/handovers/:sheetId/dry-run': ofSheet({}),
  'post /api/accounts/handovers/:sheetId/execute': ofSheet({}),
  'post /api/accounts/handovers/:sheetId/sign': ofSheet({}),
  'post /api/accounts/handovers/:sheetId/undo': ofSheet({}),
  'get /api/accounts/systems': members,
  'post /api/accounts/systems': it((accounts) => ({ body: accounts.newSystem() })),
  'put /api/accounts/systems/:systemCode': it((accounts) => ({
    params: { systemCode: 'oa' },
    body: accounts.systemChange(),
  })),
  'get /api/accounts/data-links': members,
  'post /api/accounts/data-links': it((accounts) => ({ body: accounts.newLink() })),
  'put /api/accounts/data-links/:linkId': it(async (accounts) => ({
    params: { linkId: await accounts.link() },
    body: { version: 1, state: 'running' },
  })),
  'get /api/accounts/inspections': { any: { who: [...HR, ...IT] } },
  'post /api/accounts/inspections': it(() => ({ body: { systemCode: 'oa', month: '2026-09' } })),
  'post /api/accounts/inspections/evidence': it(() => ({
    body: { systemCode: 'oa', month: '2026-09', source: 'consoleExport', cutOffAt: 1, rows: [] },
  })),
  'get /api/accounts/inspections/:inspectionId': ofInspection,
  'get /api/accounts/inspections/:inspectionId/findings': ofInspection,
  'get /api/accounts/inspections/:inspectionId/letters': ofInspection,
  'get /api/accounts/letters/:letterId/accounts': ofSide([...HR, ...IT], async (accounts, side) => ({
    params: { letterId: (await accounts.letter(side)).letterId },
  })),
  'get /api/accounts/letters/:letterId': ofSide([...HR, ...IT], async (accounts, side) => ({
    params: { letterId: (await accounts.letter(side)).letterId },
  })),
  'post /api/accounts/letter-items/:letterItemId/reply': ofSide(HR, async (accounts, side) => ({
    params: { letterItemId: (await accounts.letter(side)).letterItemId },
    body: { kind: 'keep', reason: '出差' },
  })),
};
