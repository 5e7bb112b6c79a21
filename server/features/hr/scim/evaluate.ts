import type { Meant, Ref } from './resolve.ts';

export type Node = Readonly<Record<string, unknown>>;

/** Does the resource, or the value of a multi-valued attribute, satisfy the filter? */
export function evaluate(meant: Meant, node: Node): boolean {
  switch (meant.kind) {
    case 'and':
      return meant.parts.every((part) => evaluate(part, node));
    case 'or':
      return meant.parts.some((part) => evaluate(part, node));
    case 'not':
      return !evaluate(meant.part, node);
    case 'present':
      return valuesAt(meant.ref, node).length > 0;
    case 'some':
      return elementsAt(meant.ref, node).some((element) => isNode(element) && evaluate(meant.part, element));
    case 'compare':
      return valuesAt(meant.ref, node).some((value) => holds(meant, value));
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** ASCII letters only: the same on every database, and account names and addresses hold no others. */
export const fold = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function elementsAt({ urn, attribute }: Ref, node: Node): readonly unknown[] {
  const container = urn === null ? node : node[urn];
  const value = isNode(container) ? container[attribute.name] : undefined;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Assigned values only: an empty text counts as none (RFC 7643, 2.5). */
function valuesAt(ref: Ref, node: Node): readonly unknown[] {
  const { sub } = ref;
  const elements = elementsAt(ref, node);
  const values = sub === null ? elements : elements.map((one) => (isNode(one) ? one[sub.name] : undefined));
  return values.filter((value) => value !== undefined && value !== null && value !== '');
}

type Compare = Extract<Meant, { kind: 'compare' }>;

function holds({ op, ref, value: wanted }: Compare, stored: unknown): boolean {
  const { type, caseExact } = ref.sub ?? ref.attribute;
  if (typeof wanted === 'boolean') return stored === wanted;
  if (typeof stored !== 'string') return false;
  if (type === 'dateTime') return inOrder(op, Date.parse(stored) - Number(wanted));
  const [has, asked] = caseExact ? [stored, String(wanted)] : [fold(stored), fold(String(wanted))];
  if (op === 'co') return has.includes(asked);
  if (op === 'sw') return has.startsWith(asked);
  if (op === 'ew') return has.endsWith(asked);
  // By bytes of UTF-8, as the databases compare.
  return inOrder(op, Buffer.compare(Buffer.from(has), Buffer.from(asked)));
}

function inOrder(op: Compare['op'], difference: number): boolean {
  switch (op) {
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    default:
      return difference === 0;
  }
}
