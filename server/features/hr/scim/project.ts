import { isNode, type Node } from './evaluate.ts';
import { parseAttributePath } from './filter.ts';
import { findRef, type Ref } from './resolve.ts';
import type { Resource } from './resources.ts';
import { coreOf, type ResourceType } from './schema.ts';

export interface Projection {
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** `a, b` of a query; undefined when nothing was asked. */
export function namesIn(text: string | undefined): readonly string[] | undefined {
  const names = text?.split(',').flatMap((name) => name.trim() || []);
  return names && names.length > 0 ? names : undefined;
}

/** RFC 7644, 3.9: what is always returned stays; names we do not have change nothing. */
export function project(
  type: ResourceType,
  resource: Resource,
  { attributes, excludedAttributes }: Projection,
): Node {
  if (attributes) return only(type, resource, attributes);
  return excludedAttributes ? without(type, resource, excludedAttributes) : resource;
}

/** Would the answer hold this top-level attribute? */
export function wants(
  type: ResourceType,
  name: string,
  { attributes, excludedAttributes }: Projection,
): boolean {
  const names = (list: readonly string[]) => list.map((one) => refOf(type, one)?.attribute.name);
  if (attributes) return names(attributes).includes(name);
  return !excludedAttributes || !excludedAttributes.some((one) => refOf(type, one)?.key === name);
}

function refOf(type: ResourceType, name: string): Ref | null {
  try {
    return findRef(type, parseAttributePath(name));
  } catch {
    return null;
  }
}

const isExtension = ({ extension }: ResourceType, name: string): boolean =>
  name.toLowerCase() === extension.urn.toLowerCase();

function only(type: ResourceType, resource: Resource, names: readonly string[]): Node {
  const always = coreOf(type).filter(({ returned }) => returned === 'always');
  const kept: Record<string, unknown> = Object.fromEntries(always.map(({ name }) => [name, resource[name]]));
  for (const name of names) {
    if (isExtension(type, name)) kept[type.extension.urn] = resource[type.extension.urn];
    const ref = refOf(type, name);
    if (ref) keep(resource, kept, ref);
  }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function keep(resource: Resource, kept: Record<string, unknown>, { urn, attribute, sub }: Ref): void {
  const from = urn === null ? resource : resource[urn];
  const value = isNode(from) ? from[attribute.name] : undefined;
  if (value === undefined) return;
  const to = urn === null ? kept : partOf(kept, urn);
  if (!sub) to[attribute.name] = value;
  else if (Array.isArray(value)) to[attribute.name] = mergedList(value, to[attribute.name], sub.name);
  else to[attribute.name] = { ...asNode(to[attribute.name]), [sub.name]: asNode(value)[sub.name] };
}

const asNode = (value: unknown): Node => (isNode(value) ? value : {});

function mergedList(values: readonly unknown[], before: unknown, name: string): Node[] {
  const old: readonly unknown[] = Array.isArray(before) ? before : [];
  return values.map((value, at) => ({ ...asNode(old[at]), [name]: asNode(value)[name] }));
}

function partOf(node: Record<string, unknown>, name: string): Record<string, unknown> {
  const part = { ...asNode(node[name]) };
  node[name] = part;
  return part;
}

function without(type: ResourceType, resource: Resource, names: readonly string[]): Node {
  const left: Record<string, unknown> = { ...resource };
  for (const name of names) {
    if (isExtension(type, name)) delete left[type.extension.urn];
    const ref = refOf(type, name);
    if (ref && ref.attribute.returned !== 'always') drop(left, ref);
  }
  return left;
}

function drop(left: Record<string, unknown>, { urn, attribute, sub }: Ref): void {
  const from = urn === null ? left : partOf(left, urn);
  if (!sub) {
    delete from[attribute.name];
    return;
  }
  const value = from[attribute.name];
  const lessOf = (one: unknown): Node => {
    const { [sub.name]: _dropped, ...rest } = asNode(one);
    return rest;
  };
  if (value !== undefined) from[attribute.name] = Array.isArray(value) ? value.map(lessOf) : lessOf(value);
}
