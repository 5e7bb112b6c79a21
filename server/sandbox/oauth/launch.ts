import type { Context } from 'koa';
import { opaque } from '../state/ids.ts';
import { fold, memberOf } from '../state/directory.ts';
import type { World } from '../world.ts';
import { problemPage } from './pages.ts';

/**
 * Opening the H5 as a member. Two cookies say who: a ticket that the very next authorize request uses up, and,
 * for iframes only, the member it was for, so that a session that ends inside the phone logs the same person in
 * again. A page opened directly in a tab has neither and gets the picker.
 */
export interface Launches {
  /** GET /phone/h5?member=&to= */
  open(ctx: Context): void;
  /** Whom this authorize request is for, if the phone said so. */
  memberFor(ctx: Context): string | null;
}

const TICKET = 'sandbox_launch';
const MEMBER = 'sandbox_member';
const TICKET_LIFE_MS = 60_000;
const MEMBER_LIFE_MS = 12 * 3_600_000;

interface Ticket {
  userid: string;
  framed: boolean;
  /** Real time: this is about a browser, not about the corp. */
  until: number;
}

export function createLaunches(world: World): Launches {
  const tickets = new Map<string, Ticket>();
  const set = (ctx: Context, name: string, value: string, maxAge: number): void => {
    ctx.cookies.set(name, value, { httpOnly: true, sameSite: 'lax', path: '/', maxAge, overwrite: true });
  };
  return {
    open: (ctx) => {
      const query = new URL(ctx.url, world.url).searchParams;
      const member = memberOf(world.data, query.get('member') ?? '');
      if (member === undefined) {
        ctx.status = 404;
        ctx.type = 'html';
        ctx.body = problemPage('没有这个成员', '请回到沙箱手机，重新选一个人。');
        return;
      }
      const target = targetOf(world, query.get('to'));
      if (target === null) {
        ctx.status = 400;
        ctx.type = 'html';
        ctx.body = problemPage('打不开这个链接', '链接不是 http 或 https 地址。');
        return;
      }
      for (const [id, { until }] of tickets) if (until < Date.now()) tickets.delete(id);
      const id = opaque(18);
      const framed = isFramed(ctx);
      tickets.set(id, { userid: member.userid, framed, until: Date.now() + TICKET_LIFE_MS });
      set(ctx, TICKET, id, TICKET_LIFE_MS);
      if (framed) set(ctx, MEMBER, encodeURIComponent(member.userid), MEMBER_LIFE_MS);
      world.ledger.startAct('h5', member.userid, `${member.name}打开了应用页面`);
      ctx.set('Cache-Control', 'no-store');
      ctx.redirect(target);
    },
    memberFor: (ctx) => {
      const id = ctx.cookies.get(TICKET);
      const ticket = id === undefined ? undefined : tickets.get(id);
      if (id !== undefined && ticket !== undefined && ticket.framed === isFramed(ctx)) {
        tickets.delete(id);
        set(ctx, TICKET, '', 0);
        if (ticket.until >= Date.now()) return ticket.userid;
      }
      const remembered = isFramed(ctx) ? ctx.cookies.get(MEMBER) : undefined;
      const known = remembered === undefined ? undefined : memberOf(world.data, fold(decode(remembered)));
      return known?.userid ?? null;
    },
  };
}

const isFramed = (ctx: Context): boolean => ctx.get('sec-fetch-dest') === 'iframe';

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Pages of the app go through its login, which asks us again; others open as they are. null = not a web page. */
function targetOf(world: World, to: string | null): string | null {
  const home = new URL(world.data.app.homeUrl);
  const wanted = URL.canParse(to ?? '', home.href) ? new URL(to ?? '', home) : null;
  if (wanted === null || !/^https?:$/.test(wanted.protocol)) return null;
  const { loginPath = '/api/auth/login' } = world.settings.app;
  if (loginPath === null || wanted.origin !== home.origin) return wanted.href;
  const login = new URL(loginPath, home);
  login.searchParams.set('switch', '1');
  login.searchParams.set('return', `${wanted.pathname}${wanted.search}${wanted.hash}`);
  return login.href;
}
