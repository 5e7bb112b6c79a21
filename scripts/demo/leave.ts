import { randomUUID } from 'node:crypto';
import type { App } from '../../server/app.ts';

import { addDays, dateOf, type CalendarDate } from '../../server/kernel/dates.ts';
import { act } from './act.ts';
import { demoCast } from './cast.ts';

type Product = Pick<App, 'access' | 'db' | 'directory' | 'http' | 'routes' | 'supervision'>;

const HR = demoCast.hrMaintainer;
/** Whom a list begins with, HR, the story's college and one whose people are in no story. */
const UNITS = ['D01', 'D02', 'D05', 'D20', 'D40'];
const OTHERS = 'D40';

/**
 * HR has begun to enter since when people work, and in a college of no story one person is away today and one will be.
 * By the room's own commands; what they had to say is cleared with the rest (`fillRecords`).
 */
export async function fillLeave(app: Product): Promise<void> {
  const org = await app.db.read(app.directory.orgOf);
  const within = (codes: readonly string[]) => {
    const units = org.units().filter(({ code }) => codes.includes(code));
    return org
      .people()
      .filter(
        ({ personId, category }) =>
          category === 'internal' &&
          org
            .assignmentsOf(personId)
            .some((post) => units.some(({ unitId }) => org.isWithin(post.unitId, unitId))),
      )
      .sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1));
  };
  for (const { personId, userid, staffNo } of within(UNITS)) {
    if (userid === HR.userid) continue;
    await act(app, HR.userid, `post /api/leave/accounts/${personId}/service`, {
      workSinceOn: workSince(Number(staffNo)),
      isEntitled: true,
    });
  }
  const [head] = org.units().flatMap(({ code, unitId }) => (code === OTHERS ? org.headsOf(unitId) : []));
  const headId = org.person(head?.personId ?? '')?.userid;
  const cast = new Set<string>(Object.values(demoCast).map(({ userid }) => userid));
  const [away, planned] = within([OTHERS]).filter(
    ({ personId, userid }) =>
      !cast.has(userid ?? '') && org.assignmentsOf(personId).every(({ isHead }) => !isHead),
  );
  if (headId === undefined || !away?.userid || !planned?.userid) return;
  const today = await app.db.read((reads) => Promise.resolve(dateOf(reads.now)));
  const soon = workdayAfter(app, addDays(today, 3));
  await leaveOf(app, away.userid, headId, { from: workdayBefore(app, today), to: workdayAfter(app, today) });
  await leaveOf(app, planned.userid, headId, { from: soon, to: soon });
}

/** Tiers of every kind: below ten years, below twenty, above. */
const workSince = (seed: number): CalendarDate =>
  `${String(1992 + (seed % 31))}-0${String(1 + (seed % 9))}-01`;

async function leaveOf(
  app: Product,
  userid: string,
  headId: string,
  days: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<void> {
  const template = await act<{ version: number; posts: readonly { assignmentId: string }[] }>(
    app,
    userid,
    'get /api/approvals/templates/leave',
  );
  const { instanceId } = await act<{ instanceId: string }>(app, userid, 'post /api/approvals/instances', {
    templateKey: 'leave',
    version: template.version,
    assignmentId: template.posts[0]?.assignmentId ?? '',
    form: { type: 'annual', range: { ...days, fromHalf: 'am', toHalf: 'pm' }, reason: '回乡探亲' },
    clientKey: randomUUID(),
  });
  const { myTask } = await act<{ myTask: { taskId: string } | null }>(
    app,
    headId,
    `get /api/approvals/instances/${instanceId}`,
  );
  if (myTask) await act(app, headId, `post /api/approvals/tasks/${myTask.taskId}/approve`, {});
}

/** The nearest one; a year that is not published counts weekdays. */
function workdayBefore({ supervision }: Product, day: CalendarDate): CalendarDate {
  let on = addDays(day, -1);
  while (supervision.calendar.isWorkday(on) === false) on = addDays(on, -1);
  return on;
}
function workdayAfter({ supervision }: Product, day: CalendarDate): CalendarDate {
  let on = addDays(day, 1);
  while (supervision.calendar.isWorkday(on) === false) on = addDays(on, 1);
  return on;
}
