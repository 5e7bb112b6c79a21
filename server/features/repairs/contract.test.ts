import { expect, it } from 'vitest';
import { PlaceRequest, ReportRequest } from './contract.ts';
import { TicketTable } from './tables.ts';

const wanted = { clientKey: 'a-key-of-the-page', category: 'water', words: '水管漏水' };
const isTaken = (where: { placeId: string | null; placeText?: string }): boolean =>
  ReportRequest.safeParse({ ...wanted, ...where }).success;

it('S1-10.1a where something is broken is said once, by a code or in words', () => {
  expect(isTaken({ placeId: 'p1' })).toBe(true);
  expect(isTaken({ placeId: 'p1', placeText: '  ' })).toBe(true);
  expect(isTaken({ placeId: null, placeText: '东侧' })).toBe(true);
  expect(isTaken({ placeId: 'p1', placeText: '东侧' })).toBe(false);
  expect(isTaken({ placeId: null, placeText: '东' })).toBe(false);
  expect(isTaken({ placeId: null })).toBe(false);
});

it('the longest place there may be fits where the ticket says its place', () => {
  const room = Number(TicketTable.options.columns.placeName?.length);
  const inWords = (length: number) => isTaken({ placeId: null, placeText: '长'.repeat(length) });
  expect([inWords(80), inWords(81), 80 <= room]).toEqual([true, false, true]);
  const named = (length: number) =>
    PlaceRequest.safeParse({ name: '长'.repeat(length), area: '东', kind: 'room' }).success;
  expect([named(60), named(61), 60 <= room]).toEqual([true, false, true]);
});
