import { randomUUID } from 'node:crypto';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { SubmitAnswer, TemplateAnswer } from '../../server/features/approvals/contract.ts';
import type { Template } from '../../server/features/approvals/index.ts';
import { png } from '../../server/platform/files/testing/pictures.ts';
import { addSource, issueKey, listSources as listScimSources } from '../../server/features/hr/index.ts';
import { startRun } from '../../server/features/hr/commands/control-run.ts';
import { loadPlan } from '../../server/features/hr/plan-store.ts';
import {
  ConsoleFindingTable,
  type ConsoleFindingRow,
} from '../../server/features/access/console-log/tables.ts';
import { CheckTable, type CheckRow } from '../../server/features/account-signs/tables.ts';
import { DelegationTable, type DelegationRow } from '../../server/features/access/tables.ts';
import { DifferenceTable, type DifferenceRow } from '../../server/features/directory/drift/tables.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { type AccountsStage, openAccountsStage } from './authorization-accounts.ts';
import { type MeetingRoomsStage, openMeetingRoomsStage } from './authorization-meeting-rooms.ts';
import { type LeaveStage, openLeaveStage } from './authorization-leave.ts';
import { type FileAuditsStage, openFileAuditsStage } from './authorization-file-audits.ts';
import { openSealsStage, type SealsStage } from './authorization-seals.ts';
import { type DesignStage, openDesignStage } from './authorization-design.ts';
import { openNativeStage, type NativeStage } from './authorization-native.ts';
import { openRepairsStage, type RepairsStage } from './authorization-repairs.ts';
import type { Client } from '../support/client.ts';
import type { Started } from '../support/start-app.ts';

const SEED = systemActor('test:authorization');

/** One person for every role there is, a delegated administrator, and somebody from outside the house. */
const CAST = {
  staff: 'colleague',
  contractor: 'contractor',
  unitHead: 'unitHead',
  liaison: 'applicant',
  hrMaintainer: 'hrMaintainer',
  moduleManager: 'noticeManager',
  systemAdmin: 'twoPosts',
  securityAdmin: 'headless',
  auditAdmin: 'librarian',
  superAdmin: 'superAdmin',
  creator: 'adminLeader',
  delegate: 'teachingLeader',
} as const satisfies Readonly<Record<string, CastKey>>;

export type ActorKey = keyof typeof CAST;
export const ACTORS = Object.keys(CAST) as ActorKey[];

/** Roles that the story does not give them. */
const GRANTED = ['systemAdmin', 'securityAdmin', 'auditAdmin', 'creator'] as const;

export interface Call {
  /** For the path's `:names`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
  /** A key that a program brings instead of a session. */
  readonly bearer?: string;
  /** Sends a small picture instead of a body. */
  readonly upload?: true;
}

