/**
 * The approvals API: shapes of requests and answers. The web front end imports this file as types only.
 * Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Words (`…words`, `label`, `title`) are ready to
 * show; the client never recomputes a rule from them.
 */
export {
  DateRangeValue,
  DateText,
  Field,
  FieldValue,
  FormValues,
  GivenSignature,
  Half,
  HalfDayRangeValue,
  Id,
  KeptSignature,
  LocationValue,
  TableColumnView,
  TableRow,
} from './fields/contract.ts';
export type { FieldType } from './fields/contract.ts';
export * from './contract/acts.ts';
export * from './contract/boxes.ts';
export * from './contract/brief.ts';
export * from './contract/request.ts';
export * from './contract/returns.ts';
export * from './contract/standing.ts';
export * from './contract/submit.ts';
export * from './contract/templates.ts';
export * from './contract/viewer.ts';
