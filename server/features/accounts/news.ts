import type { CalendarDate } from '../../kernel/dates.ts';

/** HR's last word about a person, as the directory wrote it down (S3-0a). */
export type PersonnelNews =
  | { readonly kind: 'joined'; readonly on: CalendarDate; readonly unitId: string }
  | {
      readonly kind: 'moved';
      readonly on: CalendarDate;
      readonly from: { readonly unitId: string; readonly title: string };
      readonly to: { readonly unitId: string; readonly title: string };
    }
  | {
      readonly kind: 'left';
      readonly on: CalendarDate;
      readonly unitId: string;
      readonly retired: boolean;
    };
