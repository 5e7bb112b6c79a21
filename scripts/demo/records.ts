import type { App } from '../../server/app.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { addDays, dateOf } from '../../server/kernel/dates.ts';
import { recordAct } from '../../server/platform/audit/index.ts';
import { act, actorOf } from './act.ts';
import { demoCast, type CastKey } from './cast.ts';
import { portrait, type Sitter } from './portrait.ts';

type Product = Pick<App, 'access' | 'db' | 'directory' | 'files' | 'http' | 'routes'>;

const { hrMaintainer, hrHead, attendanceOfficer } = demoCast;
const HR = hrMaintainer.userid;

/**
 * The rooms about people's records have something in them from the first minute: a newcomer who waits for HR's number,
 * photos to look at, an audit of files under way. By the rooms' own commands, before anything is sent; what those had to
 * say belongs to before the story, so nobody's phone rings for it.
 */
export async function fillRecords(app: Product): Promise<void> {
  await reportNewcomer(app);
  await putPhotos(app);
  await auditLibrary(app);
  await app.db.write(systemActor('demo.fill'), async (tx) => {
    await tx.em.query(`delete from job where name = 'messaging.send'`);
    await tx.em.query(`delete from message where state = 'queued'`);
    recordAct(tx, { action: 'demo.fill', targetType: 'demo', targetId: 'records' });
  });
}

/** Took up duty today; the card number is of the test area 110105 and of nobody. */
async function reportNewcomer(app: Product): Promise<void> {
  const org = await app.db.read(app.directory.orgOf);
  const unitId = unitOf(org, 'D4002');
  const [head] = org.headsOf(unitId);
  const answer = await act<{ requestId: string | null; faults: readonly { words: string }[] }>(
    app,
    org.person(head?.personId ?? '')?.userid ?? '',
    'post /api/accounts/newcomers',
    {
      newcomer: {
        name: '陆知微',
        idType: 'residentId',
        idNumber: '110105199606180020',
        mobile: '19900099606',
        title: '讲师',
        establishment: 'established',
      },
      form: { unitId, reportOn: dateOf(await nowOf(app)), category: 'established' },
      letter: { number: '经管函〔2026〕31 号' },
    },
  );
  const [fault] = answer.faults;
  if (fault) throw new Error(fault.words);
}

const SITTERS: readonly (Sitter & { readonly who: CastKey })[] = [
  { who: 'twoPosts', seed: 3, hair: 'short' },
  { who: 'secondAdmin', seed: 10, hair: 'short' },
  { who: 'headless', seed: 6, hair: 'long' },
  { who: 'teachingOffice', seed: 1, hair: 'short' },
  { who: 'attendanceOfficer', seed: 9, hair: 'long' },
  { who: 'librarian', seed: 4, hair: 'long' },
];

/** One is accepted, one goes back, the others wait. */
async function putPhotos(app: Product): Promise<void> {
  for (const { who, ...sitter } of SITTERS) {
    const { userid } = demoCast[who];
    const { fileId } = await app.files.keep(await actorOf(app, userid), '证件照.png', portrait(sitter));
    await act(app, userid, 'post /api/photos/own', { fileId });
  }
  const { items } = await act<{ items: readonly { personId: string; name: string; uploadedAt: number }[] }>(
    app,
    HR,
    'get /api/photos/review',
  );
  for (const { personId, name, uploadedAt } of items) {
    if (name === demoCast.secondAdmin.name)
      await act(app, HR, 'post /api/photos/review/accept', { items: [{ personId, uploadedAt }] });
    if (name === demoCast.twoPosts.name)
      await act(app, HR, `post /api/photos/review/${personId}/reject`, { uploadedAt, reason: 'blurred' });
  }
}

const FIELDS = ['name', 'unit', 'title', 'category', 'mobile', 'photo'] as const;
type Field = (typeof FIELDS)[number];
/** How far the library is: so many checked their own, of those so many were reviewed, of those so many judged. */
const [CHECKED, REVIEWED, JUDGED] = [9, 5, 2] as const;

