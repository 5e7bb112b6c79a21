import type { Incoming } from '../model.ts';
import type { KnownIndex } from './known-index.ts';
import { byIdNumber, byMobileAndName, claimsOf, linkByCandidates } from './match-candidates.ts';
import { linkFirmly } from './match-firmly.ts';
import { surveyFile, type Match, type MatchOptions, type Run, type Settled } from './match-run.ts';

export { isSettled, type Match, type MatchOptions, type Settled, type Unsettled } from './match-run.ts';

/**
 * Who each row is, in the order of the rows (B3): the source's own id, the staff number, the print of the ID number,
 * mobile and name. The last two link only when there is exactly one candidate, nobody else claims it and its own
 * staff number is not in the file; else they are a doubt. Name alone and userid are never looked at (B1, B2).
 * The verdict on a row does not depend on the order of the rows.
 */
export function match(rows: readonly Incoming[], index: KnownIndex, options: MatchOptions): Match[] {
  const file = surveyFile(rows, options);
  const run: Run = { index, file, options, linked: new Map(), found: new Map(), claims: new Map() };
  linkFirmly(rows, run);
  run.claims = claimsOf(rows, run);
  linkByCandidates(rows, run, byIdNumber);
  linkByCandidates(rows, run, byMobileAndName);
  return rows.map((row) => run.found.get(row) ?? newcomer(row));
}

const newcomer = (row: Incoming): Settled => ({ verdict: 'new', row, person: null, by: null, rehire: false });