export interface AuthorizationStage {
  readonly url: string;
  /** Somebody who is no actor, and another one. */
  readonly bystander: string;
  readonly other: string;
  clientOf(actor: ActorKey | 'nobody'): Promise<Client>;
  /** After a call that ended the session. */
  forget(actor: ActorKey | 'nobody'): void;
  personId(actor: ActorKey): string;
  unitId(code: string): string;
  draft(actor: ActorKey): Promise<object>;
  submission(actor: ActorKey): Promise<object>;
  /** A running request the actor made, or holds a task of. The same again unless a fresh one is asked for. */
  request(
    actor: ActorKey,
    mine: 'applicant' | 'holder',
    more?: { readonly fresh?: boolean },
  ): Promise<string>;
  /** A new task the actor holds. */
  taskOf(actor: ActorKey): Promise<string>;
  /** A new task of somebody the actor added. */
  addedBy(actor: ActorKey): Promise<string>;
  /** A new task the actor is to carry out. */
  carriedOutBy(actor: ActorKey): Promise<string>;
  /** An opinion the actor was asked for just now; without one, somebody else was. */
  askedOf(actor?: ActorKey): Promise<string>;
  /** A request that was sent to the actor to read. */
  sentTo(actor: ActorKey): Promise<string>;
  file(actor: ActorKey): Promise<{ instanceId: string; fileId: string }>;
  /** A request no actor is party to. */
  foreignRequest(): Promise<string>;
  foreignTask(): Promise<string>;
  foreignFile(): Promise<{ instanceId: string; fileId: string }>;
  /** A new request that waits for somebody to fill a seat (R18). */
  waiting(): Promise<Call>;
  /** A grant of this role in force, held by nobody who acts. */
  grantOf(role: string): Promise<string>;
  delegationOf(personId: string): Promise<string>;
  /** A statement of HR with its plan, brought by the system or by an actor; carried out where asked for. */
  statement(begun?: boolean, bringer?: ActorKey): Promise<{ batchId: string; planId: string }>;
  /** What a proposal says: one unit into another. */
  unitActWish(from: string, into: string): object;
  /** A proposal that waits, by nobody who acts; and one of the actor's where they may make one. */
  unitAct(): Promise<string>;
  ownUnitAct(actor: ActorKey): Promise<string>;
  readonly accounts: AccountsStage;
  readonly fileAudits: FileAuditsStage;
  readonly repairs: RepairsStage;
  readonly native: NativeStage;
  readonly design: DesignStage;
  readonly seals: SealsStage;
  readonly meetingRooms: MeetingRoomsStage;
  readonly leave: LeaveStage;
  /** A new correction that this person asked for and that waits; what they asked for before is out of the way. */
  correction(personId: string, field: 'grade' | 'mobile'): Promise<string>;
  correctionFile(personId: string): Promise<{ correctionId: string; fileId: string }>;
  /** A picture large enough, uploaded and free. */
  photoFile(actor: ActorKey): Promise<string>;
  /** A new check of this person's account, with whoever it is up to now. */
  accountCheck(personId: string, state: 'open' | 'reported'): Promise<string>;
  /** One of a field at a time: make room for the next. */
  withdrawCorrections(personId: string): Promise<void>;
  /** Has given the words on classified content; whoever they are. */
  undertaking(personId: string): Promise<Call>;
  /** A new set of people. */
  directorySet(): Promise<string>;
  /** A difference: a member of 企业微信 nobody here knows. */
  strangerInWeCom(): Promise<string>;
  /** What the console log shows about this person, open. */
  consoleFinding(personId: string): Promise<string>;
  /** An entry of the record. */
  auditEntry(): Promise<string>;
  /** A source of HR that fetches, and one that pushes with its key. */
  source(): Promise<string>;
  /** An identity system nobody of these set up, with one key. */
  scimSource(): Promise<{ source: string; keyId: string }>;
  pushSource(): Promise<{ sourceId: string; pushKey: string }>;
  /** A key under which a statement `b-1` was begun. */
  pushKey(): Promise<string>;
}

/** Nothing listens there, and it is out of reach anyway. */
export const SOURCE = {
  kind: 'sql',
  name: '人事库',
  empties: 'notProvided',
  full: false,
  hour: null,
  secret: 'x',
  connection: { host: '127.0.0.1', port: 1, database: 'hr', user: 'reader', tls: false },
  lists: {
    units: null,
    people: {
      view: 'v_people',
      columns: ['staffNo', 'name', 'unitCodes', 'category', 'status'].map((column) => ({
        column,
        from: column,
      })),
    },
  },
};

