import type { FieldOf } from './controls.ts';
import { LocationValue, type FieldValue } from './contract.ts';

const MAX_TEXT = 100;

export function locationOf(value: FieldValue | undefined): LocationValue | null {
  const { data } = LocationValue.safeParse(value);
  return data === undefined || data.text.trim() === '' ? null : data;
}

/** Words for a place; a point on the earth only together with them, and whole. */
export function locationFault({ label }: FieldOf<'location'>, value: FieldValue): string | null {
  const place = locationOf(value);
  if (place === null) return `请写明${label}。`;
  if ([...place.text.trim()].length > MAX_TEXT) return `${label}最多 ${String(MAX_TEXT)} 字。`;
  const { lat, long } = place;
  const isWhole = (lat === undefined) === (long === undefined);
  const isOnEarth = Math.abs(lat ?? 0) <= 90 && Math.abs(long ?? 0) <= 180;
  return isWhole && isOnEarth ? null : `${label}的定位不对，请重新定位。`;
}

/** "北纬 29.84312°，东经 114.32145°", to a metre; empty without a point. */
export function pointWords(value: FieldValue): string {
  const { lat, long } = locationOf(value) ?? {};
  if (lat === undefined || long === undefined) return '';
  const north = `${lat < 0 ? '南纬' : '北纬'} ${Math.abs(lat).toFixed(5)}°`;
  return `${north}，${long < 0 ? '西经' : '东经'} ${Math.abs(long).toFixed(5)}°`;
}
