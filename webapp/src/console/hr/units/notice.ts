import { stamp } from '../../../ui/format.ts';
import type { UnitActAnswer } from './api.ts';
import { u } from './words.ts';

interface Said {
  readonly tone: 'blue' | 'amber' | 'red' | 'green';
  readonly lead: string;
  readonly text: string;
}

const words = u.notice;

/** The one thing to know now. */
export function noticeOf(act: UnitActAnswer): Said {
  switch (act.state) {
    case 'done':
      return {
        tone: 'green',
        lead: words.doneLead,
        text: words.done(stamp(act.endedAt ?? 0), act.endedBy ?? ''),
      };
    case 'withdrawn':
      return { tone: 'amber', lead: words.withdrawnLead, text: words.withdrawn };
    case 'expired':
      return { tone: 'amber', lead: words.expiredLead, text: words.expired };
    case 'outdated':
      return { tone: 'red', lead: words.outdatedLead, text: words.outdated };
    case 'waiting':
      return waiting(act);
  }
}

function waiting({ can, limits, refreshedAt }: UnitActAnswer): Said {
  if (limits.some(({ exceeded }) => exceeded))
    return { tone: 'red', lead: words.limitLead, text: words.limit };
  const why = can.why === null ? '' : (words.why[can.why] ?? '');
  if (refreshedAt !== null)
    return { tone: 'amber', lead: words.refreshedLead(stamp(refreshedAt)), text: words.refreshed + why };
  if (can.confirm) return { tone: 'blue', lead: words.yoursLead, text: words.yours };
  return { tone: 'blue', lead: words.waitingLead, text: why || words.waiting };
}

export const toneOf = (state: UnitActAnswer['state']): string =>
  ({ waiting: 'blue', done: 'green', withdrawn: '', expired: 'amber', outdated: 'red' })[state];