export async function openStage(started: Started): Promise<AuthorizationStage> {
  const { app } = started;
  const org = await app.db.read((reads) => app.directory.orgOf(reads));
  const idOf = (key: CastKey): string => org.personByUserid(demoCast[key].userid)?.personId ?? '';
  const unitId = (code: string) => org.units().find((unit) => unit.code === code)?.unitId ?? '';
  const people = Object.fromEntries(ACTORS.map((actor) => [actor, idOf(CAST[actor])]));
  const personId = (actor: ActorKey): string => people[actor] ?? '';
  const clients = new Map<string, Promise<Client>>();
  const clientAs = (key: CastKey): Promise<Client> => {
    const known = clients.get(key) ?? started.signIn(demoCast[key].userid);
    clients.set(key, known);
    return known;
  };
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = (kept.get(key) as Promise<T> | undefined) ?? make();
    kept.set(key, known);
    return known;
  };

  await giveRoles();
  await publish(started, 'matrix', [[idOf('president')]]);
  await publish(started, 'matrixHandled', [[idOf('president')]], { role: 'handle' });
  await publish(started, 'matrixWaiting', [[idOf('president')], [idOf('partySecretary')]]);

  async function giveRoles(): Promise<void> {
    const give = (role: string, holder: string, scopeUnitId: string | null) =>
      app.db.write(SEED, (tx) =>
        app.access.grantRole(tx, { personId: holder, role, scopeUnitId, untilAt: null }),
      );
    for (const role of GRANTED) await give(role, personId(role), null);
    await give('liaison', personId('liaison'), unitId('D20'));
    await delegationOf(personId('delegate'), unitId('D20'));
  }

  async function delegationOf(holder: string, unit = unitId('D11')): Promise<string> {
    const row: DelegationRow = {
      id: newId(),
      personId: holder,
      unitId: unit,
      duty: 'manage',
      modules: ['leave', 'directory'],
      categories: ['internal'],
      note: '',
      grantedBy: personId('creator'),
      sinceAt: started.clock.now(),
      untilAt: started.clock.now() + 30 * 86_400_000,
      endedAt: null,
      endedBy: null,
      endReason: null,
      warnedAt: null,
      version: 1,
    };
    await app.db.write(SEED, async (tx) => {
      await insertRows(tx, DelegationTable, [row]);
      await app.directory.touch(tx);
    });
    return row.id;
  }

  async function draftOf(client: Client, templateKey: string, files: readonly string[] = []) {
    const { version, posts } = await client.get<TemplateAnswer>(`/api/approvals/templates/${templateKey}`);
    return {
      templateKey,
      version,
      assignmentId: posts[0]?.assignmentId ?? '',
      form: { what: '甲', files: [...files], tel: '13800138000' },
    };
  }

  async function submitAs(
    key: CastKey,
    templateKey = 'matrix',
    files: readonly string[] = [],
  ): Promise<string> {
    const client = await clientAs(key);
    const body = { ...(await draftOf(client, templateKey, files)), clientKey: randomUUID() };
    return (await client.post<SubmitAnswer>('/api/approvals/instances', body)).instanceId;
  }

  async function openTask(instanceId: string): Promise<string> {
    const [row] = await app.db.read((reads) =>
      reads.em.query<{ id: string }[]>(
        `select id from approval_task where instanceId = ? and status = 'pending'`,
        [instanceId],
      ),
    );
    return row?.id ?? '';
  }

  /** A request of the guard's whose only task the actor holds. */
  async function heldBy(actor: ActorKey, templateKey = 'matrix'): Promise<string> {
    const instanceId = await submitAs('guard', templateKey);
    const president = await clientAs('president');
    const taskId = await openTask(instanceId);
    await president.post(`/api/approvals/tasks/${taskId}/transfer`, { toPersonId: personId(actor) });
    return instanceId;
  }

  /** The task of the bystander, added by the actor to theirs. */
  async function addedBy(actor: ActorKey): Promise<string> {
    const instanceId = await heldBy(actor);
    const client = await clientAs(CAST[actor]);
    const body = { placement: 'before', personIds: [idOf('teachingOffice')] };
    await client.post(`/api/approvals/tasks/${await openTask(instanceId)}/add`, body);
    return openTask(instanceId);
  }

  async function askedOf(actor?: ActorKey): Promise<string> {
    const asked = actor === undefined ? idOf('teachingOffice') : personId(actor);
    const instanceId = await submitAs('guard');
    const president = await clientAs('president');
    const body = { personIds: [asked], question: '是否合适' };
    await president.post(`/api/approvals/tasks/${await openTask(instanceId)}/consult`, body);
    const [row] = await app.db.read((reads) =>
      reads.em.query<{ id: string }[]>('select id from approval_task where instanceId = ? and personId = ?', [
        instanceId,
        asked,
      ]),
    );
    return row?.id ?? '';
  }

  async function sentTo(actor: ActorKey): Promise<string> {
    const instanceId = await submitAs('guard');
    const guard = await clientAs('guard');
    await guard.post(`/api/approvals/instances/${instanceId}/circulate`, { personIds: [personId(actor)] });
    return instanceId;
  }

  async function withFile(key: CastKey): Promise<{ instanceId: string; fileId: string }> {
    const client = await clientAs(key);
    const uploaded = await client.upload('/api/files', '证明.png', PNG);
    const { fileId } = (await uploaded.json()) as { fileId: string };
    return { instanceId: await submitAs(key, 'matrix', [fileId]), fileId };
  }

  const accounts = await openAccountsStage(started, unitId, idOf);

  async function stranger(): Promise<string> {
    const now = started.clock.now();
    const row: DifferenceRow = {
      id: newId(),
      subjectType: 'member',
      subjectId: 'wx_0931',
      field: 'stranger',
      openKey: 'member:wx_0931:stranger',
      ours: null,
      theirs: { departments: [2] },
      state: 'open',
      foundBy: 'nightly',
      happenedAt: null,
      firstSeenAt: now,
      openedAt: now,
      lastSeenAt: now,
      byUserid: null,
      byAt: null,
      byHow: null,
      actedAt: null,
      actedBy: null,
      reason: null,
      linkedPersonId: null,
      returns: 0,
      settledAt: null,
      version: 1,
    };
    await app.db.write(SEED, (tx) => insertRows(tx, DifferenceTable, [row]));
    return row.id;
  }

  const foreignRequest = () => once('foreign', () => submitAs('guard'));

  return {
    accounts,
    leave: openLeaveStage(started),
    fileAudits: openFileAuditsStage(
      started,
      personId('superAdmin'),
      [idOf('hrHead'), idOf('attendanceOfficer')],
      unitId,
    ),
    native: openNativeStage(started, unitId),
    repairs: openRepairsStage(started, idOf('teachingOffice'), unitId),
    design: openDesignStage(started, idOf(CAST.moduleManager), idOf('teachingOffice')),
    seals: openSealsStage(started, idOf('teachingOffice'), unitId),
    meetingRooms: openMeetingRoomsStage(started, idOf('teachingOffice'), unitId('D20')),
    url: started.url,
    bystander: idOf('teachingOffice'),
    other: idOf('kindergarten'),
    clientOf: (actor) => (actor === 'nobody' ? Promise.resolve(started.browser()) : clientAs(CAST[actor])),
    forget: (actor) => void (actor !== 'nobody' && clients.delete(CAST[actor])),
    personId,
    unitId,
    draft: async (actor) => draftOf(await clientAs(CAST[actor]), 'matrix'),
    submission: async (actor) => ({
      ...(await draftOf(await clientAs(CAST[actor]), 'matrix')),
      clientKey: randomUUID(),
    }),
    request(actor, mine, { fresh = false } = {}) {
      const make = () => (mine === 'holder' ? heldBy(actor) : submitAs(CAST[actor]));
      return fresh ? make() : once(`${actor}:${mine}`, make);
    },
    taskOf: async (actor) => openTask(await heldBy(actor)),
    addedBy,
    carriedOutBy: async (actor) => openTask(await heldBy(actor, 'matrixHandled')),
    askedOf,
    sentTo,
    file: (actor) => once(`${actor}:file`, () => withFile(CAST[actor])),
    foreignRequest,
    foreignTask: async () => openTask(await foreignRequest()),
    foreignFile: () => once('foreign:file', () => withFile('guard')),
    async waiting() {
      // Who decides second is locked while the first decides, so that nobody is left for the seat.
      const second = idOf('partySecretary');
      await app.db.write(SEED, (tx) => app.directory.unlockPerson(tx, second));
      const instanceId = await submitAs('guard', 'matrixWaiting');
      await app.db.write(SEED, (tx) => app.directory.lockPerson(tx, second));
      const president = await clientAs('president');
      await president.post(`/api/approvals/tasks/${await openTask(instanceId)}/approve`, {});
      const admin = await clientAs('secondAdmin');
      const { emptySeats } = await admin.get<{ emptySeats: { stepId: string; seat: number }[] }>(
        `/api/approvals/instances/${instanceId}`,
      );
      const seats = emptySeats.map(({ seat }) => ({ seat, personId: idOf('president') }));
      return { params: { instanceId }, body: { stepId: emptySeats[0]?.stepId ?? '', seats } };
    },
    grantOf: (role) =>
      app.db.write(SEED, (tx) =>
        app.access.grantRole(tx, {
          personId: idOf('kindergarten'),
          role,
          scopeUnitId: null,
          untilAt: null,
        }),
      ),
    delegationOf,
    correction: (asker, field) => correction(asker, field),
    async correctionFile(asker) {
      const client = await clientAs(castOf(asker));
      const uploaded = await client.upload('/api/files', '证明.png', PNG);
      const { fileId } = (await uploaded.json()) as { fileId: string };
      return { correctionId: await correction(asker, 'grade', [fileId]), fileId };
    },
    undertaking,
    withdrawCorrections,
    async photoFile(actor) {
      const uploaded = await (await clientAs(CAST[actor])).upload('/api/files', '照片.png', png(295, 413));
      return ((await uploaded.json()) as { fileId: string }).fileId;
    },
    async accountCheck(about, state) {
      const id = newId();
      const row: CheckRow = {
        id,
        personId: about,
        state,
        round: 1,
        openKey: null,
        signs: [],
        raisedAt: 1,
        endedAt: null,
        outcome: null,
        version: 1,
      };
      await app.db.write(SEED, (tx) => insertRows(tx, CheckTable, [row]));
      return id;
    },
    directorySet: async () => {
      const body = { name: `集合${newId().slice(-12)}`, definition: { kind: 'list', personIds: [] } };
      const admin = await clientAs('superAdmin');
      return (await admin.post<{ setId: string }>('/api/directory/sets', body)).setId;
    },
    strangerInWeCom: () => once('stranger', stranger),
    consoleFinding,
    auditEntry: () =>
      once('auditEntry', async () => {
        const rows = await app.db.read((reads) =>
          reads.em.query<{ id: string }[]>('select id from audit_entry order by id limit 1'),
        );
        return rows[0]?.id ?? '';
      }),
    source: () => once('source', async () => (await setUp(SOURCE)).sourceId),
    scimSource: () =>
      app.db.write(systemActor('cli:scim'), async (tx) => {
        const source = `idp-${newId().slice(-12)}`;
        await addSource(tx, source, '统一身份认证');
        await issueKey(tx, source);
        const key = (await listScimSources(tx)).find((one) => one.source === source)?.keys[0];
        return { source, keyId: key?.keyId ?? '' };
      }),
    pushKey: () =>
      once('pushKey', async () => {
        const { pushKey } = await setUp({ kind: 'push', name: '推送', empties: 'notProvided' });
        await fetch(`${started.url}/api/hr/push`, {
          method: 'POST',
          headers: { authorization: `Bearer ${pushKey}` },
          body: JSON.stringify({ batchId: 'b-1', part: { number: 1, people: [{ staffNo: '00990' }] } }),
        });
        return pushKey;
      }),
    pushSource: () => setUp({ kind: 'push', name: '推送', empties: 'notProvided' }),
    unitActWish,
    unitAct: proposal,
    ownUnitAct: async (actor) =>
      actor === 'hrMaintainer' || actor === 'superAdmin'
        ? proposed(await clientAs(CAST[actor]), unitActWish('D2003', 'D2002'))
        : proposal(),
    statement: async (begun = false, bringer) => {
      if (begun) return once('statement:begun', () => statement(true));
      const made = await statement(false);
      if (bringer)
        await app.db.write(SEED, (tx) =>
          tx.em.query('update hr_batch set createdBy = ? where id = ?', [personId(bringer), made.batchId]),
        );
      return made;
    },
  };

  async function consoleFinding(about: string): Promise<string> {
    const id = newId();
    const row: ConsoleFindingRow = {
      id,
      kind: 'unregistered',
      userid: 'somebody',
      personId: about,
      firstAt: 1,
      lastAt: 1,
      times: 1,
      detailType: null,
      info: '',
      openKey: null,
      settledAt: null,
      settledBy: null,
      note: '',
    };
    await app.db.write(SEED, (tx) => insertRows(tx, ConsoleFindingTable, [row]));
    return id;
  }

  function castOf(holder: string): CastKey {
    const key = (Object.keys(demoCast) as CastKey[]).find((one) => idOf(one) === holder);
    if (!key) throw new Error('nobody of the cast');
    return key;
  }

  async function withdrawCorrections(asker: string): Promise<void> {
    await app.db.write(SEED, (tx) =>
      tx.em.query(
        `update correction set state = 'withdrawn', openKey = null where personId = ? and state = 'open'`,
        [asker],
      ),
    );
  }

  function undertaking(personId: string): Promise<Call> {
    return once(`undertaking:${personId}`, async () => {
      const client = await clientAs(castOf(personId));
      const path = '/api/undertakings/own/no-classified-content';
      const { text } = await client.get<{ text: { version: number; sha256: string } }>(path);
      await client.post(path, { version: text.version, sha256: text.sha256, readToEnd: true });
      return { params: { textId: 'no-classified-content', personId } };
    });
  }

  async function correction(
    asker: string,
    field: 'grade' | 'mobile',
    fileIds: readonly string[] = [],
  ): Promise<string> {
    await withdrawCorrections(asker);
    const wanted = field === 'mobile' ? '13800009901' : '八级';
    const body = { field, wanted, reason: '登记有误', fileIds };
    const client = await clientAs(castOf(asker));
    return (await client.post<{ correctionId: string }>('/api/corrections', body)).correctionId;
  }

  async function setUp(draft: object): Promise<{ sourceId: string; pushKey: string }> {
    return (await clientAs('superAdmin')).post('/api/hr/sources', draft);
  }

  function unitActWish(from: string, into: string): object {
    const on = dateOf(started.clock.now());
    return { kind: 'merge', unitId: unitId(from), successorId: unitId(into), on, reason: '机构改革' };
  }

  async function proposed(client: Client, wish: object): Promise<string> {
    return (await client.post<{ actId: string }>('/api/hr/unit-acts', wish)).actId;
  }

  function proposal(): Promise<string> {
    return once('unitAct', async () =>
      proposed(await clientAs('secondAdmin'), unitActWish('D2002', 'D2001')),
    );
  }

  async function statement(begun: boolean): Promise<{ batchId: string; planId: string }> {
    const head = '工号,姓名,手机号,部门编码,人员类别,状态';
    const bytes = Buffer.from(`${head}\r\n00990,丁若兰,13800009901,D2001,院内,在职\r\n`);
    const { planId } = await app.hr.planFiles(SEED, [{ bytes, fileName: '人员.csv' }], { complete: false });
    if (begun) await startRun(app.hr.context, SEED, planId);
    const { batchId } = await app.db.read((reads) => loadPlan(reads, planId));
    return { batchId, planId };
  }
}

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);

