import { hash } from 'node:crypto';
import type { XmlElement } from './xml.ts';

/**
 * SHA-256 over everything an event says, independent of how the XML was written (spaces, CDATA or escaped text,
 * order of differently named elements; the order among equal names counts). Rule R26.
 */
export function contentHash(root: XmlElement): string {
  return hash('sha256', JSON.stringify(ordered(root)), 'hex');
}

type Ordered = readonly [name: string, content: string | readonly Ordered[]];

function ordered(element: XmlElement): Ordered {
  if (element.children.length === 0) return [element.name, element.text];
  return [element.name, [...element.children].sort(byName).map(ordered)];
}

const byName = (a: XmlElement, b: XmlElement): number => (a.name < b.name ? -1 : Number(a.name > b.name));
