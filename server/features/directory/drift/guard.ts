/**
 * A mass of differences at once is no drift but an accident: an import at the console, a second system that writes,
 * a wrong file of ours. Then nothing is put back by itself (D2, D3): somebody looks first. Counted over a day, so that
 * many small findings cannot slip through.
 */
export interface MassLimits {
  /** Subjects with a new difference within a day. */
  readonly subjects: number;
  /** Of all people and units compared. */
  readonly share: number;
  /** Below that many the share says nothing: one of three is no mass. */
  readonly shareFrom: number;
}

export const MASS_LIMITS: MassLimits = { subjects: 50, share: 0.05, shareFrom: 10 };

/** @param total all people and units that are compared */
export const isMass = (subjects: number, total: number, limits: MassLimits): boolean =>
  subjects > limits.subjects || (subjects >= limits.shareFrom && subjects > total * limits.share);
