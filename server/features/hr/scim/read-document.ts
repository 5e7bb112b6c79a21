import { badRequest } from '../../../kernel/errors.ts';
import { isNode, type Node } from './evaluate.ts';
import { parseAttributePath } from './filter.ts';
import { findRef, type Ref } from './resolve.ts';
import { type Attribute, named, type ResourceType } from './schema.ts';

/**
 * What a request says, with our spelling of names and nothing that cannot be written: unknown and read-only attributes
 * are left out (RFC 7644, 3.3), null and an empty list mean "no value" (RFC 7643, 2.5) and stay as null.
 */
export type Doc = Record<string, unknown>;

const invalid = (attribute: string) => badRequest('scim.invalid_value', { attribute });

/** @throws badRequest `scim.invalid_syntax`, `scim.invalid_value` naming the attribute */
export function readDocument(type: ResourceType, body: unknown): Doc {
  if (!isNode(body)) throw badRequest('scim.invalid_syntax', { why: 'a JSON object is expected' });
  const doc: Doc = {};
  for (const [key, value] of Object.entries(body)) {
    if (key.toLowerCase() === type.extension.urn.toLowerCase()) readExtension(type, doc, value);
    else {
      const ref = refOf(type, key);
      if (ref) putAt(doc, ref, readValue(ref.sub ?? ref.attribute, value, ref.key));
    }
  }
  return doc;
}

function readExtension({ extension }: ResourceType, doc: Doc, value: unknown): void {
  if (value === null) return;
  if (!isNode(value)) throw invalid(extension.urn);
  for (const [key, part] of Object.entries(value)) {
    const attribute = named(extension.attributes, key);
    if (!attribute) continue;
    const ref = { urn: extension.urn, attribute, sub: null, key: attribute.name };
    putAt(doc, ref, readValue(attribute, part, attribute.name));
  }
}

/** Keys may be written as paths: `name.familyName`, `urn:…:User:employeeNumber`. */
function refOf(type: ResourceType, key: string): Ref | null {
  try {
    return findRef(type, parseAttributePath(key));
  } catch {
    return null;
  }
}

/** `undefined`: nothing to write here. */
export function readValue(attribute: Attribute, value: unknown, name: string): unknown {
  if (attribute.mutability === 'readOnly' || value === undefined) return undefined;
  if (value === null) return null;
  if (!attribute.multiValued) return readSingle(attribute, value, name);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const read = list.map((one) => readSingle(attribute, one, name)).filter((one) => one !== null);
  return read.length === 0 ? null : read;
}

function readSingle(attribute: Attribute, value: unknown, name: string): unknown {
  switch (attribute.type) {
    case 'complex':
      return readComplex(attribute, value, name);
    case 'boolean':
      return readBoolean(value, name);
    default:
      if (typeof value !== 'string') throw invalid(name);
      return value.trim() === '' ? null : value.trim();
  }
}

/** Some systems send the id alone where an object with `value` belongs. */
function readComplex(attribute: Attribute, value: unknown, name: string): Doc | null {
  const parts = attribute.subAttributes ?? [];
  const node: Node | null = isNode(value)
    ? value
    : typeof value === 'string' && named(parts, 'value')
      ? { value }
      : null;
  if (!node) throw invalid(name);
  const read = Object.entries(node).flatMap(([key, part]) => {
    const sub = named(parts, key);
    const content = sub && readValue(sub, part, `${name}.${sub.name}`);
    return sub && content !== undefined ? [[sub.name, content] as const] : [];
  });
  return read.some(([, part]) => part !== null) ? Object.fromEntries(read) : null;
}

/** Entra ID sends "True" and "False". */
function readBoolean(value: unknown, name: string): boolean {
  const said = typeof value === 'string' ? value.toLowerCase() : value;
  if (said === true || said === 'true') return true;
  if (said === false || said === 'false') return false;
  throw invalid(name);
}

/** Write a value to its place; `undefined` writes nothing. */
export function putAt(doc: Doc, { urn, attribute, sub }: Ref, value: unknown): void {
  if (value === undefined) return;
  const container = containerOf(doc, urn);
  if (!sub) {
    container[attribute.name] = value;
    return;
  }
  const before = container[attribute.name];
  container[attribute.name] = { ...(isNode(before) ? before : {}), [sub.name]: value };
}

/** The extension's part of a document, made when it is not there yet. */
export function containerOf(doc: Doc, urn: string | null): Doc {
  if (urn === null) return doc;
  const part = isNode(doc[urn]) ? (doc[urn] as Doc) : {};
  doc[urn] = part;
  return part;
}
