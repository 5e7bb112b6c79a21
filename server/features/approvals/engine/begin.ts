/** A request as it is handed in. */
import type { InstanceEvent } from '../model/events.ts';
import { signaturesIn } from '../fields/signature.ts';
import type { Draft } from './draft.ts';

export function begin(event: Extract<InstanceEvent, { type: 'submitted' }>): Draft {
  const signatures = signaturesIn(event.form);
  return {
    instanceId: event.instanceId,
    number: event.number,
    templateKey: event.templateKey,
    templateVersion: event.templateVersion,
    title: event.title,
    applicant: event.applicant,
    submittedAt: event.at,
    form: event.form,
    values: event.values,
    chosen: event.chosen,
    forecast: event.forecast,
    status: 'running',
    finishedAt: null,
    finishedBy: null,
    finishedComment: null,
    round: 1,
    position: 0,
    steps: [],
    skipped: [],
    tasks: [],
    copies: [],
    comments: [],
    reminders: [],
    ...(signatures.length === 0 ? {} : { signatures }),
  };
}
