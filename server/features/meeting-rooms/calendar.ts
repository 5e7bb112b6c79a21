/** Meetings as an .ics feed (RFC 5545) for the calendars people use. Pure. */
import ical, { ICalEventStatus } from 'ical-generator';
import type { Range } from './slots.ts';

export interface CalendarEntry extends Range {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  /** A pending one holds the room and is shown as tentative. */
  readonly isSure: boolean;
  /** Raised with every change, so that calendars take the newer one. */
  readonly version: number;
  readonly changedAt: number;
  readonly url: string | null;
}

/** What calendars may keep before they ask again. */
const ASK_AGAIN_SECONDS = 3_600;

/** @param host makes ids of entries unique in the world */
export function icsOf(name: string, host: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({
    name: oneLine(name),
    prodId: { company: 'WeCom Steward', product: 'meeting rooms', language: 'ZH' },
    ttl: ASK_AGAIN_SECONDS,
  });
  for (const one of entries)
    calendar.createEvent({
      id: `${one.id}@${host}`,
      start: new Date(one.startsAt),
      end: new Date(one.endsAt),
      stamp: new Date(one.changedAt),
      sequence: one.version - 1,
      summary: oneLine(one.title),
      location: oneLine(one.where),
      status: one.isSure ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
      url: one.url,
    });
  return calendar.toString();
}

/** The library escapes line feeds only: a carriage return would end the line, and what follows be read as a property. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