interface File {
  readonly fileId: string;
  readonly person: { readonly personId: string; readonly staffNo: string; readonly title: string };
}

/** Drafted and started by two people of HR, and at every step there is a file. */
async function auditLibrary(app: Product): Promise<void> {
  const org = await app.db.read(app.directory.orgOf);
  const unitId = unitOf(org, 'D11');
  const headId = org.headsOf(unitId)[0]?.personId ?? '';
  const useridOf = (personId: string) => org.person(personId)?.userid ?? '';
  const today = dateOf(await nowOf(app));
  const { planId } = await act<{ planId: string }>(app, HR, 'post /api/file-audits/plans', {
    title: '图书馆人事档案审核',
    basis: '企业微信管理办法 第七条',
    guidance: '请对照聘书和身份证逐项核对。照片以近两年的证件照为准，没有的请先上传。',
    scope: { unitIds: [unitId], setIds: [], categories: [] },
    fields: FIELDS,
    steps: [
      { kind: 'self', workdays: 5 },
      { kind: 'unit', workdays: 3 },
      { kind: 'hr', workdays: 3 },
    ],
    fromOn: today,
    untilOn: addDays(today, 30),
    reviewerIds: [HR, attendanceOfficer.userid].map((userid) => org.personByUserid(userid)?.personId ?? ''),
  });
  await act(app, hrHead.userid, `post /api/file-audits/plans/${planId}/start`, { version: 1 });
  const { items } = await act<{ items: readonly File[] }>(
    app,
    HR,
    `get /api/file-audits/plans/${planId}/files?limit=50`,
  );
  const files = items
    .filter(({ person }) => person.personId !== headId)
    .sort((a, b) => (a.person.staffNo < b.person.staffNo ? -1 : 1))
    .slice(0, CHECKED);
  const doubtful = files.slice(REVIEWED).find(({ person }) => person.title === '馆员');
  for (const file of files) await checkOwn(app, file, useridOf(file.person.personId), file === doubtful);
  for (const { fileId } of files.slice(0, REVIEWED))
    await act(app, useridOf(headId), `post /api/file-audits/files/${fileId}/pass`, { doubts: [] });
  for (const { fileId } of files.slice(0, JUDGED)) await judge(app, fileId);
}

/** Whoever says that something is wrong has asked for its correction before. */
async function checkOwn(app: Product, { fileId }: File, userid: string, isPromoted: boolean): Promise<void> {
  if (isPromoted)
    await act(app, userid, 'post /api/corrections', {
      field: 'title',
      wanted: '副研究馆员',
      reason: '今年评上了副研究馆员，聘书已经交到人事处',
    });
  const said = (field: Field) => (isPromoted && field === 'title' ? 'wrong' : 'right');
  const answers = FIELDS.map((field) => ({ field, said: said(field) }));
  await act(app, userid, `post /api/file-audits/files/${fileId}/check`, { answers });
}

async function judge(app: Product, fileId: string): Promise<void> {
  const { fields } = await act<{ fields: readonly { field: Field; present: string | null }[] }>(
    app,
    HR,
    `get /api/file-audits/files/${fileId}`,
  );
  await act(app, HR, `post /api/file-audits/files/${fileId}/judge`, {
    verdicts: fields.map(({ field, present }) => ({
      field,
      verdict: present === null ? 'missing' : 'ok',
      note: null,
    })),
  });
}

const nowOf = (app: Product): Promise<number> => app.db.read((reads) => Promise.resolve(reads.now));

function unitOf(org: Awaited<ReturnType<Product['directory']['orgOf']>>, code: string): string {
  const unit = org.units().find((one) => one.code === code);
  if (!unit) throw new Error(`${code} is not in the demo college`);
  return unit.unitId;
}
