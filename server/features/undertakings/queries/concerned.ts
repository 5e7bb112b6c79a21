import { notFound } from '../../../kernel/errors.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import type { RoomContext } from '../context.ts';
import { concerns } from '../policy.ts';
import type { Text } from '../text.ts';

export interface Somebody {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  /** Department of the main post. */
  readonly unitId: string | null;
}

/** Everybody active whom the text concerns and who is within reach, in the directory's order. */
export const concernedBy = (
  org: OrgWithRoles,
  text: Text,
  reaches: (personId: string) => boolean,
): Somebody[] =>
  org
    .people()
    .filter(({ active, category, personId }) => active && concerns(text, category) && reaches(personId))
    .map(({ personId, staffNo, name }) => {
      const post = org.mainAssignmentOf(personId);
      const unitId = post ? (org.departmentOf(post.unitId)?.unitId ?? null) : null;
      return { personId, staffNo, name, unitId };
    });

/** @throws notFound `undertakings.no_text` */
export function textInForce({ texts }: Pick<RoomContext, 'texts'>, textId: string): Text {
  const text = texts().find((one) => one.textId === textId);
  if (!text) throw notFound('undertakings.no_text');
  return text;
}
