/** With whom the recording of a use lies. Pure. */

export interface Keeping {
  readonly keeperIds: readonly string[];
  /** Heads of the unit that manages the seal, in their order. */
  readonly headIds: readonly string[];
  /** Heads of the units that answer for all seals. */
  readonly chiefIds: readonly string[];
}

/**
 * Keepers in the order they were named, without the applicant: nobody records their own use. Where no keeper is left,
 * the heads of the managing unit; where none of these, the heads of the units that answer for all seals.
 */
export function handlersOf(
  { keeperIds, headIds, chiefIds }: Keeping,
  applicantId: string,
  isActive: (personId: string) => boolean,
): readonly string[] {
  const able = (ids: readonly string[]): string[] => [
    ...new Set(ids.filter((id) => id !== applicantId && isActive(id))),
  ];
  return [keeperIds, headIds, chiefIds].map(able).find((ids) => ids.length > 0) ?? [];
}
