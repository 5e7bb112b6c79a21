/** The people in a request, as its state, commands and events name them. */

/** A person as they were at the moment it mattered. `assignmentId` is the post they act from, if known. */
export interface PersonSnapshot {
  readonly personId: string;
  readonly name: string;
  readonly staffNo: string;
  readonly assignmentId: string | null;
  readonly unitId: string;
  readonly unitName: string;
  readonly title: string;
}

/** Who acts: `personId` is null for a mechanism (R46: never a person's name on what no person did). */
export interface By {
  readonly personId: string | null;
  readonly name: string;
}

/** The path as it was foretold when the request was made; kept to log differences (R24). */
export interface ForecastStep {
  readonly stepKey: string;
  readonly personIds: readonly string[];
}