/** One text, one file, and per step the people who decide it. */
async function publish(
  { app }: Started,
  key: string,
  deciders: string[][],
  how: { readonly role?: 'handle' } = {},
): Promise<void> {
  const template: Template = {
    key,
    version: 1,
    title: '事项',
    numberPrefix: key === 'matrix' ? 'JZ' : 'DD',
    icon: 'doc',
    hue: 'blue',
    group: '测试',
    sensitive: false,
    titleWords: '事项 {what}',
    fields: [
      { key: 'what', label: '内容', type: 'text', required: true, maxLength: 50 },
      { key: 'files', label: '附件', type: 'attachment', required: false, maxFiles: 3 },
      { key: 'tel', label: '电话', type: 'phone', required: false, mobileOnly: false },
    ],
    computed: [],
    steps: deciders.map((personIds, at) => ({
      key: `decide${at}`,
      title: '审批',
      kind: 'approve',
      mode: 'any',
      refusal: 'FIRST_ACTION',
      allowWorkdays: 1,
      requiresComment: false,
      fields: { what: 'edit' },
      ...how,
      assignees: [{ label: '审批', by: { rule: 'named', personIds }, fallback: [] }],
    })),
    quickReasons: [],
  };
  await app.db.write(SEED, (tx) => app.approvals.publish(tx, [template]));
}
