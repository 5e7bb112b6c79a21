import type { XmlElement } from './xml.ts';

/** An element that should be there once is missing, repeated, of the wrong kind or too long. */
export class FieldFault extends Error {
  override readonly name = 'FieldFault';

  constructor(name: string) {
    super(`element ${name}`);
  }
}

/** Identifiers, keys and codes; the longest of them by the API's own limits is a key of 1024 bytes. */
const MAX_IDENTIFIER = 1024;

/** The only child called `name`, or null. Throws FieldFault when there are two. */
export function child(parent: XmlElement, name: string): XmlElement | null {
  let found: XmlElement | null = null;
  for (const candidate of parent.children) {
    if (candidate.name !== name) continue;
    if (found !== null) throw new FieldFault(name);
    found = candidate;
  }
  return found;
}

/** All children called `name`, none to many: one and several look alike to the caller. */
export function list(parent: XmlElement | null, name: string): readonly XmlElement[] {
  if (parent === null) return [];
  if (parent.text !== '') throw new FieldFault(parent.name);
  return parent.children.filter((candidate) => candidate.name === name);
}

export function textOf(element: XmlElement): string {
  if (element.children.length > 0) throw new FieldFault(element.name);
  return element.text;
}

/** Text of any length; null when the element is absent. */
export function optionalText(parent: XmlElement, name: string): string | null {
  const element = child(parent, name);
  return element === null ? null : textOf(element);
}

/** Text of any length; `''` when the element is absent. */
export const text = (parent: XmlElement, name: string): string => optionalText(parent, name) ?? '';

/** An identifier, kept as the string it is (`00731`, ids above 2^53); null when absent or empty. */
export function optionalId(parent: XmlElement, name: string): string | null {
  const value = optionalText(parent, name);
  if (value === null || value === '') return null;
  if (value.length > MAX_IDENTIFIER) throw new FieldFault(name);
  return value;
}

export function id(parent: XmlElement, name: string): string {
  const value = optionalId(parent, name);
  if (value === null) throw new FieldFault(name);
  return value;
}

/** `"1,2,3"` → its parts; null when the element is absent, [] when it is empty. */
export function optionalIdList(parent: XmlElement, name: string): readonly string[] | null {
  const value = optionalText(parent, name);
  if (value === null) return null;
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A plain decimal integer that a double holds exactly. */
export function integer(parent: XmlElement, name: string): number {
  const value = id(parent, name);
  if (!/^-?\d{1,15}$/.test(value)) throw new FieldFault(name);
  return Number(value);
}
