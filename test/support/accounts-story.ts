/** Accounts as people of the college go about them, through HTTP. */
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type {
  AccountsAnswer,
  CancellationAnswer,
  RequestActAnswer,
  RequestAnswer,
  SheetActAnswer,
  SheetAnswer,
} from '../../server/features/accounts/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { dateOf } from '../../server/kernel/dates.ts';
import type { Client } from './client.ts';
import { type Started, startApp } from './start-app.ts';

const SEED = systemActor('test:accounts');
export const LETTER = { number: '信息函〔2026〕7号', fileId: null };

/** The head and the liaison send for their units, HR accepts comings and leavings, IT carries out. */
const ROLES = {
  head: 'unitHead',
  liaison: 'teachingOffice',
  hr: 'hrMaintainer',
  it: 'superAdmin',
  second: 'secondAdmin',
  /** Named to read why somebody is locked. */
  reader: 'hrHead',
  colleague: 'colleague',
  stranger: 'librarian',
} as const satisfies Readonly<Record<string, CastKey>>;
type Who = keyof typeof ROLES;

export type AccountsStory = Awaited<ReturnType<typeof accountsStory>>;

export async function accountsStory(now?: string) {
  const s: Started = await startApp(now === undefined ? {} : { now });
  const { app } = s;
  const org = await app.db.read((reads) => app.directory.orgOf(reads));
  const idOf = (key: CastKey) => org.personByUserid(demoCast[key].userid)?.personId ?? '';
  const unitOf = (code: string) => org.units().find((unit) => unit.code === code)?.unitId ?? '';
  await app.db.write(SEED, (tx) =>
    app.access.grantRole(tx, {
      personId: idOf(ROLES.liaison),
      role: 'liaison',
      scopeUnitId: unitOf('D06'),
      untilAt: null,
    }),
  );
  const clients = new Map<Who, Promise<Client>>();
  const as = (who: Who): Promise<Client> => {
    const known = clients.get(who) ?? s.signIn(demoCast[ROLES[who]].userid);
    clients.set(who, known);
    return known;
  };

  const post = async <T>(who: Who, path: string, body: object = {}): Promise<T> =>
    (await as(who)).post<T>(`/api/accounts${path}`, body);
  const get = async <T>(who: Who, path: string): Promise<T> => (await as(who)).get<T>(`/api/accounts${path}`);
  /** The code of a refusal. */
  const refusal = async (who: Who, path: string, body: object = {}): Promise<string> => {
    const answer = await (await as(who)).send('POST', `/api/accounts${path}`, body);
    return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
  };
  const request = (requestId: string, who: Who = 'it') => get<RequestAnswer>(who, `/requests/${requestId}`);

  async function begin(who: Who, kind: string, personId: string, form: object): Promise<string> {
    const { requestId } = await post<RequestActAnswer>(who, '/requests', {
      personId,
      filled: { kind, form },
    });
    return requestId;
  }
  const submit = (who: Who, requestId: string, unit: string) =>
    post<RequestActAnswer>(who, `/requests/${requestId}/submit`, { unitId: unit, letter: LETTER });

  /** Everything that waits for a hand, with its proof. */
  async function confirmByHand(requestId: string): Promise<void> {
    for (const item of (await request(requestId)).items)
      if (item.status === 'running' && item.grade !== 'api')
        await post('it', `/requests/${requestId}/items/${item.itemId}/confirm`, { note: '已办' });
  }

  /** Accepted by who accepts this kind, carried out, and proved. */
  async function carryOut(requestId: string, acceptor: Who = 'it'): Promise<RequestAnswer> {
    await post(acceptor, `/requests/${requestId}/accept`);
    await post('it', `/requests/${requestId}/execute`);
    await confirmByHand(requestId);
    await s.settle();
    return request(requestId);
  }

  return {
    s,
    as,
    get,
    post,
    refusal,
    begin,
    submit,
    request,
    carryOut,
    confirmByHand,
    idOf,
    unitOf,
    /** Days pass: sessions end, so everybody signs in again. */
    async advance(ms: number): Promise<void> {
      await s.advance(ms);
      clients.clear();
    },
    today: () => dateOf(s.clock.now()),
    /** Everybody of the college has their accounts already. */
    async takeStock() {
      for (const systemCode of ['wecom', 'oa', 'attendance']) await post('it', '/stock', { systemCode });
    },
    /** `企业微信 正常 | OA 正常 | 无感考勤 正常`, without since when. */
    async accountsOf(personId: string, who: Who = 'it'): Promise<string> {
      const { accounts } = await get<AccountsAnswer>(who, `/people/${personId}`);
      return accounts.map(({ systemName, words }) => `${systemName} ${words.split('，')[0]}`).join(' | ');
    },
    person: (personId: string, who: Who = 'it') => get<AccountsAnswer>(who, `/people/${personId}`),
    cancellation: (requestId: string) => get<CancellationAnswer>('it', `/cancellations/${requestId}`),
    sheet: (sheetId: string, who: Who = 'head') => get<SheetAnswer>(who, `/handovers/${sheetId}`),
    /** Everything to one successor: chosen, tried, carried out. */
    async handOver(sheetId: string, successorId: string): Promise<SheetActAnswer> {
      await post('head', `/handovers/${sheetId}/assign`, { successorId });
      await post('head', `/handovers/${sheetId}/dry-run`);
      return post<SheetActAnswer>('head', `/handovers/${sheetId}/execute`);
    },
    member: (key: CastKey) =>
      s.sandbox.control
        .state()
        .members.find(({ userid }) => userid.toLowerCase() === demoCast[key].userid.toLowerCase()),
    asSystem: <T>(work: Parameters<typeof app.db.write<T>>[1]) => app.db.write(SEED, work),
    clocksOf: (subjectType: string, subjectId: string) =>
      app.db.read((reads) => app.supervision.listOfSubjects(reads, subjectType, [subjectId])),
    audited: (action: string) =>
      app.db.read(async (reads) =>
        reads.em.query<{ actorId: string; targetId: string }[]>(
          'select actorId, targetId from audit_entry where action = ? order by id',
          [action],
        ),
      ),
  };
}
