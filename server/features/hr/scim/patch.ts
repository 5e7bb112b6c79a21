import { badRequest } from '../../../kernel/errors.ts';
import { evaluate, isNode } from './evaluate.ts';
import { type Filter, parsePatchPath } from './filter.ts';
import { containerOf, type Doc, putAt, readDocument, readValue } from './read-document.ts';
import { findRef, type Ref, resolveValueFilter } from './resolve.ts';
import type { Attribute, ResourceType } from './schema.ts';

interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  readonly value: unknown;
}

const MAX_OPERATIONS = 1_000;
const syntax = (why: string) => badRequest('scim.invalid_syntax', { why });
const noTarget = (path: string) => badRequest('scim.no_target', { path });

/**
 * A document after the operations of a PATCH, all or none (RFC 7644, 3.5.2). The document is one of `readDocument`;
 * the one given is not changed.
 * @throws badRequest `scim.invalid_syntax`, `scim.invalid_path`, `scim.no_target`, `scim.mutability`,
 *   `scim.invalid_filter`, `scim.invalid_value`
 */
export function applyPatch(type: ResourceType, before: Doc, body: unknown): Doc {
  const doc = structuredClone(before);
  for (const operation of readOperations(body)) apply(type, doc, operation);
  return doc;
}

function readOperations(body: unknown): Operation[] {
  const entries = isNode(body) ? Object.entries(body) : [];
  const list = entries.find(([key]) => key.toLowerCase() === 'operations')?.[1];
  if (!Array.isArray(list) || list.length === 0) throw syntax('Operations is missing or empty');
  if (list.length > MAX_OPERATIONS) throw syntax(`more than ${MAX_OPERATIONS} operations`);
  return list.map(readOperation);
}

function readOperation(entry: unknown): Operation {
  const { op, path, value } = isNode(entry) ? entry : ({} as Record<string, unknown>);
  const verb = typeof op === 'string' ? op.toLowerCase() : '';
  if (verb !== 'add' && verb !== 'replace' && verb !== 'remove') throw syntax(`op is ${String(op)}`);
  if (path !== undefined && path !== null && typeof path !== 'string') throw syntax('path is no text');
  return { op: verb, path: path ?? undefined, value };
}

function apply(type: ResourceType, doc: Doc, operation: Operation): void {
  const { op, path, value } = operation;
  if (path === undefined || path === '') return applyWhole(type, doc, operation);
  if (path.toLowerCase() === type.extension.urn.toLowerCase()) {
    if (op === 'remove') throw noTarget(path);
    return merge(type, doc, op, { [type.extension.urn]: value });
  }
  const { path: target, filter } = parsePatchPath(path);
  const ref = findRef(type, target);
  if (!ref) throw badRequest('scim.invalid_path', { why: `${path} is not kept here` });
  if (ref.attribute.mutability === 'readOnly' || ref.sub?.mutability === 'readOnly')
    throw badRequest('scim.mutability', { attribute: ref.key });
  if (filter) return applyFiltered(doc, ref, filter, operation);
  if (op === 'remove') return removeAt(doc, ref, value);
  return put(doc, op, ref, readValue(ref.sub ?? ref.attribute, value, ref.key));
}

/** Without a path the value names the attributes; Entra ID writes whole paths as their names. */
function applyWhole(type: ResourceType, doc: Doc, { op, value }: Operation): void {
  if (op === 'remove') throw noTarget('');
  if (!isNode(value)) throw syntax('without a path the value must be an object');
  const isFiltered = (key: string) => key.includes('[');
  merge(type, doc, op, Object.fromEntries(Object.entries(value).filter(([key]) => !isFiltered(key))));
  for (const [key, part] of Object.entries(value))
    if (isFiltered(key)) apply(type, doc, { op, path: key, value: part });
}

function merge(type: ResourceType, doc: Doc, op: 'add' | 'replace', body: unknown): void {
  const said = readDocument(type, body);
  for (const [key, value] of Object.entries(said)) {
    const parts = key === type.extension.urn && isNode(value) ? Object.entries(value) : null;
    for (const [name, part] of parts ?? [[key, value] as const]) {
      const ref = findRef(type, { urn: parts ? key : null, name, sub: null });
      if (ref) put(doc, op, ref, part);
    }
  }
}

const listAt = (doc: Doc, { urn, attribute }: Ref): readonly Doc[] => {
  const value = containerOf(doc, urn)[attribute.name];
  return Array.isArray(value) ? (value as Doc[]) : [];
};

/** An attribute without values is unassigned, which is written as null. */
const putList = (doc: Doc, ref: Ref, list: readonly unknown[]): void =>
  putAt(doc, { ...ref, sub: null }, list.length === 0 ? null : list);

