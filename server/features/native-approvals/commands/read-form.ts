import { systemActor } from '../../../kernel/actor.ts';
import { HOUR_MS } from '../../../kernel/dates.ts';
import { againOnClash } from '../../../platform/db/again-on-clash.ts';
import { FixData, FixPermission, WeComError, type NativeCase } from '../../../wecom/index.ts';
import type { NativeContext } from '../context.ts';
import { caseByNumber } from '../store.ts';
import { saveForm } from './save-form.ts';

const actor = systemActor('job:native.read');
/** No such form; and no right to it, where the app is listed: the applicant left or is out of its visible range. */
const NO_SUCH_FORM = 301025;
const MOST_TRIES = 5;

/**
 * Read a form from 企业微信 and keep it (D10: an event only says that it may have changed). Late, repeated and lost
 * events do no harm: what is kept is what the API says, and never an older answer over a newer one.
 * @returns false: 企业微信 does not show this form
 * @throws WeComError where the app may not read at all, or 企业微信 is busy
 */
export async function readForm(ctx: NativeContext, number: string, now: number): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await ctx.db.read((reads) => caseByNumber(reads, number));
    const answer = await ask(ctx, number, now);
    const saved = await againOnClash(() =>
      ctx.db.write(actor, (tx) => saveForm(ctx, tx, before, number, answer)),
    );
    if (saved !== 'stale') return answer !== null;
    if (attempt >= MOST_TRIES) throw new Error('native-approvals: the form keeps changing while it is read');
  }
}

/** What is wrong with one form, and asking again later changes nothing of it: it holds up no other. */
export const isOfThisForm = (error: unknown): boolean =>
  error instanceof WeComError && (error.handling === 'permanent' || error.handling === 'fixData');

async function ask({ port }: NativeContext, number: string, now: number): Promise<NativeCase | null> {
  try {
    return await port.detail(number);
  } catch (error) {
    if (error instanceof FixData && error.errcode === NO_SUCH_FORM) return null;
    if (!(error instanceof FixPermission)) throw error;
    // The same number says that the app is not listed: then the list is refused as well, and that is thrown.
    await port.numbers({ from: now - HOUR_MS, until: now }).next();
    return null;
  }
}
