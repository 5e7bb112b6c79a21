/** The shapes that travel, as the server's contracts define them. Types only: no server code is bundled. */
export type {
  ActAnswer,
  Box,
  Chosen,
  DateRangeValue,
  DayCell,
  DaysAnswer,
  Due,
  Fact,
  Field,
  FieldNote,
  FieldValue,
  FileBrief,
  ForecastAnswer,
  ForecastRequest,
  FormValues,
  HalfDayRangeValue,
  InstanceAnswer,
  ItemsAnswer,
  GivenSignature,
  KeptSignature,
  LocationValue,
  BranchesView,
  PathStep,
  PersonBrief,
  RemindAnswer,
  ReturnedFormAnswer,
  RevokeAnswer,
  SubmitAnswer,
  SubmitRequest,
  TableColumnView,
  TableRow,
  TaskItem,
  TemplateAnswer,
  TemplatesAnswer,
  TimelineRow,
} from '../../../server/features/approvals/contract.ts';

export type {
  OwnRecordAnswer,
  PersonalField,
  RevealAnswer,
} from '../../../server/features/access/people/contract.ts';
export type { Me, Signature } from '../../../server/features/access/contract.ts';
export type { PeoplePage, PersonHit, UnitsPage } from '../../../server/features/directory/contract.ts';
export type { PrintAnswer, VerifyAnswer } from '../../../server/features/approvals/print/contract.ts';
export type {
  EntriesAnswer,
  HomeAnswer,
  Todo,
  TodosAnswer,
} from '../../../server/features/portal/contract.ts';
export type { CalendarAnswer } from '../../../server/features/supervision/contract.ts';
