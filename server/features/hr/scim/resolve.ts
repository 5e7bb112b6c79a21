import { badRequest } from '../../../kernel/errors.ts';
import type { AttributePath, Comparison, Filter, FilterValue } from './filter.ts';
import { type Attribute, coreOf, named, type ResourceType } from './schema.ts';

/** An attribute a path was found to mean. */
export interface Ref {
  /** The extension it lies in; null: the core. */
  readonly urn: string | null;
  readonly attribute: Attribute;
  readonly sub: Attribute | null;
  /** Canonical: `userName`, `name.formatted`, `urn:…:User:manager.value`. */
  readonly key: string;
}

type Ordered = Exclude<Comparison, 'ne'>;

/** A filter whose attributes exist and whose values fit them; `dateTime` is epoch ms. */
export type Meant =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Meant[] }
  | { readonly kind: 'not'; readonly part: Meant }
  | { readonly kind: 'present'; readonly ref: Ref }
  | {
      readonly kind: 'compare';
      readonly op: Ordered;
      readonly ref: Ref;
      readonly value: string | number | boolean;
    }
  | { readonly kind: 'some'; readonly ref: Ref; readonly part: Meant };

const invalid = (why: string) => badRequest('scim.invalid_filter', { why });

/** What a path means for a resource, or null. */
export function findRef(type: ResourceType, { urn, name, sub }: AttributePath): Ref | null {
  const core = urn === null || urn.toLowerCase() === type.urn.toLowerCase();
  if (!core && urn.toLowerCase() !== type.extension.urn.toLowerCase()) return null;
  const attribute = named(core ? coreOf(type) : type.extension.attributes, name);
  return attribute && withSub(core ? null : type.extension.urn, attribute, sub);
}

function withSub(urn: string | null, attribute: Attribute, subName: string | null): Ref | null {
  const sub = subName === null ? null : named(attribute.subAttributes ?? [], subName);
  if (subName !== null && sub === null) return null;
  const prefix = urn === null ? '' : `${urn}:`;
  return { urn, attribute, sub, key: `${prefix}${attribute.name}${sub ? `.${sub.name}` : ''}` };
}

/**
 * A filter over resources. `ne` is "not eq" and `eq null` "not present", so that every filter is true or false of
 * every resource, whatever it lacks.
 * @throws badRequest `scim.invalid_filter` naming what we do not keep or do not tell
 */
export function resolveFilter(type: ResourceType, filter: Filter): Meant {
  return resolve(filter, (path) => {
    const ref = findRef(type, path);
    if (!ref) throw invalid(`${path.name}${path.sub ? `.${path.sub}` : ''} is not kept here`);
    if (ref.attribute.returned === 'never' || ref.sub?.returned === 'never')
      throw invalid(`${ref.key} is never told`);
    return ref;
  });
}

/** A filter over the values of one attribute, as between the brackets of a path. */
export function resolveValueFilter(attribute: Attribute, filter: Filter): Meant {
  return resolve(filter, ({ urn, name, sub }) => {
    const found = named(attribute.subAttributes ?? [], name);
    if (urn !== null || sub !== null || !found) throw invalid(`${attribute.name} has no ${name}`);
    return { urn: null, attribute: found, sub: null, key: found.name };
  });
}

function resolve(filter: Filter, find: (path: AttributePath) => Ref): Meant {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { kind: filter.op, parts: filter.parts.map((part) => resolve(part, find)) };
    case 'not':
      return { kind: 'not', part: resolve(filter.part, find) };
    case 'some': {
      const ref = find(filter.path);
      if (!ref.attribute.multiValued || ref.sub || !ref.attribute.subAttributes)
        throw invalid(`${ref.key} takes no brackets`);
      return { kind: 'some', ref, part: resolveValueFilter(ref.attribute, filter.part) };
    }
    case 'pr':
      return { kind: 'present', ref: valueOf(find(filter.path), true) };
    default:
      return comparison(filter.op, valueOf(find(filter.path), false), filter.value);
  }
}

/** Of a complex attribute its `value` is meant (RFC 7644, 3.4.2.2); for presence alone the first will do. */
function valueOf(ref: Ref, forPresence: boolean): Ref {
  const { attribute, sub, urn } = ref;
  if (sub || attribute.type !== 'complex') return ref;
  const first = forPresence ? (attribute.subAttributes?.[0]?.name ?? '') : 'value';
  const found = withSub(urn, attribute, named(attribute.subAttributes ?? [], 'value') ? 'value' : first);
  if (!found?.sub) throw invalid(`${ref.key} is complex: name one of its parts`);
  return found;
}

function comparison(op: Comparison, ref: Ref, value: FilterValue): Meant {
  if (op === 'ne') return { kind: 'not', part: comparison('eq', ref, value) };
  if (value === null) {
    if (op !== 'eq') throw invalid(`${op} cannot be asked of null`);
    return { kind: 'not', part: { kind: 'present', ref } };
  }
  return { kind: 'compare', op, ref, value: typed(op, ref, value) };
}

const TEXT_ONLY: readonly Comparison[] = ['co', 'sw', 'ew'];

function typed(op: Ordered, { attribute, sub, key }: Ref, value: string | number | boolean) {
  const { type } = sub ?? attribute;
  const wrong = () => invalid(`${key} cannot be compared by ${op} with ${JSON.stringify(value)}`);
  if (type === 'boolean') {
    if (op !== 'eq' || typeof value !== 'boolean') throw wrong();
    return value;
  }
  if (typeof value !== 'string') throw wrong();
  if (type !== 'dateTime') return value;
  const at = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at) || TEXT_ONLY.includes(op)) throw wrong();
  return at;
}
