import { assertNever } from '../../kernel/errors.ts';
import { eventEnvelope } from './envelope.ts';
import type { ContactChanged } from './event-types.ts';
import { id, optionalId, optionalIdList } from './fields.ts';
import type { XmlElement } from './xml.ts';

const CONTACT_CHANGES = [
  'create_user',
  'update_user',
  'delete_user',
  'create_party',
  'update_party',
  'delete_party',
  'update_tag',
] as const satisfies readonly ContactChanged['change'][];

/** Null for a change this version does not know. */
export function parseContactChange(root: XmlElement, changeType: string): ContactChanged | null {
  const change = CONTACT_CHANGES.find((known) => known === changeType);
  if (change === undefined) return null;
  const base = { kind: 'contactChanged', ...eventEnvelope(root) } as const;
  switch (change) {
    case 'create_user':
    case 'update_user':
    case 'delete_user':
      return {
        ...base,
        change,
        userId: id(root, 'UserID'),
        newUserId: optionalId(root, 'NewUserID'),
        departmentIds: optionalIdList(root, 'Department'),
      };
    case 'create_party':
    case 'update_party':
    case 'delete_party':
      return { ...base, change, departmentId: id(root, 'Id'), parentId: optionalId(root, 'ParentId') };
    case 'update_tag':
      return {
        ...base,
        change,
        tagId: id(root, 'TagId'),
        addedUserIds: optionalIdList(root, 'AddUserItems') ?? [],
        removedUserIds: optionalIdList(root, 'DelUserItems') ?? [],
        addedDepartmentIds: optionalIdList(root, 'AddPartyItems') ?? [],
        removedDepartmentIds: optionalIdList(root, 'DelPartyItems') ?? [],
      };
    default:
      return assertNever(change);
  }
}