function put(doc: Doc, op: 'add' | 'replace', ref: Ref, value: unknown): void {
  const { attribute, sub, urn } = ref;
  if (value === undefined || (op === 'add' && value === null)) return;
  if (attribute.multiValued && sub) {
    const list = listAt(doc, ref);
    putList(
      doc,
      ref,
      list.length === 0 ? [{ [sub.name]: value }] : list.map((one) => ({ ...one, [sub.name]: value })),
    );
  } else if (attribute.multiValued) {
    const added = Array.isArray(value) ? (value as Doc[]) : [];
    putList(doc, ref, op === 'add' ? joined(listAt(doc, ref), added) : onePrimary(added, added));
  } else if (attribute.type === 'complex' && !sub && isNode(value)) {
    const before = containerOf(doc, urn)[attribute.name];
    putAt(doc, ref, { ...(isNode(before) ? before : {}), ...value });
  } else putAt(doc, ref, value);
}

/** What is there already is not there twice. */
function joined(list: readonly Doc[], added: readonly Doc[]): Doc[] {
  const all = [...list];
  const places = new Map(all.map((one, at) => [identity(one), at]));
  for (const one of added) {
    const at = places.get(identity(one));
    if (at === undefined) {
      places.set(identity(one), all.length);
      all.push(one);
    } else all[at] = { ...all[at], ...one };
  }
  return onePrimary(all, added);
}

const identity = ({ value, type }: Doc): string => JSON.stringify([value, type]);

/** RFC 7643, 2.4: the primary value occurs once; the one said last is it. */
function onePrimary(all: readonly Doc[], said: readonly Doc[]): Doc[] {
  const primary = said.filter((one) => one.primary === true).at(-1);
  if (!primary) return [...all];
  return all.map((one) =>
    one.primary === true && identity(one) !== identity(primary) ? { ...one, primary: false } : one,
  );
}

function removeAt(doc: Doc, ref: Ref, value: unknown): void {
  const { attribute, sub, urn } = ref;
  if (attribute.multiValued && !sub && value !== undefined && value !== null) {
    // Entra ID names the members to remove in the value instead of the path.
    const named = readValue(attribute, value, ref.key);
    const gone = new Set((Array.isArray(named) ? (named as Doc[]) : []).map((one) => one.value));
    return putList(
      doc,
      ref,
      listAt(doc, ref).filter((one) => !gone.has(one.value)),
    );
  }
  if (attribute.multiValued && sub)
    return putList(
      doc,
      ref,
      listAt(doc, ref).flatMap((one) => without(one, sub)),
    );
  const container = containerOf(doc, urn);
  if (!sub) container[attribute.name] = null;
  else if (isNode(container[attribute.name])) putAt(doc, ref, null);
}

/** A value without one of its parts; none when nothing is left. */
function without(one: Doc, sub: Attribute): Doc[] {
  const { [sub.name]: _gone, ...rest } = one;
  return Object.keys(rest).length === 0 ? [] : [rest];
}

function applyFiltered(doc: Doc, ref: Ref, filter: Filter, { op, path = '', value }: Operation): void {
  const { attribute, sub } = ref;
  if (!attribute.multiValued || !attribute.subAttributes)
    throw badRequest('scim.invalid_path', { why: `${attribute.name} takes no brackets` });
  const meant = resolveValueFilter(attribute, filter);
  const list = listAt(doc, ref);
  const hit = list.map((one) => evaluate(meant, one));
  if (op === 'remove')
    return putList(
      doc,
      ref,
      list.flatMap((one, at) => (!hit[at] ? [one] : sub ? without(one, sub) : [])),
    );
  const content = filteredValue(ref, value);
  if (!hit.includes(true)) {
    // A value that is added where the filter finds none is one the filter would find.
    const asked = op === 'add' ? equalities(filter) : null;
    if (!asked) throw noTarget(path);
    return putList(doc, ref, joined(list, [{ ...filteredValue({ ...ref, sub: null }, asked), ...content }]));
  }
  const keeps = sub !== null || op === 'add';
  const changed = list.map((one, at) => (hit[at] ? { ...(keeps && one), ...content } : one));
  return putList(
    doc,
    ref,
    onePrimary(
      changed,
      changed.filter((_, at) => hit[at] && content.primary === true),
    ),
  );
}

function filteredValue({ attribute, sub, key }: Ref, value: unknown): Doc {
  if (sub) return { [sub.name]: readValue(sub, value, key) ?? null };
  const read = readValue(attribute, value, key);
  const [only] = Array.isArray(read) ? (read as Doc[]) : [];
  if (!only) throw badRequest('scim.invalid_value', { attribute: key });
  return only;
}

/** `type eq "work" and primary eq true` as an object; null when it asks for anything else. */
function equalities(filter: Filter): Doc | null {
  if (filter.op === 'eq') return { [filter.path.name]: filter.value };
  if (filter.op !== 'and') return null;
  const parts = filter.parts.map(equalities);
  return parts.includes(null) ? null : Object.assign({}, ...parts);
}
