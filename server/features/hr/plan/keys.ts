import type { ChangeKind, Doubt } from '../model.ts';
import type { Decisions } from './types.ts';

export type TargetType = 'unit' | 'person';

const part = (text: string): string => text.replace(/[%:]/g, (sign) => (sign === ':' ? '%3A' : '%25'));

/** `person:00731:move`; with a detail where a person has several of a kind: `person:00731:giveConcurrent:D02`. */
export function changeKey(type: TargetType, ref: string, kind: ChangeKind, detail?: string): string {
  const key = `${type}:${part(ref)}:${kind}`;
  return detail === undefined ? key : `${key}:${part(detail)}`;
}

/** `person:00731:maybeLeft` */
export function doubtKey(type: TargetType, ref: string, kind: Doubt['kind'], detail?: string): string {
  const key = `${type}:${part(ref)}:${kind}`;
  return detail === undefined ? key : `${key}:${part(detail)}`;
}

export interface LeftOut {
  has(type: TargetType, ref: string): boolean;
}

/** People and units a human took out of the plan, by whichever of their keys. */
export function leftOut(decisions: Decisions): LeftOut {
  const refs = new Set<string>();
  for (const [key, { decision }] of decisions) {
    if (decision === 'leaveOut') refs.add(key.split(':', 2).join(':'));
  }
  return { has: (type, ref) => refs.size > 0 && refs.has(`${type}:${part(ref)}`) };
}
