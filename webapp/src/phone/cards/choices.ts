import type { CardState, TemplateCard } from '../../../../server/sandbox/contract.ts';

export type Selections = Record<string, string[]>;

const known = (ids: readonly string[], id: string | undefined): string[] => {
  if (id !== undefined && ids.includes(id)) return [id];
  const first = ids[0];
  return first === undefined ? [] : [first];
};

/**
 * What is selected before anybody touches the card: what this member sent last, else the sender's preselection.
 * A missing or wrong `selected_id` means the first option (page 90236).
 */
export function startSelections(card: TemplateCard, state: CardState): Selections {
  const sent = state.taps.at(-1)?.selections ?? {};
  const selections: Selections = {};
  for (const select of [
    ...(card.button_selection ? [card.button_selection] : []),
    ...(card.select_list ?? []),
  ]) {
    const ids = select.option_list.map((option) => option.id);
    selections[select.question_key] = sent[select.question_key] ?? known(ids, select.selected_id);
  }
  if (card.checkbox) {
    const checked = card.checkbox.option_list
      .filter((option) => option.is_checked)
      .map((option) => option.id);
    selections[card.checkbox.question_key] =
      sent[card.checkbox.question_key] ?? (card.checkbox.mode === 1 ? checked : checked.slice(0, 1));
  }
  return selections;
}

/** A vote needs at least one choice before it can be sent. */
export const canSubmit = (card: TemplateCard, selections: Selections): boolean =>
  !card.checkbox || (selections[card.checkbox.question_key] ?? []).length > 0;

/** Ticking in a multiple vote, choosing in a single one. */
export function toggled(mode: number | undefined, before: readonly string[], id: string): string[] {
  if (mode !== 1) return [id];
  return before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
}

/** A link the phone can open; mini programs (type 2) it cannot. */
export const linkUrl = (link: { type?: number; url?: string } | undefined): string | null =>
  link?.type === 1 && link.url ? link.url : null;
