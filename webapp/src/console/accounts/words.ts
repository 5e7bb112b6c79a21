/** Words of the accounts pages that do not come from the server; the rules of phrases.ts hold here too. */
import { commonWords } from './words/common.ts';
import { requestsWords } from './words/requests.ts';
import { personWords } from './words/person.ts';
import { handoverWords } from './words/handover.ts';
import { lateWords } from './words/late.ts';
import { exchangeWords } from './words/exchange.ts';
import { inspectionWords } from './words/inspection.ts';
import { systemsWords } from './words/systems.ts';

export const w = {
  ...commonWords,
  ...requestsWords,
  ...systemsWords,
  ...personWords,
  ...handoverWords,
  ...lateWords,
  ...exchangeWords,
  ...inspectionWords,
} as const;
