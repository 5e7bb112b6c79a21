import type { Reads } from '../platform/db/unit-of-work.ts';
import type { TodoSource } from '../features/portal/index.ts';
import type { Repairs } from '../features/repairs/index.ts';
import type { Supervision } from '../features/supervision/index.ts';

/** Their room counts its tasks itself; the clocks run beside. */
export const COUNTED_BY_THEIR_ROOM: readonly string[] = ['approval'];

type Look = Pick<Awaited<ReturnType<TodoSource['list']>>[number], 'icon' | 'hue' | 'note'>;

/** Tile and second line by kind of subject; what is none of these is the system's own business. */
const LOOKS: Readonly<Record<string, Look>> = {
  account_check: { icon: 'user', hue: 'blue', note: '账号检查' },
  account_handover: { icon: 'user', hue: 'blue', note: '离职交接' },
  account_letter: { icon: 'user', hue: 'blue', note: '账号巡检' },
  account_lock: { icon: 'user', hue: 'blue', note: '账号' },
  account_request: { icon: 'user', hue: 'blue', note: '账号' },
  correction: { icon: 'user', hue: 'blue', note: '信息更正' },
  file_audit: { icon: 'doc', hue: 'blue', note: '个人档案核对' },
  leave: { icon: 'back', hue: 'blue', note: '请假销假' },
  meeting_booking: { icon: 'cal', hue: 'violet', note: '会议室' },
  native_approval: { icon: 'list', hue: 'violet', note: '在企业微信审批里办理' },
  photo: { icon: 'user', hue: 'blue', note: '照片' },
  repair_ticket: { icon: 'wrench', hue: 'teal', note: '报修' },
  seal_checkout: { icon: 'seal', hue: 'violet', note: '印章外借' },
  seal_use: { icon: 'seal', hue: 'violet', note: '用印' },
  undertaking: { icon: 'doc', hue: 'blue', note: '承诺书' },
};
const PLAIN: Look = { icon: 'clock', hue: 'blue', note: '' };

type Clocks = Pick<Supervision, 'countHeld' | 'listHeld' | 'holdersAfter' | 'dueOf'>;

/** What runs on a clock is offered by opening it: nearly every room's way of asking somebody for something. */
export const clockTodos = (supervision: Clocks): TodoSource => ({
  key: 'clocks',
  countOf: (reads, personId) => supervision.countHeld(reads, personId, COUNTED_BY_THEIR_ROOM),
  list: async (reads, personId, page) => {
    const rows = await supervision.listHeld(reads, personId, { ...page, besides: COUNTED_BY_THEIR_ROOM });
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      who: '',
      path: row.path,
      due: supervision.dueOf(row, reads.now),
      ...(LOOKS[row.subjectType] ?? PLAIN),
    }));
  },
  holdersAfter: (reads, personId, limit) =>
    supervision.holdersAfter(reads, personId, limit, COUNTED_BY_THEIR_ROOM),
});

/** What was mended and waits for its reporter's word; nobody is late with it: it is closed by the time (R46). */
export const acceptanceTodos = ({ acceptances }: Pick<Repairs, 'acceptances'>): TodoSource => ({
  key: 'repairs',
  countOf: async (reads: Reads, personId: string) => ({
    total: await acceptances.countOf(reads, personId),
    overdue: 0,
    today: 0,
  }),
  list: async (reads, personId, page) => {
    const found = await acceptances.list(reads, personId, page);
    return found.map((one) => ({
      ...one,
      who: '',
      icon: 'wrench',
      hue: 'teal' as const,
      due: { dueAt: null, provisional: false, state: 'none' as const, words: '' },
    }));
  },
  holdersAfter: acceptances.holdersAfter,
});
