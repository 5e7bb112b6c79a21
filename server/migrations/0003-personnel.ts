import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { addColumns, createTable, replaceIndex } from '../platform/db/migration-kit.ts';

const PERSON_COLUMNS = {
  sourceId: c.nullable(c.code(64)),
  establishment: c.nullable(c.code(16)),
  status: c.withDefault(c.code(16), `'working'`),
  statusOn: c.nullable(c.day()),
  leaveReason: c.nullable(c.label()),
  leftAt: c.nullable(c.instant()),
  lockCause: c.nullable(c.code(16)),
  sex: c.nullable(c.code(8)),
  idType: c.nullable(c.code(24)),
  idNumberSealed: c.nullable(c.code(255)),
  idNumberMasked: c.nullable(c.code(32)),
  idNumberPrint: c.nullable(c.code(64)),
  bornOnSealed: c.nullable(c.code(255)),
  bornOnMasked: c.nullable(c.code(16)),
  bornOnPrint: c.nullable(c.code(64)),
  grade: c.nullable(c.label(64)),
  managerId: c.nullable(c.ref()),
  employedOn: c.nullable(c.day()),
  contractUntilOn: c.nullable(c.day()),
};
const PERSON_INDICES = [
  { name: 'person_id_number', columns: ['idNumberPrint'] },
  { name: 'person_source', columns: ['sourceId'] },
  { name: 'person_manager', columns: ['managerId'] },
];
const UNIT_COLUMNS = { leaderInChargeId: c.nullable(c.ref()), category: c.nullable(c.label(64)) };
const MIRROR_COLUMNS = {
  mobilePrint: c.nullable(c.code(64)),
  managerErrorCode: c.nullable(c.integer()),
  claim: c.nullable(c.ref()),
  claimUntilAt: c.nullable(c.instant()),
};

/** One word of before: category and establishment of now. */
const CATEGORIES = [
  ['established', 'internal', 'established'],
  ['nonEstablished', 'internal', 'employee'],
  ['outsourced', 'external', 'outsourced'],
  ['entrusted', 'entrusted', 'other'],
] as const;

/** What personnel knows of people and units, their history, and who writes to a member. */
export class Personnel1795287000000 implements MigrationInterface {
  readonly name = 'Personnel1795287000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'person', PERSON_COLUMNS);
    for (const index of PERSON_INDICES) await replaceIndex(runner, 'person', index);
    await addColumns(runner, 'unit', UNIT_COLUMNS);
    await replaceIndex(runner, 'unit', { name: 'unit_parent', columns: ['parentId'] });
    await addColumns(runner, 'wecom_member_mirror', MIRROR_COLUMNS);
    await replaceIndex(runner, 'wecom_member_mirror', {
      name: 'wecom_member_mirror_mobile',
      columns: ['mobilePrint'],
    });
    await createHistory(runner);
    await fill(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [was, category, establishment] of CATEGORIES)
      await runner.query(
        'update person set category = ?, establishment = null where category = ? and establishment = ?',
        [was, category, establishment],
      );
    // What the first release has no word for.
    await runner.query(`update person set category = 'established' where category = 'internal'`);
    await runner.query(`update person set category = 'outsourced' where category = 'external'`);
    await runner.dropTable('directory_event');
    await runner.dropTable('unit_version');
    await dropAll(runner, 'wecom_member_mirror', ['wecom_member_mirror_mobile'], MIRROR_COLUMNS);
    await dropAll(runner, 'unit', ['unit_parent'], UNIT_COLUMNS);
    const indices = PERSON_INDICES.map((index) => index.name);
    await dropAll(runner, 'person', indices, PERSON_COLUMNS);
  }
}

async function createHistory(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'unit_version',
    {
      id: c.id(),
      unitId: c.ref(),
      name: c.label(64),
      parentId: c.nullable(c.ref()),
      sinceOn: c.day(),
      untilOn: c.nullable(c.day()),
    },
    [{ name: 'unit_version_unit', columns: ['unitId', 'sinceOn'] }],
  );
  await createTable(
    runner,
    'directory_event',
    {
      id: c.id(),
      subjectType: c.code(8),
      subjectId: c.ref(),
      kind: c.code(32),
      happenedAt: c.instant(),
      effectiveOn: c.day(),
      byActor: c.code(),
      before: c.nullable(c.json()),
      after: c.nullable(c.json()),
    },
    [{ name: 'directory_event_subject', columns: ['subjectType', 'subjectId', 'happenedAt'] }],
  );
}

async function fill(runner: QueryRunner): Promise<void> {
  for (const [was, category, establishment] of CATEGORIES)
    await runner.query(
      'update person set category = ?, establishment = ? where category = ? and establishment is null',
      [category, establishment, was],
    );
  await runner.query(`update person set lockCause = 'decision' where state = 'locked' and lockCause is null`);
  // Nobody told us since when: it was so when we began.
  await runner.query(
    `insert into unit_version (id, unitId, name, parentId, sinceOn, untilOn)
     select id, id, name, parentId, '1900-01-01', null from unit
     where state = 'active' and id not in (select unitId from unit_version)`,
  );
  // `written` is JSON in text; a print is 64 hex digits.
  await runner.query(
    `update wecom_member_mirror set mobilePrint = substr(written, instr(written, '"mobile":"') + 10, 64)
     where mobilePrint is null and instr(written, '"mobile":"') > 0 and instr(written, '"mobile":""') = 0`,
  );
}

async function dropAll(runner: QueryRunner, table: string, indices: readonly string[], columns: object) {
  for (const index of indices) await runner.dropIndex(table, index);
  for (const column of Object.keys(columns)) await runner.dropColumn(table, column);
}
