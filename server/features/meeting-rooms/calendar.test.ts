import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../kernel/dates.ts';
import { icsOf, type CalendarEntry } from './calendar.ts';
import { RoomTerms } from './contract.ts';

const entry = (changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: 'b1',
  startsAt: instantOf('2026-11-24', 9 * 60),
  endsAt: instantOf('2026-11-24', 10 * 60),
  title: '例会',
  where: '第一会议室（行政楼 301）',
  isSure: true,
  version: 3,
  changedAt: instantOf('2026-11-23', 8 * 60),
  url: 'https://oa.example/rooms/bookings/b1',
  ...changes,
});
/** Lines of at most 75 bytes are folded (RFC 5545, 3.1). */
const linesOf = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('the .ics feed', () => {
  it('holds each meeting in UTC under an id of its own, with the number of its change', () => {
    const lines = linesOf(icsOf('我的会议', 'oa.example', [entry(), entry({ id: 'b2', isSure: false })]));
    for (const line of [
      'UID:b1@oa.example',
      'SEQUENCE:2',
      'DTSTART:20261124T010000Z',
      'DTEND:20261124T020000Z',
      'STATUS:CONFIRMED',
      'LOCATION:第一会议室（行政楼 301）',
      'URL;VALUE=URI:https://oa.example/rooms/bookings/b1',
      'UID:b2@oa.example',
      'STATUS:TENTATIVE',
      'X-PUBLISHED-TTL:PT1H',
    ])
      expect(lines).toContain(line);
  });

  it('no text of a user becomes a line of its own', () => {
    const text = fc.string({
      unit: fc.constantFrom('\r', '\n', ';', ':', ',', '\\', '"', 'B', '例', '\u0000'),
    });
    fc.assert(
      fc.property(text, text, text, (name, title, where) => {
        const lines = linesOf(icsOf(`室${name}`, 'oa.example', [entry({ title, where })]));
        const names = lines.map((line) => line.split(/[:;]/)[0]).filter((name) => name !== '');
        const plain = linesOf(icsOf('我的会议', 'oa.example', [entry()]));
        const known = new Set(plain.map((line) => line.split(/[:;]/)[0]));
        expect(names.filter((name) => !known.has(name ?? ''))).toEqual([]);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('a room’s name with a line end in it stays one line, and no room is given such a name any more', () => {
    const lines = linesOf(icsOf('第一会议室\r\nX-EVIL:1\u0007', 'oa.example', []));
    expect(lines).toContain('X-WR-CALNAME:第一会议室 X-EVIL:1');
    expect(lines.some((line) => line.startsWith('X-EVIL'))).toBe(false);
    const { name } = RoomTerms.shape;
    expect(name.safeParse(' 第一会议室 A·3 ').data).toBe('第一会议室 A·3');
    for (const sign of ['\n', '\r', '\t', '\u0000', '\u0085'])
      expect(name.safeParse(`第一${sign}会议室`).success).toBe(false);
  });
});
