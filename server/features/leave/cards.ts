/** The card that asks to report back. Saying that one is at work needs no words and no proof; an extension does. Pure. */
import type { CardContent } from '../../wecom/cards/content.ts';
import type { AbsenceRow } from './tables.ts';

export const BACK_CARD = 'leave.back';
export const BACK_KEY = 'back';

type Asked = Pick<AbsenceRow, 'id' | 'askedAt'>;

/** Who is asked again, since an extension came to nothing, gets another card. */
export const refOf = ({ id, askedAt }: Asked): string => `${id}:${askedAt ?? 0}`;

/** @param until 今天 17:30; '' where nothing is known */
export const backCard = (
  { typeLabel, toOn }: Pick<AbsenceRow, 'typeLabel' | 'toOn'>,
  { until, url }: { readonly until: string; readonly url: string },
): CardContent => ({
  cardType: 'button_interaction',
  source: { desc: '办公助手 · 请假' },
  title: `上班了请销假：你的${typeLabel}到 ${toOn.slice(5)}`,
  desc: until === '' ? '请销假' : `请在 ${until} 前销假`,
  actionUrl: url,
  buttons: [
    { text: '我已返岗', style: 1, key: BACK_KEY },
    { text: '续假或看详情', style: 3, url },
  ],
});

/** What the card says now; null: it still asks. */
export function wordsOfBack(row: Pick<AbsenceRow, 'state'> & Asked, ref: string): string | null {
  switch (row.state) {
    case 'open':
      return refOf(row) === ref ? null : '已失效';
    case 'extended':
      return '已续假';
    case 'returned':
      return '已销假';
    case 'cancelled':
      return '已取消';
    case 'ended':
      return '已失效';
  }
}
