import type { HttpList, Paging } from '../contract.ts';
import { isRecord, valueAt } from '../json-path.ts';
import { trouble } from '../troubles.ts';

export interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** How many there are in all, as this page says; null: it does not. */
  readonly total: number | null;
  /** As of when, epoch ms; null: it does not say. */
  readonly asOfAt: number | null;
  readonly answer: unknown;
}

/** @throws refused `hr.source_no_items` {path}, `hr.source_no_total` {path}, `hr.source_no_as_of` {path} */
export function readPage(answer: unknown, { items, total, asOf }: HttpList): Page {
  const list = valueAt(answer, items);
  if (!Array.isArray(list) || !list.every(isRecord)) throw trouble('no_items', { path: items });
  return {
    items: list,
    total: total === '' ? null : totalAt(answer, total),
    asOfAt: asOf === '' ? null : instantAt(answer, asOf),
    answer,
  };
}

function totalAt(answer: unknown, path: string): number {
  const value = valueAt(answer, path);
  const total = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0) throw trouble('no_total', { path });
  return total;
}

const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/;
const SECONDS_END = 100_000_000_000;

/** ISO 8601, in Shanghai when no zone is given; or Unix time in seconds or milliseconds. */
function instantAt(answer: unknown, path: string): number {
  const value = valueAt(answer, path);
  const at =
    typeof value === 'number'
      ? value * (value < SECONDS_END ? 1_000 : 1)
      : typeof value === 'string'
        ? Date.parse(ZONED.test(value) ? value : `${value.replace(' ', 'T')}+08:00`)
        : Number.NaN;
  if (!Number.isFinite(at)) throw trouble('no_as_of', { path });
  return Math.trunc(at);
}

export function firstUrl(origin: string, { path, paging }: HttpList): URL {
  const url = new URL(path, origin);
  if (paging.by === 'page') url.searchParams.set(paging.param, String(paging.first));
  if (paging.by === 'offset') url.searchParams.set(paging.param, '0');
  if ('sizeParam' in paging) url.searchParams.set(paging.sizeParam, String(paging.size));
  return url;
}

/**
 * Where the next page is; null: this was the last. Numbers and offsets go on to an empty page or to the total, since a
 * source may well give fewer than it was asked for.
 * @param read rows read so far, with this page
 */
export function nextUrl(paging: Paging, url: URL, page: Page, read: number): URL | null {
  switch (paging.by) {
    case 'none':
      return null;
    case 'page':
      return isLast(page, read) ? null : withParam(url, paging.param, numberIn(url, paging.param) + 1);
    case 'offset':
      return isLast(page, read) ? null : withParam(url, paging.param, read);
    case 'cursor': {
      const cursor = wordAt(page.answer, paging.next);
      return cursor === null ? null : withParam(url, paging.param, cursor);
    }
    case 'link': {
      const next = wordAt(page.answer, paging.next);
      return next === null ? null : linked(next, url);
    }
  }
}

const isLast = ({ items, total }: Page, read: number): boolean =>
  items.length === 0 || (total !== null && read >= total);

const numberIn = (url: URL, param: string): number => Number(url.searchParams.get(param));

function withParam(url: URL, param: string, value: string | number): URL {
  const next = new URL(url.href);
  next.searchParams.set(param, String(value));
  return next;
}

/** `null`, '', false and nothing at all all say that there is no next page. */
function wordAt(answer: unknown, path: string): string | null {
  const value = valueAt(answer, path);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function linked(next: string, from: URL): URL {
  if (!URL.canParse(next, from.href)) throw trouble('elsewhere', { host: '' });
  const url = new URL(next, from.href);
  if (url.origin !== from.origin) throw trouble('elsewhere', { host: url.host });
  return url;
}
