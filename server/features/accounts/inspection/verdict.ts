/** G7, S3-4b: was this account used in the window? Pure: evidence and facts in, a verdict naming its rule out. */
import { dateOf, instantOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { AccountState } from '../model.ts';
import { isInside, type InspectionWindow } from './window.ts';

/** `undecided`: a source is missing, so nothing is concluded about anybody. */
export type Verdict = 'active' | 'excluded' | 'listed' | 'undecided';

export interface Source {
  readonly code: string;
  readonly label: string;
  readonly required: boolean;
  /** Until when its data reaches; null: it could not be had. */
  readonly cutOffAt: number | null;
  /** One act by person id: the last inside the window where one is known, else the last at all. */
  readonly last: ReadonlyMap<string, number>;
}

export interface SourceState {
  readonly code: string;
  readonly label: string;
  readonly cutOffAt: number | null;
  /** Reaches to the end of the window. */
  readonly enough: boolean;
}

export interface EvidenceCell {
  readonly source: string;
  readonly lastAt: number | null;
  readonly inside: boolean;
}

export interface InspectedAccount {
  readonly personId: string;
  readonly state: AccountState;
  readonly openedAt: number;
  /** When it was last locked; null: never. A lock that began or stood inside the window counts. */
  readonly lockedAt: number | null;
  readonly unlockedAt: number | null;
  readonly joinedOn: CalendarDate | null;
  /** Registered leave, half-open. */
  readonly leaves: readonly {
    readonly fromOn: CalendarDate;
    readonly untilOn: CalendarDate;
    readonly words: string;
  }[];
}

export interface Finding {
  readonly personId: string;
  readonly verdict: Verdict;
  readonly ruleCode: string;
  readonly ruleWords: string;
  readonly evidence: EvidenceCell[];
}

export function sourceStates(sources: readonly Source[], window: InspectionWindow): SourceState[] {
  const end = instantOf(window.untilOn);
  return sources.map(({ code, label, cutOffAt }) => ({
    code,
    label,
    cutOffAt,
    enough: cutOffAt !== null && cutOffAt >= end,
  }));
}

/** Required sources that are not there or end before the window does. */
export function missingSources(sources: readonly Source[], window: InspectionWindow): readonly Source[] {
  const states = sourceStates(sources, window);
  return sources.filter((source, at) => source.required && states[at]?.enough !== true);
}

/** Verdicts for all accounts of one system. Accounts = active + excluded + listed, or all undecided. */
export function inspect(
  accounts: readonly InspectedAccount[],
  sources: readonly Source[],
  window: InspectionWindow,
): Finding[] {
  const missing = missingSources(sources, window);
  return accounts.map((account) => {
    const evidence = cellsOf(account.personId, sources, window);
    const base = { personId: account.personId, evidence };
    if (missing.length > 0) {
      const words = `${missing.map(({ label }) => label).join('、')}没取到，不能下结论`;
      return { ...base, verdict: 'undecided', ruleCode: 'sourceMissing', ruleWords: words };
    }
    return { ...base, ...conclude(account, evidence, sources, window) };
  });
}

type Conclusion = Pick<Finding, 'verdict' | 'ruleCode' | 'ruleWords'>;

/**
 * An act proves use, whatever else is true; only then is it asked why there might be none. Many a source tells of the
 * last act only: whoever acted after the window, and the export is taken after it, may have acted inside it as well,
 * so nobody is accused by that (G7).
 */
function conclude(
  account: InspectedAccount,
  evidence: readonly EvidenceCell[],
  sources: readonly Source[],
  window: InspectionWindow,
): Conclusion {
  const used = evidence.filter(({ inside }) => inside);
  if (used.length > 0) return activeBy(used, sources, '有操作');
  const reason = exclusionOf(account, window);
  if (reason) return { verdict: 'excluded', ...reason };
  const until = instantOf(window.untilOn);
  const later = evidence.filter(({ lastAt }) => lastAt !== null && lastAt >= until);
  if (later.length > 0) return activeBy(later, sources, '有操作（窗口之后）');
  return { verdict: 'listed', ruleCode: 'noEvidence', ruleWords: '期内没有操作记录' };
}

function activeBy(cells: readonly EvidenceCell[], sources: readonly Source[], words: string): Conclusion {
  const labels = cells.map(({ source }) => sources.find(({ code }) => code === source)?.label ?? source);
  return {
    verdict: 'active',
    ruleCode: `evidence:${cells[0]?.source ?? ''}`,
    ruleWords: `${words}：${labels.join('、')}`,
  };
}

function exclusionOf(
  account: InspectedAccount,
  window: InspectionWindow,
): Omit<Conclusion, 'verdict'> | null {
  const from = instantOf(window.fromOn);
  const until = instantOf(window.untilOn);
  const { openedAt, joinedOn, lockedAt, unlockedAt } = account;
  if (joinedOn !== null && joinedOn >= window.fromOn)
    return { ruleCode: 'excluded:joined', ruleWords: `${joinedOn.slice(5)} 入职` };
  if (openedAt >= from)
    return { ruleCode: 'excluded:opened', ruleWords: `${dateOf(openedAt).slice(5)} 开通` };
  if (
    lockedAt !== null &&
    lockedAt < until &&
    (unlockedAt === null || unlockedAt < lockedAt || unlockedAt >= from)
  )
    return { ruleCode: 'excluded:locked', ruleWords: `${dateOf(lockedAt).slice(5)} 起锁定` };
  const leave = account.leaves.find(
    ({ fromOn, untilOn }) => fromOn < window.untilOn && untilOn > window.fromOn,
  );
  return leave ? { ruleCode: 'excluded:leave', ruleWords: leave.words } : null;
}

function cellsOf(personId: string, sources: readonly Source[], window: InspectionWindow): EvidenceCell[] {
  return sources.map(({ code, last }) => {
    const lastAt = last.get(personId) ?? null;
    return { source: code, lastAt, inside: lastAt !== null && isInside(lastAt, window) };
  });
}

export function figuresOf(findings: readonly Finding[]): Record<Verdict | 'total', number> {
  const figures = { total: findings.length, active: 0, excluded: 0, listed: 0, undecided: 0 };
  for (const { verdict } of findings) figures[verdict] += 1;
  return figures;
}
