import { asFailure } from '../../../api/failure.ts';
import { createRequest, fillRequest, listRequests, readRequest, submitRequest } from '../api.ts';
import type { RequestActAnswer } from '../shapes.ts';
import type { FilledInput } from './filled.ts';
import type { ReportDraft } from './use-report-draft.ts';

export type Sent =
  | { readonly outcome: 'sent'; readonly answer: RequestActAnswer }
  /** More than one unit may send for now: whoever reports says which. */
  | { readonly outcome: 'askUnit'; readonly units: { value: string; label: string }[] }
  /** It stands, and another unit sends it. */
  | { readonly outcome: 'begun' };

/**
 * Make the request once, fill it, send it in for one unit. Each step looks at what stands already, so a second tap or
 * a retry after a lost answer makes no second request. @throws Failure with the server's words
 */
export async function sendReport(draft: ReportDraft, filled: FilledInput, unitId: string): Promise<Sent> {
  const requestId = await bringForm(draft, filled);
  const request = await readRequest(requestId);
  const may = request.can.submit;
  if (may.length === 0) return { outcome: 'begun' };
  const chosen = may.length === 1 ? may[0] : may.find((one) => one === unitId);
  if (chosen === undefined) {
    const units = request.senders.filter((sender) => may.includes(sender.unitId));
    return { outcome: 'askUnit', units: units.map((each) => ({ value: each.unitId, label: each.unitName })) };
  }
  return { outcome: 'sent', answer: await submitRequest(requestId, chosen, draft.letter) };
}

/** The request's id, its form being what is on the screen. */
async function bringForm(draft: ReportDraft, filled: FilledInput): Promise<string> {
  const known = draft.requestId ?? (await foundAgain(draft, filled));
  if (known !== null) {
    draft.requestId = known;
    await fillRequest(known, filled);
    return known;
  }
  const personId = draft.person?.personId ?? '';
  const before = await idsOf(personId, filled);
  try {
    const { requestId } = await createRequest(personId, filled);
    draft.requestId = requestId;
    draft.stoodBefore = null;
    return requestId;
  } catch (error) {
    if (asFailure(error).unanswered) draft.stoodBefore = before;
    throw error;
  }
}

/** After a lost answer: was it made after all? */
async function foundAgain(draft: ReportDraft, filled: FilledInput): Promise<string | null> {
  const { stoodBefore, person } = draft;
  if (stoodBefore === null || person === null) return null;
  const now = await idsOf(person.personId, filled);
  return now.find((id) => !stoodBefore.includes(id)) ?? null;
}

async function idsOf(personId: string, { kind }: FilledInput): Promise<string[]> {
  const { items } = await listRequests({ personId, kind, status: 'draft', limit: 50 });
  return items.map(({ requestId }) => requestId);
}
