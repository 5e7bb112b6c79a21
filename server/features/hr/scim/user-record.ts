import { badRequest } from '../../../kernel/errors.ts';
import type { Given } from '../model.ts';
import { fold, isNode, type Node } from './evaluate.ts';
import type { Doc } from './read-document.ts';
import { ENTERPRISE, USERS } from './schema.ts';

/** A User document as the directory's words. Left out: not said, and what is stored stays (rule A5). */
export interface UserRecord {
  readonly userName: Given<string>;
  readonly name: Given<string>;
  readonly userType: Given<string>;
  readonly active: Given<boolean>;
  readonly email: Given<string>;
  readonly mobile: Given<string>;
  readonly title: Given<string>;
  readonly staffNo: Given<string>;
  readonly department: Given<string>;
  readonly managerId: Given<string>;
  readonly externalId: Given<string>;
}

/** Stands for the mobile we keep and do not tell: a document may keep it, replace it or lose it. */
export const KEPT_MOBILE = '\u0000kept';

/**
 * @param stored the present name, when the document is a patched one: several attributes say the name, and the one
 *   that was changed counts. Otherwise `name.formatted` comes first.
 */
export function recordOf(doc: Doc, stored?: string): UserRecord {
  const extension = isNode(doc[ENTERPRISE]) ? doc[ENTERPRISE] : {};
  const text = (node: Node, key: string) => node[key] as Given<string>;
  return {
    userName: text(doc, 'userName'),
    name: nameIn(doc, stored),
    userType: text(doc, 'userType'),
    active: doc.active as Given<boolean>,
    email: chosen(doc.emails, ['work']),
    mobile: mobileIn(doc.phoneNumbers),
    title: text(doc, 'title'),
    staffNo: text(extension, 'employeeNumber'),
    department: text(extension, 'department'),
    managerId: isNode(extension.manager)
      ? text(extension.manager, 'value')
      : (extension.manager as Given<string>),
    externalId: text(doc, 'externalId'),
  };
}

function nameIn(doc: Doc, stored: string | undefined): Given<string> {
  const { formatted, familyName, givenName } = isNode(doc.name) ? doc.name : ({} as Node);
  const said = [formatted, composed(familyName, givenName), doc.displayName].filter(
    (name): name is string | null => name !== undefined,
  );
  return stored === undefined ? said[0] : (said.find((name) => name !== stored) ?? said[0]);
}

/** Chinese names are written without a space, the family name first. */
function composed(family: unknown, given: unknown): string | undefined {
  if (typeof family !== 'string' || typeof given !== 'string') return undefined;
  return /\p{Script=Han}/u.test(family) ? `${family}${given}` : `${given} ${family}`;
}

function chosen(values: unknown, types: readonly string[]): Given<string> {
  if (!Array.isArray(values)) return values as null | undefined;
  const list = values.filter(isNode);
  const one =
    list.find(({ primary }) => primary === true) ??
    list.find(({ type }) => typeof type === 'string' && types.includes(fold(type))) ??
    list[0];
  return one?.value as Given<string>;
}

function mobileIn(values: unknown): Given<string> {
  if (!Array.isArray(values)) return values as null | undefined;
  const mobiles = values
    .filter(isNode)
    .filter(({ type }) => type === undefined || (typeof type === 'string' && fold(type) === 'mobile'));
  const said = mobiles.filter(({ value }) => value !== KEPT_MOBILE);
  return chosen(said.length > 0 ? said : mobiles, ['mobile']);
}

/** What the second says otherwise than the first. */
export function changesBetween(before: UserRecord, after: UserRecord): Partial<UserRecord> {
  const keys = (Object.keys(after) as (keyof UserRecord)[]).filter(
    (key) => after[key] !== undefined && after[key] !== (before[key] ?? null),
  );
  return Object.fromEntries(keys.map((key) => [key, after[key]]));
}

const NEVER_EMPTY = {
  userName: 'userName',
  name: 'name.formatted',
  userType: 'userType',
  active: 'active',
  staffNo: `${ENTERPRISE}:employeeNumber`,
  department: `${ENTERPRISE}:department`,
} as const;
const NEEDED = ['userName', 'name', 'userType', 'staffNo', 'department'] as const;
type Needed = (typeof NEEDED)[number];

const CATEGORIES = USERS.attributes.find(({ name }) => name === 'userType')?.canonicalValues ?? [];
const MAX_EXTERNAL_ID = 191;

/** @throws badRequest `scim.invalid_value` for a value we cannot keep, or none where there must be one */
export function mustBeKeepable(record: Partial<UserRecord>): void {
  for (const [key, attribute] of Object.entries(NEVER_EMPTY))
    if (record[key as keyof typeof NEVER_EMPTY] === null)
      throw badRequest('scim.invalid_value', { attribute });
  const { userType, externalId } = record;
  if (typeof userType === 'string' && !CATEGORIES.includes(fold(userType)))
    throw badRequest('scim.invalid_value', { attribute: 'userType' });
  if (typeof externalId === 'string' && externalId.length > MAX_EXTERNAL_ID)
    throw badRequest('scim.invalid_value', { attribute: 'externalId' });
}

/** Somebody new lacks nothing; the category is never guessed, because it decides what they may see (rule B8). */
export function mustBeWhole(record: UserRecord): UserRecord & { readonly [K in Needed]: string } {
  for (const key of NEEDED)
    if (typeof record[key] !== 'string') throw badRequest('scim.missing', { attribute: NEVER_EMPTY[key] });
  return record as UserRecord & { readonly [K in Needed]: string };
}
