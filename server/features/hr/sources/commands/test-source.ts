import type { Actor } from '../../../../kernel/actor.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { COLUMNS, labelOf } from '../../sheet/index.ts';
import { cellText } from '../cell-text.ts';
import { checkAuth } from '../check-draft.ts';
import type { TestAnswer, TestRequest } from '../contract.ts';
import type { SourcesContext } from '../deps.ts';
import { loadFeed, openFeed, secretOf, whereOf } from '../feed-store.ts';
import { valueAt } from '../json-path.ts';
import { maskCell } from '../mask.ts';
import { mustManage } from '../policy.ts';
import { sampleSource, type Sampled } from '../read-source.ts';
import type { Sample } from '../reading.ts';

const WITHIN_MS = 15_000;
const SHOWN = 5;

/**
 * Try a source before it is saved: its first rows, masked; nothing is kept. Somebody waits, so nothing is tried twice.
 * @throws refused a `hr.source_…` trouble, `hr.source_secret_again`
 */
export async function testSource(
  ctx: SourcesContext,
  actor: Actor,
  { sourceId, draft }: TestRequest,
): Promise<TestAnswer> {
  mustManage(actor);
  if (draft.kind === 'http') checkAuth(draft.connection);
  const before =
    sourceId === null
      ? undefined
      : openFeed(await ctx.db.read((reads) => loadFeed(reads, sourceId)), ctx.vault);
  const { secret: _given, ...settings } = draft;
  const secret = secretOf(draft, before);
  // Before it is asked: a host that was looked at is on the record even when it did not answer.
  await ctx.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'hr.testSource',
      targetType: 'hrSource',
      targetId: sourceId ?? 'new',
      after: { where: whereOf(settings) },
    }),
  );
  const sampled = await sampleSource(
    settings,
    secret,
    {
      reach: ctx.reach,
      signal: AbortSignal.timeout(WITHIN_MS),
      now: () => ctx.clock.now(),
      limits: { ...ctx.askLimits, pausesMs: [] },
    },
    SHOWN,
  );
  return {
    lists: sampled.samples.map((sample) => shown(sample, draft.empties)),
    warnings: warningsOf(ctx, sampled),
  };
}

function shown({ kind, total, columns, records, fields }: Sample, empties: TestRequest['draft']['empties']) {
  const used = new Set(columns.map(({ from }) => from.split('.')[0]));
  return {
    kind,
    total,
    columns: columns.map(({ column, from }) => ({ column, label: labelOf(kind, column), from })),
    rows: records.map((record) =>
      Object.fromEntries(
        columns.map((rule) => [
          rule.column,
          maskCell(kind, rule.column, cellText(valueAt(record, rule.from), rule, empties) ?? ''),
        ]),
      ),
    ),
    unused: fields.filter((field) => !used.has(field)),
  };
}

function warningsOf({ words }: SourcesContext, { samples, writingRights }: Sampled): string[] {
  const warnings = samples.flatMap(({ kind, columns, records, total }) => {
    const mapped = new Set(columns.map(({ column }) => column));
    const missing = COLUMNS[kind].filter(({ key, required }) => required && !mapped.has(key));
    return [
      ...(missing.length > 0
        ? [words('hr.source_columns_missing', { columns: missing.map(({ label }) => label).join('、') })]
        : []),
      ...(records.length === 0 ? [words('hr.no_rows')] : []),
      ...(total === null ? [words('hr.source_not_counted')] : []),
    ];
  });
  if (writingRights.length > 0)
    warnings.unshift(words('hr.source_can_write', { rights: writingRights.join('、') }));
  return [...new Set(warnings)];
}
