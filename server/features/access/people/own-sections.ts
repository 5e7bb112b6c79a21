import { actorId } from '../../../kernel/actor.ts';
import { type OpenPersonal, recordAct } from '../../../platform/audit/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { forbidden, notFound } from '../../../kernel/errors.ts';
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Directory } from '../../directory/index.ts';
import { briefOf, type Words, roleName } from '../describe.ts';
import type { RightsLoader } from '../load-rights.ts';
import type { OwnRecordAnswer, PersonalField, PersonAnswer } from './contract.ts';
import { FIELD_LABELS } from './person.ts';
import { type GatheredSection, momentWords, type PersonDataSection, sectionOfRows } from './person-data.ts';
import { purposesOf } from './purposes.ts';
import { COPIED, mayReveal, REVEALED } from './reveal.ts';
import { visibleTo } from './visible.ts';

export type FullValues = Readonly<Partial<Record<PersonalField, string>>>;

/**
 * May this actor take a copy of what is held about this person? Oneself, and whoever manages the record, saying what
 * for. It is in the record before anything leaves (H6). @returns the personal values in full
 * @throws forbidden `access.may_not_reveal`, notFound `access.unknown_person`
 */
export async function beginCopy(
  tx: Tx,
  {
    directory,
    rights,
  }: { readonly directory: Pick<Directory, 'revealField'>; readonly rights: RightsLoader },
  { personId: actorPersonId }: PersonActor,
  personId: string,
  { purpose, format }: { readonly purpose: string; readonly format: string },
): Promise<FullValues> {
  const { org } = await rights(tx);
  if (!mayReveal(org, actorPersonId, personId)) {
    const isSeen = visibleTo(org, org.scopeOf(actorPersonId)).has(personId);
    throw isSeen ? forbidden('access.may_not_reveal') : notFound('access.unknown_person');
  }
  recordAct(tx, {
    action: COPIED,
    targetType: 'person',
    targetId: personId,
    after: { format },
    personal: { personId, after: { purpose } },
  });
  const values: Partial<Record<PersonalField, string>> = {};
  for (const field of Object.keys(FIELD_LABELS) as PersonalField[]) {
    const value = await directory.revealField(tx, personId, field);
    if (value !== null) values[field] = value;
  }
  return values;
}

/** What the own record's page shows, with the values in full. */
export function sectionsOfRecord(
  record: PersonAnswer,
  values: FullValues,
  watchers: OwnRecordAnswer['watchers'],
): GatheredSection[] {
  const made = (
    title: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[],
    cut = false,
  ) => ({
    title,
    columns,
    rows,
    cut,
  });
  return [
    made(
      '资料',
      ['项目', '内容'],
      [
        ['工号', record.staffNo],
        ['姓名', record.name],
        ['人员类别', record.categoryName],
        ['状态', record.state.words],
        ...record.personal.map(({ field, label, masked }) => [label, values[field] ?? masked]),
        ...(record.manager ? [['直属上级', record.manager.name]] : []),
        ...record.facts.map(({ label, value }) => [label, value]),
      ],
    ),
    made(
      '岗位',
      ['单位', '岗位', '性质', '负责人', '开始', '结束'],
      record.posts.map(({ unitPath, title, kind, isHead, since, until }) => [
        unitPath,
        title,
        POST_KINDS[kind],
        isHead ? '是' : '',
        since ?? '',
        until ?? '',
      ]),
    ),
    made(
      '变动',
      ['时间', '生效日', '事项', '内容', '经办'],
      record.history.map(({ at, on, words, changes, by }) => [
        momentWords(at),
        on,
        words,
        changes
          .map(({ label, before, after }) => `${label}：${before || '无'} → ${after || '无'}`)
          .join('；'),
        by ?? '',
      ]),
      record.historyCut,
    ),
    made(
      '谁能看到',
      ['姓名', '身份', '范围'],
      watchers.map(({ person, as, duty }) => [
        person.name,
        as,
        duty === 'manage' ? '资料，写明用途可看完整号码' : '资料，号码遮住',
      ]),
    ),
  ];
}

const POST_KINDS = { main: '主岗', concurrent: '兼任', coming: '待到任', former: '曾任' } as const;

interface ActRow {
  readonly id: string;
  readonly at: number | string;
  readonly actorId: string;
  readonly via: string;
  readonly action: string;
  readonly result: string;
  readonly address: string | null;
  readonly content: string | null;
}

const OF_PERSON = (actions: readonly string[]) =>
  `select id, at, actorId, via, action, result, address, after as content from audit_entry
   where targetType = 'person' and targetId = ? and action in (${actions.map((one) => `'${one}'`).join(', ')})
   and id > ? order by id limit ?`;

const LOOKS = OF_PERSON([REVEALED, COPIED]);
const contentOf = ({ content }: ActRow) =>
  (content === null ? {} : JSON.parse(content)) as { readonly field?: PersonalField };

/** What the record of acts holds about a person: signing in, looks at values in full, rights. */
export function ownSections(
  words: (reads: Reads) => Promise<Pick<Words, 'org' | 'roles'>>,
  openPersonal: OpenPersonal,
): PersonDataSection[] {
  return [
    sectionOfRows<ActRow>({
      title: '登录',
      columns: ['时间', '方式', '地址', '结果'],
      sql: OF_PERSON(['access.signIn']),
      cells: ({ at, via, address, result }) => [
        momentWords(at),
        via,
        address ?? '',
        result === 'ok' ? '成功' : result,
      ],
    }),
    {
      title: '谁查看过',
      columns: ['时间', '谁', '看了什么', '用途'],
      async page(reads, personId, after, limit) {
        const { org } = await words(reads);
        const rows = await reads.em.query<ActRow[]>(LOOKS, [personId, after, limit]);
        const looks = rows.map((row) => ({ ...row, after: contentOf(row) }));
        const purposes = await purposesOf(reads, openPersonal, looks);
        return {
          rows: looks.map(({ id, at, actorId: by, action, after: { field } }) => [
            momentWords(at),
            org.person(by)?.name ?? by,
            action === COPIED || field === undefined ? '全部个人数据' : FIELD_LABELS[field],
            purposes.get(id) ?? '',
          ]),
          next: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
        };
      },
    },
    {
      title: '管理身份',
      columns: ['身份', '单位', '开始', '结束'],
      async page(reads, personId, after, limit) {
        const { org, roles } = await words(reads);
        return sectionOfRows<{
          id: string;
          role: string;
          scopeUnitId: string | null;
          sinceAt: number | string;
          untilAt: number | string | null;
        }>({
          title: '',
          columns: [],
          sql: `select id, role, scopeUnitId, sinceAt, untilAt from role_grant where personId = ? and id > ?
            order by id limit ?`,
          cells: ({ role, scopeUnitId, sinceAt, untilAt }) => [
            roleName(roles, role),
            scopeUnitId === null ? '全院' : (org.unit(scopeUnitId)?.name ?? ''),
            momentWords(sinceAt),
            momentWords(untilAt),
          ],
        }).page(reads, personId, after, limit);
      },
    },
  ];
}

/** The first lines of a copy: who took it, when, what for. */
export const takenWords = (org: Words['org'], actor: PersonActor, now: number, purpose: string): string =>
  `${momentWords(now)} ${briefOf(org, actorId(actor)).name}导出，用途：${purpose}`;
