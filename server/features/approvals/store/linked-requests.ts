import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { FormValues, InstanceStatus } from '../contract.ts';
import { STATUS_WORDS } from '../views/status.ts';
import type { LinkedRequest } from '../form/fields.ts';
import { valueOf } from '../form/fields.ts';
import type { Template } from '../template/template.ts';

interface Row {
  readonly id: string;
  readonly requestNumber: string;
  readonly title: string;
  readonly status: InstanceStatus;
  readonly templateKey: string;
}

/** Of the requests a form links to those that may be: finished ones of the applicant's own. */
export async function linkedRequests(
  reads: Reads,
  { fields }: Template,
  form: FormValues,
  applicantId: string,
): Promise<(instanceId: string) => LinkedRequest | null> {
  const ids = fields
    .filter(({ type }) => type === 'request')
    .map(({ key }) => valueOf(form, key))
    .filter((id) => typeof id === 'string');
  if (ids.length === 0) return () => null;
  const rows = await reads.em.query<Row[]>(
    `select id, requestNumber, title, status, templateKey from approval_instance
     where applicantId = ? and finishedAt is not null and id in (${ids.map(() => '?').join(', ')})`,
    [applicantId, ...ids],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return (instanceId) => {
    const row = known.get(instanceId);
    return row === undefined ? null : { templateKey: row.templateKey, words: wordsOf(row) };
  };
}

/** "QJ-2026-0012 年假 3 天"; with its end where that was no approval. */
const wordsOf = ({ requestNumber, title, status }: Row): string =>
  `${requestNumber} ${title}${status === 'approved' ? '' : `（${STATUS_WORDS[status]}）`}`;
