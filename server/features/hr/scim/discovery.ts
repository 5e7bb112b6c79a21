import { notFound } from '../../../kernel/errors.ts';
import { listMessage } from './answers.ts';
import { MAX_PAGE } from './list.ts';
import type { Place } from './resources.ts';
import { type Attribute, GROUPS, type ResourceType, USERS } from './schema.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPES: readonly ResourceType[] = [USERS, GROUPS];

/** RFC 7643, 5. */
export const serviceProviderConfig = ({ base }: Place): object => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MAX_PAGE },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer key',
      description: 'A key of this identity system in the Authorization header.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

const resourceType = ({ name, endpoint, urn, description, extension }: ResourceType, { base }: Place) => ({
  schemas: [RESOURCE_TYPE],
  id: name,
  name,
  endpoint,
  description,
  schema: urn,
  // Only a User cannot be without: staff number and department stand there.
  schemaExtensions: [{ schema: extension.urn, required: name === 'User' }],
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});

const schema = (
  id: string,
  name: string,
  description: string,
  attributes: readonly Attribute[],
  { base }: Place,
) => ({
  schemas: [SCHEMA],
  id,
  name,
  description,
  attributes: attributes.map(attributeShown),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
});

/** Every characteristic written out, also those we leave to their default. */
function attributeShown(attribute: Attribute): object {
  const { name, type, description, subAttributes, canonicalValues, referenceTypes } = attribute;
  return {
    name,
    type,
    multiValued: attribute.multiValued ?? false,
    description,
    required: attribute.required ?? false,
    caseExact: attribute.caseExact ?? false,
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.returned ?? 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.map(attributeShown) }),
  };
}

const schemas = (place: Place) =>
  TYPES.flatMap(({ urn, name, description, attributes, extension }) => [
    schema(urn, name, description, attributes, place),
    schema(extension.urn, extension.name, extension.description, extension.attributes, place),
  ]);

/** `/ResourceTypes` and `/Schemas`, whole or one of them. @throws notFound `scim.not_found` */
export function discovered(kind: 'ResourceTypes' | 'Schemas', id: string | undefined, place: Place): object {
  const all = kind === 'Schemas' ? schemas(place) : TYPES.map((type) => resourceType(type, place));
  if (id === undefined) return listMessage(all, all.length, 1);
  const one = all.find((item) => item.id === id);
  if (!one) throw notFound('scim.not_found');
  return one;
}
