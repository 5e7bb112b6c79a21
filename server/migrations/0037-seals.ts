import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** S2-A11i, k: seals with keepers, the ledger of their uses, seals taken out, contract numbers. */
export class Seals1795340000000 implements MigrationInterface {
  readonly name = 'Seals1795340000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'seal',
      {
        id: c.id(),
        name: c.label(64),
        code: c.code(16),
        kind: c.code(16),
        unitId: c.ref(),
        mayGoOut: c.flag(),
        place: c.label(64),
        state: c.code(8),
        version: c.version(),
      },
      [
        { name: 'seal_code', columns: ['code'], unique: true },
        { name: 'seal_unit', columns: ['unitId', 'id'] },
      ],
    );
    await createTable(
      runner,
      'seal_keeper',
      {
        id: c.id(),
        sealId: c.ref(),
        personId: c.ref(),
        sinceAt: c.instant(),
        untilAt: c.nullable(c.instant()),
      },
      [
        { name: 'seal_keeper_seal', columns: ['sealId', 'id'] },
        { name: 'seal_keeper_person', columns: ['personId', 'untilAt'] },
      ],
    );
    await createTable(
      runner,
      'seal_use',
      {
        id: c.id(),
        number: c.code(32),
        requestId: c.ref(),
        requestNumber: c.code(32),
        sealId: c.ref(),
        applicantId: c.ref(),
        unitId: c.nullable(c.ref()),
        document: c.label(100),
        purpose: c.longText(),
        approvedCopies: c.integer(),
        stampedCopies: c.integer(),
        outWorkdays: c.nullable(c.integer()),
        contractId: c.nullable(c.ref()),
        state: c.code(16),
        openedAt: c.instant(),
        closedAt: c.nullable(c.instant()),
        endWords: c.longText(),
        version: c.version(),
      },
      [
        { name: 'seal_use_number', columns: ['number'], unique: true },
        { name: 'seal_use_request', columns: ['requestId'], unique: true },
        { name: 'seal_use_seal', columns: ['sealId', 'state', 'id'] },
        { name: 'seal_use_applicant', columns: ['applicantId', 'id'] },
        { name: 'seal_use_unit', columns: ['unitId', 'id'] },
        { name: 'seal_use_opened', columns: ['openedAt'] },
        { name: 'seal_use_closed', columns: ['closedAt'] },
        { name: 'seal_use_contract', columns: ['contractId'] },
      ],
    );
    await createTable(
      runner,
      'seal_event',
      {
        id: c.id(),
        useId: c.ref(),
        kind: c.code(16),
        recordedAt: c.instant(),
        happenedOn: c.nullable(c.day()),
        byId: c.code(),
        byName: c.label(64),
        copies: c.nullable(c.integer()),
        words: c.longText(),
        fileIds: c.json(),
      },
      [
        { name: 'seal_event_of', columns: ['useId', 'id'] },
        { name: 'seal_event_by', columns: ['byId', 'kind'] },
      ],
    );
    await createTable(
      runner,
      'seal_checkout',
      {
        id: c.id(),
        sealId: c.ref(),
        useId: c.ref(),
        personId: c.ref(),
        outAt: c.instant(),
        backAt: c.nullable(c.instant()),
        outKey: c.nullable(c.ref()),
        isLate: c.flag(),
        version: c.version(),
      },
      [
        { name: 'seal_checkout_once', columns: ['outKey'], unique: true },
        { name: 'seal_checkout_use', columns: ['useId'] },
        { name: 'seal_checkout_person', columns: ['personId', 'id'] },
      ],
    );
    await createTable(
      runner,
      'contract_number_rule',
      {
        id: c.id(),
        name: c.label(64),
        pattern: c.label(64),
        patternKey: c.code(64),
        unitId: c.ref(),
        state: c.code(8),
        version: c.version(),
      },
      [{ name: 'contract_number_rule_pattern', columns: ['patternKey'], unique: true }],
    );
    await createTable(
      runner,
      'contract_number',
      {
        id: c.id(),
        number: c.code(100),
        ruleId: c.ref(),
        unitId: c.ref(),
        year: c.integer(),
        seq: c.integer(),
        requestId: c.ref(),
        requestNumber: c.code(32),
        applicantId: c.ref(),
        title: c.label(100),
        counterparty: c.label(100),
        drawnAt: c.instant(),
        state: c.code(8),
        endedAt: c.nullable(c.instant()),
        endWords: c.longText(),
        version: c.version(),
      },
      [
        { name: 'contract_number_number', columns: ['number'], unique: true },
        { name: 'contract_number_place', columns: ['ruleId', 'unitId', 'year', 'seq'], unique: true },
        { name: 'contract_number_request', columns: ['requestId'], unique: true },
        { name: 'contract_number_applicant', columns: ['applicantId', 'id'] },
        { name: 'contract_number_unit', columns: ['unitId', 'id'] },
      ],
    );
    await createTable(
      runner,
      'seal_counter',
      { id: { ...c.code(100), primary: true }, lastNumber: c.integer() },
      [],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'seal_counter',
      'contract_number',
      'contract_number_rule',
      'seal_checkout',
      'seal_event',
      'seal_use',
      'seal_keeper',
      'seal',
    ])
      await runner.dropTable(table);
  }
}
