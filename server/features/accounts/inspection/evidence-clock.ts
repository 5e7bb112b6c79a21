import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import { roleHolder, type AccountsOrg } from '../org.ts';
import { systemOf } from '../settings.ts';
import type { InspectionRow } from './tables.ts';

/** One system in one month, whatever version. */
export const INSPECTED = 'account_inspected_month';
export const INSPECTIONS_PATH = '/console/accounts/inspections';
const EVIDENCE = 'evidence';

/**
 * S3-4a: an inspection that could not decide is IT's business until it can: a source has to be brought. Run again, it
 * is the same clock.
 */
export async function oweEvidence(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  { systemCode, inspectedMonth, state, sources }: InspectionRow,
): Promise<void> {
  const { settings, supervision } = ctx;
  const subject = { subjectType: INSPECTED, subjectId: `${systemCode}:${inspectedMonth}` };
  if (state === 'decided') {
    await supervision.closeObligations(tx, { ...subject, outcome: 'decided' });
    return;
  }
  const known = await supervision.listOfSubjects(tx, INSPECTED, [subject.subjectId]);
  if (known.length > 0) return;
  const required = settings.inspection.requiredSources[systemCode] ?? [];
  const lacking = sources.filter(({ code, enough }) => !enough && required.includes(code));
  const name = systemOf(settings, systemCode)?.name ?? systemCode;
  supervision.openObligations(tx, [
    {
      kind: 'accounts.inspection',
      ...subject,
      stepRef: EVIDENCE,
      title: `${name}账号巡检（${inspectedMonth}）：缺${lacking.map(({ label }) => label).join('、')}`,
      path: INSPECTIONS_PATH,
      holderPersonId: roleHolder(org, settings.roles.it),
      holderUnitId: null,
      budget: { workdays: settings.itemWorkdays },
    },
  ]);
}
