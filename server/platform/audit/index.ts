export { readAnchors, writeAnchor } from './anchor.ts';
export type { Anchor, ChainFault } from './chain.ts';
export { recordAct, type Act } from './record.ts';
export { createSealer, sealAll, type Sealer } from './seal.ts';
export { AuditEntryTable, AuditHeadTable } from './tables.ts';
export { verifyAudit, type AuditReport } from './verify.ts';
