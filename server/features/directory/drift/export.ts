import { dateOf, timeOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { writeSheets } from '../../../platform/sheets/index.ts';
import type { Difference, DifferencesQuery, ExportQuery } from './contract.ts';
import type { DriftContext } from './deps.ts';
import { listDifferences } from './list.ts';
import { FIELD_WORDS } from './words.ts';

/** More is refused, never cut (H2). */
export const MOST_EXPORTED = 5_000;
const PAGE = 100;

const COLUMNS = [
  '对象',
  '工号或编码',
  '部门',
  '字段',
  '人事的值',
  '企业微信的值',
  '谁改的',
  '发现时间',
  '处理',
  '处理人',
  '理由',
];

const STATES = {
  open: '没处理',
  putBack: '已放回',
  taken: '已转人事',
  ignored: '不管',
  linked: '已认人',
  gone: '已一致',
} as const satisfies Record<Difference['state'], string>;

/**
 * The list as its filter says, all pages, read by the list itself so that both hold the same (H1); values masked as
 * there, who took it in the first row, and an entry in the record.
 */
export async function exportDifferences(
  ctx: DriftContext,
  tx: Tx,
  filter: ExportQuery,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const items = await allOf(ctx, tx, filter);
  recordAct(tx, {
    action: 'directory.exportDifferences',
    targetType: 'differences',
    targetId: 'all',
    after: { ...filter, rows: items.length },
  });
  const who = tx.actor.kind === 'person' ? tx.actor.name : '';
  const said = [
    `${dateOf(tx.now)} ${timeOf(tx.now)} ${who}导出`,
    filter.state === undefined ? '没有了结的' : STATES[filter.state],
    ...(filter.field === undefined ? [] : [FIELD_WORDS[filter.field]]),
    ...(filter.q === undefined || filter.q === '' ? [] : [`找“${filter.q}”`]),
    `${items.length} 条`,
  ];
  const rows = [[said.join(' · ')], COLUMNS, ...items.map(rowOf)];
  return {
    name: `通讯录差异-${dateOf(tx.now)}.xlsx`,
    bytes: await writeSheets([{ name: '通讯录差异', rows }]),
  };
}

async function allOf(ctx: DriftContext, tx: Tx, filter: ExportQuery): Promise<Difference[]> {
  const items: Difference[] = [];
  for (let cursor: string | undefined; ;) {
    const query: DifferencesQuery = { ...filter, cursor, limit: PAGE };
    const page = await listDifferences(ctx, tx, tx.actor, query);
    if (page.total > MOST_EXPORTED)
      throw refused('directory.export_too_large', { total: page.total, most: MOST_EXPORTED });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

function rowOf(one: Difference): string[] {
  const author = one.by === null ? '查不到' : (one.by.name ?? one.by.userid);
  return [
    one.subject.name,
    one.subject.ref ?? '',
    one.subject.unitName ?? '',
    FIELD_WORDS[one.field],
    one.ours,
    one.theirs,
    one.by?.sure === false ? `可能是${author}` : author,
    `${dateOf(one.firstSeenAt)} ${timeOf(one.firstSeenAt)}`,
    STATES[one.state],
    one.acted?.by ?? '',
    one.acted?.reason ?? '',
  ];
}
