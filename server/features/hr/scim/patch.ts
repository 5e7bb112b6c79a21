import { AppError, badRequest } from '../../../kernel/errors.ts';
import { isNode } from './evaluate.ts';
import { type Filter, parsePatchPath } from './filter.ts';
import { containerOf, type Doc, putAt, readDocument, readValue } from './read-document.ts';
import { findRef, type Ref, resolveValueFilter } from './resolve.ts';
import type { Attribute, ResourceType } from './schema.ts';
import { createValueList, type ValueList } from './value-list.ts';

interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  readonly value: unknown;
}

/** The document while operations change it; lists that were touched are written back at the end. */
interface Draft {
  readonly doc: Doc;
  readonly lists: Map<string, { readonly ref: Ref; readonly values: ValueList }>;
  /** @throws 413 `scim.patch_too_large` */
  readonly spend: (looks: number) => void;
}

const MAX_OPERATIONS = 1_000;
/** Looks at values of lists, times the comparisons of a filter: the directory is locked meanwhile. */
export const MAX_LOOKS = 200_000;
const syntax = (why: string) => badRequest('scim.invalid_syntax', { why });
const noTarget = (path: string) => badRequest('scim.no_target', { path });

/**
 * A document after the operations of a PATCH, all or none (RFC 7644, 3.5.2). The document is one of `readDocument`;
 * the one given is not changed.
 * @throws badRequest `scim.invalid_syntax`, `scim.invalid_path`, `scim.no_target`, `scim.mutability`,
 *   `scim.invalid_filter`, `scim.invalid_value`; 413 `scim.patch_too_large`
 */
export function applyPatch(type: ResourceType, before: Doc, body: unknown): Doc {
  const draft: Draft = { doc: structuredClone(before), lists: new Map(), spend: budget(MAX_LOOKS) };
  for (const operation of readOperations(body)) apply(type, draft, operation);
  // An attribute without values is unassigned, which is written as null.
  for (const { ref, values } of draft.lists.values()) {
    const list = values.all();
    putAt(draft.doc, ref, list.length === 0 ? null : list);
  }
  return draft.doc;
}

