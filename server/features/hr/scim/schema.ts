/**
 * What a User and a Group have here, as RFC 7643 describes attributes: the one source of `/Schemas`, of what a request
 * may write, what a filter may name and what an answer holds.
 */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly caseExact?: true;
  /** `readWrite` when left out. */
  readonly mutability?: 'readOnly' | 'writeOnly' | 'immutable';
  /** `default` when left out. */
  readonly returned?: 'always' | 'never';
  readonly uniqueness?: 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

export interface Extension {
  readonly urn: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

export interface ResourceType {
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly urn: string;
  readonly description: string;
  /** Of the core schema, without those every resource has. */
  readonly attributes: readonly Attribute[];
  readonly extension: Extension;
}

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const UNIT = 'urn:wecom-steward:params:scim:schemas:extension:unit:2.0:Group';

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
});
const reference = (referenceTypes: readonly string[], more: Partial<Attribute> = {}): Attribute => ({
  name: '$ref',
  type: 'reference',
  description: 'The URI of the resource.',
  referenceTypes,
  caseExact: true,
  ...more,
});
const READ_ONLY = { mutability: 'readOnly' } as const;
const EXACT = { caseExact: true } as const;

/** RFC 7643, 3.1: not part of any schema. */
export const COMMON: readonly Attribute[] = [
  text('schemas', 'URIs of the schemas of the resource.', {
    multiValued: true,
    ...EXACT,
    ...READ_ONLY,
    returned: 'always',
  }),
  text('id', 'Ours; never changes.', { ...EXACT, ...READ_ONLY, returned: 'always', uniqueness: 'server' }),
  text('externalId', "The identity system's own id; each system has its own.", EXACT),
  {
    name: 'meta',
    type: 'complex',
    description: 'About the resource.',
    ...READ_ONLY,
    subAttributes: [
      text('resourceType', 'User or Group.', { ...EXACT, ...READ_ONLY }),
      { name: 'created', type: 'dateTime', description: 'When it came here.', ...READ_ONLY },
      { name: 'lastModified', type: 'dateTime', description: 'When its record changed.', ...READ_ONLY },
      reference(['uri'], { name: 'location', ...READ_ONLY }),
      text('version', 'Entity tag.', { ...EXACT, ...READ_ONLY }),
    ],
  },
];

export const USERS: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  urn: USER,
  description: 'Somebody employed here.',
  attributes: [
    text('userName', 'The account in 企业微信.', { required: true, uniqueness: 'server' }),
    {
      name: 'name',
      type: 'complex',
      description: 'The name. Kept as one text; write `formatted`, or family name and given name together.',
      subAttributes: [
        text('formatted', 'The name as it is written.'),
        text('familyName', 'Taken with givenName only.', { mutability: 'writeOnly', returned: 'never' }),
        text('givenName', 'Taken with familyName only.', { mutability: 'writeOnly', returned: 'never' }),
      ],
    },
    text('displayName', 'The same as name.formatted.'),
    text('title', '职务 of the main post.'),
    text('userType', 'The person category: 院内, 院外服务, 代管.', {
      required: true,
      canonicalValues: ['internal', 'external', 'entrusted'],
    }),
    {
      name: 'active',
      type: 'boolean',
      description: 'False suspends the person: the account is locked, nothing is deleted.',
    },
    {
      name: 'emails',
      type: 'complex',
      multiValued: true,
      description: 'One address is kept: the primary one, else the first of type work, else the first.',
      subAttributes: [
        text('value', 'The address.'),
        text('type', 'Always work.', { canonicalValues: ['work'] }),
        { name: 'primary', type: 'boolean', description: 'Always true.' },
      ],
    },
    {
      name: 'phoneNumbers',
      type: 'complex',
      multiValued: true,
      description: 'The mobile: of type mobile or without a type. Kept sealed, never answered.',
      mutability: 'writeOnly',
      returned: 'never',
      subAttributes: [
        text('value', 'The number.'),
        text('type', 'Numbers of other types are not kept.', { canonicalValues: ['mobile'] }),
        { name: 'primary', type: 'boolean', description: 'Not kept.' },
      ],
    },
    {
      name: 'groups',
      type: 'complex',
      multiValued: true,
      description: 'Units the person holds a post in today.',
      ...READ_ONLY,
      subAttributes: [
        text('value', 'Id of the Group.', { ...EXACT, ...READ_ONLY }),
        reference(['Group'], READ_ONLY),
        text('display', 'Name of the unit.', READ_ONLY),
        text('type', 'Always direct.', { ...READ_ONLY, canonicalValues: ['direct'] }),
      ],
    },
  ],
  extension: {
    urn: ENTERPRISE,
    name: 'Enterprise User',
    description: 'Staff number, department and superior.',
    attributes: [
      text('employeeNumber', 'The staff number.', { required: true, ...EXACT, uniqueness: 'server' }),
      text('department', 'The unit of the main post: written by code or by a name only one unit has.', {
        required: true,
      }),
      {
        name: 'manager',
        type: 'complex',
        description: 'Direct superior.',
        subAttributes: [
          text('value', 'Id of the User.', EXACT),
          reference(['User'], READ_ONLY),
          text('displayName', 'Name of the superior.', READ_ONLY),
        ],
      },
    ],
  },
};

export const GROUPS: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  urn: GROUP,
  description: 'A unit with those who hold a post in it.',
  attributes: [
    text('displayName', 'Name of the unit; no two units of one parent have the same.', { required: true }),
    {
      name: 'members',
      type: 'complex',
      multiValued: true,
      description: 'People with a post in the unit today. Adding gives a concurrent post, removing ends one.',
      subAttributes: [
        text('value', 'Id of the User.', { ...EXACT, mutability: 'immutable' }),
        reference(['User'], READ_ONLY),
        text('display', 'Name of the person.', READ_ONLY),
        text('type', 'Always User.', { mutability: 'immutable', canonicalValues: ['User'] }),
      ],
    },
  ],
  extension: {
    urn: UNIT,
    name: 'Unit',
    description: "The unit's code and its place in the tree.",
    attributes: [
      text('code', "The institution's own number of the unit; taken from externalId when left out.", {
        ...EXACT,
        mutability: 'immutable',
        uniqueness: 'server',
      }),
      {
        name: 'parent',
        type: 'complex',
        description: 'The unit above; directly below the institution when left out.',
        subAttributes: [
          text('value', 'Id of the Group.', EXACT),
          reference(['Group'], READ_ONLY),
          text('display', 'Name of the unit.', READ_ONLY),
        ],
      },
    ],
  },
};

/** RFC 7643, 2.1: names are compared without case. */
export function named(attributes: readonly Attribute[], name: string): Attribute | null {
  const wanted = name.toLowerCase();
  return attributes.find((one) => one.name.toLowerCase() === wanted) ?? null;
}

export const coreOf = (type: ResourceType): readonly Attribute[] => [...COMMON, ...type.attributes];
