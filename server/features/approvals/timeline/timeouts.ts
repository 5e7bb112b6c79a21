/** What happened because nobody acted in time; by no person (R46). */
import type { TimelineRow } from '../contract.ts';
import type { InstanceState } from '../model/state.ts';
import type { TimeoutState } from '../model/timeouts.ts';
import { row } from './row.ts';

const SYSTEM = '系统';

export const timeoutRows = ({ timeouts = [] }: InstanceState): TimelineRow[] =>
  timeouts.map((one) =>
    row(one.timeoutId, 'comment', 'done', { name: SYSTEM, role: words(one), at: one.at }),
  );

function words({ act, holder, people }: TimeoutState): string {
  const names = people.map(({ name }) => name).join('、');
  switch (act) {
    case 'remind':
      return `超时提醒：${holder.name}`;
    case 'escalate':
      return names === '' ? `${holder.name}超时，没有上级可告知` : `${holder.name}超时，已告知${names}`;
    case 'handToSuperior':
      return names === '' ? `${holder.name}超时，没有上级可转` : `${holder.name}超时，转由上级${names}处理`;
    case 'pass':
      return `${holder.name}超时，按规定自动通过`;
  }
}
