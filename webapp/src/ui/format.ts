/** Times and dates as people read them, in Asia/Shanghai whatever the zone of the device (rule R38). */
const OFFSET_MS = 8 * 3_600_000;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const local = (at: number): string => new Date(at + OFFSET_MS).toISOString();

/** `YYYY-MM-DD` of an instant. Never from a local Date's toISOString(), which gives the day before. */
export const dateOf = (at: number): string => local(at).slice(0, 10);

/** `16:05` */
export const timeOf = (at: number): string => local(at).slice(11, 16);

/** `11-26`, with the year only when it is not this year. */
export function shortDate(date: string, now = Date.now()): string {
  return date.slice(0, 4) === dateOf(now).slice(0, 4) ? date.slice(5) : date;
}

/** `11-19 16:05` */
export const stamp = (at: number, now = Date.now()): string => `${shortDate(dateOf(at), now)} ${timeOf(at)}`;

/** With the year, for paper and proofs. */
export const fullStamp = (at: number): string => `${dateOf(at)} ${timeOf(at)}`;

export const weekday = (date: string): string => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** `11-26 周四` */
export const dayWords = (date: string, now = Date.now()): string =>
  `${shortDate(date, now)} ${weekday(date)}`;

/** The calendar's Date objects carry the day in the device's own zone. */
export function fromPicker(day: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export function toPicker(date: string): Date {
  const [year = 2000, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}

/** `86 KB`, `1.4 MB` */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Keeps a figure and its unit on one line: "3.5 个工作日" never breaks after 3.5. Dates and times are left alone. */
export const glue = (words: string): string =>
  words.replace(/(^|[^\d:.-])(\d+(?:\.\d+)?) (?=\p{Script=Han})/gu, '$1$2\u00a0');