function budget(most: number): Draft['spend'] {
  let left = most;
  return (looks) => {
    left -= looks;
    if (left < 0) throw new AppError('scim.patch_too_large', { status: 413 });
  };
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

function apply(type: ResourceType, draft: Draft, operation: Operation): void {
  const { op, path, value } = operation;
  if (path === undefined || path === '') return applyWhole(type, draft, operation);
  if (path.toLowerCase() === type.extension.urn.toLowerCase()) {
    if (op === 'remove') throw noTarget(path);
    return merge(type, draft, op, { [type.extension.urn]: value });
  }
  const { path: target, filter } = parsePatchPath(path);
  const ref = findRef(type, target);
  if (!ref) throw badRequest('scim.invalid_path', { why: `${path} is not kept here` });
  if (ref.attribute.mutability === 'readOnly' || ref.sub?.mutability === 'readOnly')
    throw badRequest('scim.mutability', { attribute: ref.key });
  if (filter) return applyFiltered(draft, ref, filter, operation);
  if (op === 'remove') return removeAt(draft, ref, value);
  return put(draft, op, ref, readValue(ref.sub ?? ref.attribute, value, ref.key));
}

/** Without a path the value names the attributes; Entra ID writes whole paths as their names. */
function applyWhole(type: ResourceType, draft: Draft, { op, value }: Operation): void {
  if (op === 'remove') throw noTarget('');
  if (!isNode(value)) throw syntax('without a path the value must be an object');
  const isFiltered = (key: string) => key.includes('[');
  merge(type, draft, op, Object.fromEntries(Object.entries(value).filter(([key]) => !isFiltered(key))));
  for (const [key, part] of Object.entries(value))
    if (isFiltered(key)) apply(type, draft, { op, path: key, value: part });
}

function merge(type: ResourceType, draft: Draft, op: 'add' | 'replace', body: unknown): void {
  const said = readDocument(type, body);
  for (const [key, value] of Object.entries(said)) {
    const parts = key === type.extension.urn && isNode(value) ? Object.entries(value) : null;
    for (const [name, part] of parts ?? [[key, value] as const]) {
      const ref = findRef(type, { urn: parts ? key : null, name, sub: null });
      if (ref) put(draft, op, ref, part);
    }
  }
}

const keyOf = ({ urn, attribute }: Ref): string => `${urn ?? ''} ${attribute.name}`;

function listOf({ doc, lists, spend }: Draft, ref: Ref): ValueList {
  const known = lists.get(keyOf(ref));
  if (known) return known.values;
  const value = containerOf(doc, ref.urn)[ref.attribute.name];
  return setList({ doc, lists, spend }, ref, Array.isArray(value) ? (value as Doc[]) : []);
}

function setList({ lists, spend }: Draft, ref: Ref, list: readonly Doc[]): ValueList {
  const values = createValueList(list, spend);
  lists.set(keyOf(ref), { ref: { ...ref, sub: null }, values });
  return values;
}

const docsIn = (value: unknown): readonly Doc[] => (Array.isArray(value) ? (value as Doc[]) : []);

function put(draft: Draft, op: 'add' | 'replace', ref: Ref, value: unknown): void {
  const { attribute, sub, urn } = ref;
  if (value === undefined || (op === 'add' && value === null)) return;
  if (attribute.multiValued && sub) {
    const list = listOf(draft, ref);
    if (list.isEmpty()) list.join({ [sub.name]: value });
    else list.each((one) => ({ ...one, [sub.name]: value }));
  } else if (attribute.multiValued) {
    const said = docsIn(value);
    if (op === 'add') join(listOf(draft, ref), said);
    else keepPrimary(setList(draft, ref, said), said);
  } else if (attribute.type === 'complex' && !sub && isNode(value)) {
    const before = containerOf(draft.doc, urn)[attribute.name];
    putAt(draft.doc, ref, { ...(isNode(before) ? before : {}), ...value });
  } else putAt(draft.doc, ref, value);
}

function join(list: ValueList, said: readonly Doc[]): void {
  for (const one of said) list.join(one);
  keepPrimary(list, said);
}

/** Of several primary values the one said last is it. */
function keepPrimary(list: ValueList, said: readonly Doc[]): void {
  const primary = said.filter((one) => one.primary === true).at(-1);
  if (primary) list.onlyPrimary(primary);
}

function removeAt(draft: Draft, ref: Ref, value: unknown): void {
  const { attribute, sub, urn } = ref;
  if (attribute.multiValued && !sub && value !== undefined && value !== null) {
    // Entra ID names the members to remove in the value instead of the path.
    const list = listOf(draft, ref);
    for (const { value: named } of docsIn(readValue(attribute, value, ref.key)))
      for (const place of list.named(named)) list.write(place, null);
  } else if (attribute.multiValued && sub) listOf(draft, ref).each((one) => without(one, sub));
  else if (attribute.multiValued) setList(draft, ref, []);
  else removeSingle(containerOf(draft.doc, urn), draft.doc, ref);
}

function removeSingle(container: Doc, doc: Doc, ref: Ref): void {
  const { attribute, sub } = ref;
  if (!sub) container[attribute.name] = null;
  else if (isNode(container[attribute.name])) putAt(doc, ref, null);
}

/** A value without one of its parts; none when nothing is left. */
function without(one: Doc, sub: Attribute): Doc | null {
  const { [sub.name]: _gone, ...rest } = one;
  return Object.keys(rest).length === 0 ? null : rest;
}

function applyFiltered(draft: Draft, ref: Ref, filter: Filter, { op, path = '', value }: Operation): void {
  const { attribute, sub } = ref;
  if (!attribute.multiValued || !attribute.subAttributes)
    throw badRequest('scim.invalid_path', { why: `${attribute.name} takes no brackets` });
  const meant = resolveValueFilter(attribute, filter);
  const list = listOf(draft, ref);
  const found = list.find(meant);
  if (op === 'remove') {
    for (const place of found) list.write(place, sub ? without(list.at(place), sub) : null);
    return;
  }
  const content = filteredValue(ref, value);
  if (found.length === 0) {
    // A value that is added where the filter finds none is one the filter would find.
    const asked = op === 'add' ? equalities(filter) : null;
    if (!asked) throw noTarget(path);
    return join(list, [{ ...filteredValue({ ...ref, sub: null }, asked), ...content }]);
  }
  const keeps = sub !== null || op === 'add';
  for (const place of found) list.write(place, { ...(keeps && list.at(place)), ...content });
  const last = found.at(-1);
  if (content.primary === true && last !== undefined) list.onlyPrimary(list.at(last));
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
