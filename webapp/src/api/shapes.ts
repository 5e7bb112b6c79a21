/** The shapes that travel, as the server's contracts define them. Types only: no server code is bundled. */
export type {
  ActAnswer,
  Box,
  Chosen,
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
  PathStep,
  PersonBrief,
  RemindAnswer,
  SubmitAnswer,
  SubmitRequest,
  TaskItem,
  TemplateAnswer,
  TimelineRow,
} from '../../../server/features/approvals/contract.ts';

/* Shapes of rooms whose contracts are re-exported above as soon as they exist. */
import type { PersonBrief, TaskItem } from '../../../server/features/approvals/contract.ts';

export interface Me {
  person: PersonBrief & { staffNo: string; mobileMasked: string | null; category: string };
  posts: {
    assignmentId: string;
    unitId: string;
    unitName: string;
    unitPath: string;
    title: string;
    kind: 'main' | 'concurrent';
    isHead: boolean;
    since: string | null;
  }[];
  roles: { role: string; scopeUnitName: string | null }[];
  csrfToken: string;
  institution: string;
  appName: string;
  now: number;
  sandbox: boolean;
}
export interface HomeAnswer {
  todo: { count: number; overdue: number; dueToday: number; items: TaskItem[] };
  mine: { id: string; icon: string; text: string; path: string; tone: string }[];
  entries: {
    group: string;
    items: { id: string; title: string; icon: string; hue: string; path: string }[];
  }[];
  badges: { todo: number; cc: number };
}
export interface SignatureAnswer {
  corpId: string;
  agentId: string;
  config: { timestamp: string; nonceStr: string; signature: string };
  agentConfig: { timestamp: string; nonceStr: string; signature: string };
}
export type { CalendarAnswer } from '../../../server/features/supervision/contract.ts';
export type { PeoplePage, PersonHit, UnitsPage } from '../../../server/features/directory/contract.ts';
