import { FirstRelease1764000000000 } from './0001-first-release.ts';
import { TodoOrder1795285000000 } from './0002-todo-order.ts';
import { Personnel1795287000000 } from './0003-personnel.ts';
import { DelegatedAdministration1795289000000 } from './0004-delegated-administration.ts';
import { Accounts1795291000000 } from './0005-accounts.ts';
import { HrStatements1795293000000 } from './0006-hr-statements.ts';
import { DirectorySets1795295000000 } from './0007-directory-sets.ts';
import { DirectoryDrift1795297000000 } from './0008-directory-drift.ts';
import { HrSources1795299000000 } from './0009-hr-sources.ts';
import { Scim1795301000000 } from './0010-scim.ts';
import { ScimLists1795303000000 } from './0011-scim-lists.ts';
import { Corrections1795305000000 } from './0012-corrections.ts';
import { Keeping1795307000000 } from './0013-keeping.ts';
import { AuditPersonal1795309000000 } from './0014-audit-personal.ts';
import { AccountsLists1795311000000 } from './0015-accounts-lists.ts';
import { SheetRuns1795313000000 } from './0016-sheet-runs.ts';
import { ConsoleLog1795315000000 } from './0017-console-log.ts';
import { UnitActs1795317000000 } from './0018-unit-acts.ts';
import { InspectionInSlices1795321000000 } from './0020-inspection-in-slices.ts';
import { Circulars1795323000000 } from './0021-circulars.ts';
import { Forgetting1795325000000 } from './0022-forgetting.ts';
import { TagFindings1795327000000 } from './0023-tag-findings.ts';
import { HomeAddress1795329000000 } from './0024-home-address.ts';
import { ScimLookups1795331000000 } from './0025-scim-lookups.ts';
import { AppEntries1795333000000 } from './0026-app-entries.ts';
import { Newcomers1795334000000 } from './0027-newcomers.ts';
import { PhotoDecisions1795335000000 } from './0028-photo-decisions.ts';
import { AccountSigns1795336000000 } from './0029-account-signs.ts';
import { Undertakings1795337000000 } from './0030-undertakings.ts';
import { FileAudits1795338000000 } from './0031-file-audits.ts';
import { Leave1795338003000 } from './0033-leave.ts';
import { MeetingRooms1795338004000 } from './0034-meeting-rooms.ts';
import { Repairs1795338005000 } from './0035-repairs.ts';
import { Delegations1795339000000 } from './0036-delegations.ts';
import { Seals1795340000000 } from './0037-seals.ts';
import { FormSecrets1795341000000 } from './0038-form-secrets.ts';
import { DryRun1795343000000 } from './0039-dry-run.ts';
import { TemplateDesign1795344000000 } from './0040-template-design.ts';
import { Packages1795346000000 } from './0042-packages.ts';
import { MeetingSchedules1795348000000 } from './0044-meeting-schedules.ts';
import { MeetingReminders1795348800000 } from './0046-meeting-reminders.ts';
import { NativeApprovals1795349000000 } from './0045-native-approvals.ts';
import { PackageUnits1795350000000 } from './0048-package-units.ts';
import { WorkbenchTiles1795350200000 } from './0050-workbench-tiles.ts';

/** In order; never edited after they were merged. */
export const migrations = [
  FirstRelease1764000000000,
  TodoOrder1795285000000,
  Personnel1795287000000,
  DelegatedAdministration1795289000000,
  Accounts1795291000000,
  HrStatements1795293000000,
  DirectorySets1795295000000,
  DirectoryDrift1795297000000,
  HrSources1795299000000,
  Scim1795301000000,
  ScimLists1795303000000,
  Corrections1795305000000,
  Keeping1795307000000,
  AuditPersonal1795309000000,
  AccountsLists1795311000000,
  SheetRuns1795313000000,
  ConsoleLog1795315000000,
  UnitActs1795317000000,
  InspectionInSlices1795321000000,
  Circulars1795323000000,
  Forgetting1795325000000,
  TagFindings1795327000000,
  HomeAddress1795329000000,
  ScimLookups1795331000000,
  AppEntries1795333000000,
  Newcomers1795334000000,
  PhotoDecisions1795335000000,
  AccountSigns1795336000000,
  Undertakings1795337000000,
  FileAudits1795338000000,
  Leave1795338003000,
  MeetingRooms1795338004000,
  Repairs1795338005000,
  Delegations1795339000000,
  Seals1795340000000,
  FormSecrets1795341000000,
  DryRun1795343000000,
  TemplateDesign1795344000000,
  Packages1795346000000,
  MeetingSchedules1795348000000,
  MeetingReminders1795348800000,
  NativeApprovals1795349000000,
  PackageUnits1795350000000,
  WorkbenchTiles1795350200000,
];
