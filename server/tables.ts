import type { EntitySchema } from 'typeorm';
import { QuotaTable, TokenTable } from './connector/tables.ts';
import { accessTables } from './features/access/index.ts';
import { accountSignsTables } from './features/account-signs/index.ts';
import { accountsTables } from './features/accounts/index.ts';
import { adminTables } from './features/admin/index.ts';
import { approvalsTables } from './features/approvals/index.ts';
import { correctionsTables } from './features/corrections/index.ts';
import { fileAuditTables } from './features/file-audits/index.ts';
import { directoryTables, driftTables } from './features/directory/index.ts';
import { hrSourceTables, hrTables, scimTables } from './features/hr/index.ts';
import { keepingTables } from './features/keeping/index.ts';
import { portalTables } from './features/portal/index.ts';
import { repairTables } from './features/repairs/index.ts';
import { sealTables } from './features/seals/index.ts';
import { nativeApprovalTables } from './features/native-approvals/index.ts';
import { meetingRoomsTables } from './features/meeting-rooms/index.ts';
import { leaveTables } from './features/leave/index.ts';
import { messagingTables } from './features/messaging/index.ts';
import { supervisionTables } from './features/supervision/index.ts';
import { delegationsTables } from './features/delegations/index.ts';
import { undertakingsTables } from './features/undertakings/index.ts';
import { auditTables } from './platform/audit/index.ts';
import { FileTable } from './platform/files/index.ts';
import { jobTables } from './platform/jobs/index.ts';

/** Every table there is, floor by floor. */
export const tables = [
  ...auditTables,
  ...jobTables,
  FileTable,
  TokenTable,
  QuotaTable,
  ...directoryTables,
  ...driftTables,
  ...accessTables,
  ...messagingTables,
  ...supervisionTables,
  ...approvalsTables,
  ...accountsTables,
  ...hrTables,
  ...hrSourceTables,
  ...scimTables,
  ...correctionsTables,
  ...accountSignsTables,
  ...delegationsTables,
  ...undertakingsTables,
  ...fileAuditTables,
  ...repairTables,
  ...sealTables,
  ...meetingRoomsTables,
  ...leaveTables,
  ...nativeApprovalTables,
  ...portalTables,
  ...adminTables,
  ...keepingTables,
] as unknown as readonly EntitySchema[];
