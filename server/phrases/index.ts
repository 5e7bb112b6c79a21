import { accessPhrases } from './access.ts';
import { accountSignsPhrases } from './account-signs.ts';
import { accountsPhrases } from './accounts.ts';
import { adminPhrases } from './admin.ts';
import { approvalsPhrases } from './approvals.ts';
import { approvalsDesignPhrases } from './approvals-design.ts';
import { correctionsPhrases } from './corrections.ts';
import { fileAuditsPhrases } from './file-audits.ts';
import { directoryPhrases } from './directory.ts';
import { driftPhrases } from './directory-drift.ts';
import { filesPhrases } from './files.ts';
import { hrPhrases } from './hr.ts';
import { hrSheetPhrases } from './hr-sheet.ts';
import { hrSourcesPhrases } from './hr-sources.ts';
import { httpPhrases } from './http.ts';
import { keepingPhrases } from './keeping.ts';
import { nativeApprovalsPhrases } from './native-approvals.ts';
import { repairsPhrases } from './repairs.ts';
import { leavePhrases } from './leave.ts';
import { scimPhrases } from './scim.ts';
import { sealsPhrases } from './seals.ts';
import { sheetsPhrases } from './sheets.ts';
import { supervisionPhrases } from './supervision.ts';
import { meetingRoomsPhrases } from './meeting-rooms.ts';
import type { Phrases } from './types.ts';
import { delegationsPhrases } from './delegations.ts';
import { undertakingsPhrases } from './undertakings.ts';
import { wecomPhrases } from './wecom.ts';

/** Words of every error code; a test demands that none is missing. */
export const phrases: Phrases = {
  ...httpPhrases,
  ...filesPhrases,
  ...sheetsPhrases,
  ...wecomPhrases,
  ...directoryPhrases,
  ...driftPhrases,
  ...accessPhrases,
  ...supervisionPhrases,
  ...approvalsPhrases,
  ...approvalsDesignPhrases,
  ...accountsPhrases,
  ...hrPhrases,
  ...hrSheetPhrases,
  ...hrSourcesPhrases,
  ...scimPhrases,
  ...correctionsPhrases,
  ...accountSignsPhrases,
  ...delegationsPhrases,
  ...undertakingsPhrases,
  ...meetingRoomsPhrases,
  ...fileAuditsPhrases,
  ...nativeApprovalsPhrases,
  ...repairsPhrases,
  ...sealsPhrases,
  ...leavePhrases,
  ...adminPhrases,
  ...keepingPhrases,
};

/** The words of a code with its blanks filled; a code without words reads as a failure of ours. */
export function wordsFor(
  code: string,
  data: Readonly<Record<string, unknown>>,
  language: 'zh' | 'en',
): string {
  const entry = phrases[code] ?? httpPhrases['http.internal'];
  return entry[language].replace(/\{(\w+)\}/g, (_, key: string) => String(data[key] ?? ''));
}
