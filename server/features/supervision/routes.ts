import type { Calendar } from '../../kernel/workdays.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { CalendarAnswer, CalendarQuery } from './contract.ts';
import { readCalendar } from './read-calendar.ts';

export const supervisionRoutes = (calendar: Calendar): Route[] => [
  route({
    method: 'get',
    path: '/api/calendar',
    summary: 'Working days, days off and make-up workdays, with the notices that decide them.',
    auth: 'person',
    query: CalendarQuery,
    answer: CalendarAnswer,
    handle: async ({ query }) => readCalendar(query, calendar),
  }),
];
