const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
/** Of four digits each, from the right. */
const GROUPS = ['', '万', '亿'];

/** The most that is written so: 9,999 亿 9,999 万 9,999.99 元, in fen; below what a double holds exactly. */
export const MAX_FEN = 99_999_999_999_999;

/**
 * An amount in the characters of cheques and vouchers: 壹仟零伍元整, 叁角整, 贰拾元零伍分. A zero is said once where
 * places are left out between digits; 整 closes what has no fen (人民银行《正确填写票据和结算凭证的基本规定》).
 * @param fen a whole number from 0 to `MAX_FEN`
 * @throws RangeError for anything else
 */
export function moneyInCharacters(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen > MAX_FEN) throw new RangeError(`not an amount: ${fen}`);
  const yuan = Math.floor(fen / 100);
  const whole = yuan === 0 ? '' : `${yuanWords(yuan)}元`;
  const small = smallWords(Math.floor(fen / 10) % 10, fen % 10, whole !== '');
  return `${whole}${small}` || '零元整';
}

function yuanWords(yuan: number): string {
  let words = '';
  for (let group = GROUPS.length - 1; group >= 0; group -= 1) {
    const four = Math.floor(yuan / 10_000 ** group) % 10_000;
    if (four === 0) continue;
    // A zero between groups: the group below begins with empty places, or a whole group is empty.
    const gap = words !== '' && (four < 1_000 || Math.floor(yuan / 10_000 ** (group + 1)) % 10_000 === 0);
    words += `${gap ? '零' : ''}${fourWords(four)}${GROUPS[group] ?? ''}`;
  }
  return words;
}

/** 1 to 9999: 壹仟零伍, 贰拾. */
function fourWords(four: number): string {
  let words = '';
  let gap = false;
  for (let place = PLACES.length - 1; place >= 0; place -= 1) {
    const digit = Math.floor(four / 10 ** place) % 10;
    if (digit === 0) {
      gap = words !== '';
      continue;
    }
    words += `${gap ? '零' : ''}${DIGITS.charAt(digit)}${PLACES[place] ?? ''}`;
    gap = false;
  }
  return words;
}

function smallWords(jiao: number, fen: number, afterYuan: boolean): string {
  if (jiao === 0 && fen === 0) return afterYuan ? '整' : '';
  const first = jiao === 0 ? (afterYuan ? '零' : '') : `${DIGITS.charAt(jiao)}角`;
  return fen === 0 ? `${first}整` : `${first}${DIGITS.charAt(fen)}分`;
}
