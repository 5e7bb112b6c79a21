export { readAnchors, writeAnchor } from './anchor.ts';
export type { Anchor, ChainFault, FaultKind } from './chain.ts';
export { FORGOTTEN, forgetPerson, livingKeysOf } from './forget-person.ts';
export {
  createOpenPersonal,
  keepPersonalParts,
  type OpenPersonal,
  type PersonalPart,
} from './personal-parts.ts';
export { type ChainPart, type ChainProof, proofOf, type ShownEntry } from './proof.ts';
export { recordAct, type Act, type Personal } from './record.ts';
export { createSealer, sealAll, type Sealer } from './seal.ts';
export {
  type AuditEntryRow,
  AuditEntryTable,
  AuditHeadTable,
  AuditPersonalTable,
  auditTables,
  PERSON_KEY_PURPOSE,
} from './tables.ts';
export { verifyAudit, type AuditReport } from './verify.ts';
