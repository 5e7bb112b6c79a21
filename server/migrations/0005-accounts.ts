import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Accounts of people in every system: requests, locks, cancellation, hand-over, inspection. */
export class Accounts1795291000000 implements MigrationInterface {
  readonly name = 'Accounts1795291000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'account',
      {
        id: c.id(),
        personId: c.ref(),
        systemCode: c.code(32),
        state: c.code(16),
        sinceAt: c.instant(),
        generation: c.integer(),
        category: c.nullable(c.code(16)),
        originUnit: c.nullable(c.label(128)),
        untilOn: c.nullable(c.day()),
        version: c.version(),
      },
      [
        { name: 'account_once', columns: ['personId', 'systemCode'], unique: true },
        { name: 'account_state', columns: ['systemCode', 'state'] },
      ],
    );
    await createTable(
      runner,
      'account_history',
      {
        id: c.id(),
        accountId: c.ref(),
        personId: c.ref(),
        systemCode: c.code(32),
        requestId: c.ref(),
        act: c.code(16),
        fromState: c.code(16),
        toState: c.code(16),
        happenedAt: c.instant(),
        byName: c.label(64),
        proof: c.nullable(c.json()),
      },
      [{ name: 'account_history_person', columns: ['personId', 'id'] }],
    );
    await createTable(
      runner,
      'account_request',
      {
        id: c.id(),
        requestNumber: c.code(32),
        kind: c.code(16),
        personId: c.ref(),
        personName: c.label(64),
        status: c.code(16),
        eventOn: c.day(),
        originType: c.code(16),
        originRef: c.nullable(c.ref()),
        state: c.json(),
        secretSealed: c.nullable(c.longText()),
        eventCount: c.integer(),
        createdAt: c.instant(),
        version: c.version(),
      },
      [
        { name: 'account_request_number', columns: ['requestNumber'], unique: true },
        { name: 'account_request_person', columns: ['personId', 'id'] },
        { name: 'account_request_status', columns: ['status', 'id'] },
      ],
    );
    await createTable(runner, 'account_sender', { id: c.id(), requestId: c.ref(), unitId: c.ref() }, [
      { name: 'account_sender_once', columns: ['requestId', 'unitId'], unique: true },
      { name: 'account_sender_unit', columns: ['unitId', 'requestId'] },
    ]);
    await createTable(
      runner,
      'account_request_event',
      {
        id: c.id(),
        requestId: c.ref(),
        seq: c.integer(),
        type: c.code(32),
        happenedAt: c.instant(),
        byPersonId: c.nullable(c.ref()),
        content: c.json(),
      },
      [{ name: 'account_request_event_of', columns: ['requestId', 'seq'], unique: true }],
    );
    await createTable(
      runner,
      'account_item',
      {
        id: c.id(),
        requestId: c.ref(),
        personId: c.ref(),
        systemCode: c.code(32),
        act: c.code(16),
        status: c.code(16),
        startedAt: c.nullable(c.instant()),
      },
      [
        { name: 'account_item_work', columns: ['systemCode', 'status', 'id'] },
        { name: 'account_item_request', columns: ['requestId'] },
      ],
    );
    await createTable(
      runner,
      'account_lock',
      {
        id: c.id(),
        personId: c.ref(),
        requestId: c.ref(),
        unitId: c.ref(),
        sinceAt: c.instant(),
        untilOn: c.nullable(c.day()),
        resultOn: c.nullable(c.day()),
        hold: c.json(),
        state: c.code(8),
        decision: c.nullable(c.code(16)),
        decisionRequestId: c.nullable(c.ref()),
        endedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'account_lock_request', columns: ['requestId'], unique: true },
        { name: 'account_lock_person', columns: ['personId', 'state'] },
      ],
    );
    await createTable(
      runner,
      'account_cancellation',
      {
        id: c.id(),
        personId: c.ref(),
        state: c.json(),
        sheetId: c.nullable(c.ref()),
        version: c.version(),
      },
      [{ name: 'account_cancellation_person', columns: ['personId'] }],
    );
    await createTable(
      runner,
      'account_late_case',
      {
        id: c.id(),
        requestId: c.ref(),
        unitId: c.ref(),
        kind: c.code(16),
        eventOn: c.day(),
        dueOn: c.day(),
        submittedOn: c.day(),
        lateWorkdays: c.integer(),
        originType: c.code(16),
        state: c.code(16),
        instruction: c.nullable(c.json()),
        notedAt: c.instant(),
        version: c.version(),
      },
      [
        { name: 'account_late_case_once', columns: ['requestId', 'unitId'], unique: true },
        { name: 'account_late_case_unit', columns: ['unitId', 'id'] },
      ],
    );
    await createTable(runner, 'account_number', { id: c.id(), lastNumber: c.integer() }, []);
    await createTable(
      runner,
      'handover_sheet',
      {
        id: c.id(),
        personId: c.ref(),
        personName: c.label(64),
        requestId: c.nullable(c.ref()),
        unitId: c.nullable(c.ref()),
        state: c.code(16),
        createdAt: c.instant(),
        trialAt: c.nullable(c.instant()),
        executedAt: c.nullable(c.instant()),
        closedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [
        { name: 'handover_sheet_person', columns: ['personId', 'state'] },
        { name: 'handover_sheet_request', columns: ['requestId'] },
      ],
    );
    await createTable(
      runner,
      'handover_item',
      {
        id: c.id(),
        sheetId: c.ref(),
        kind: c.code(32),
        holdingRef: c.code(),
        title: c.label(),
        detail: c.label(),
        mode: c.code(16),
        successorId: c.nullable(c.ref()),
        trialVerdict: c.nullable(c.code(16)),
        trialWords: c.nullable(c.label()),
        result: c.nullable(c.code(16)),
        resultWords: c.nullable(c.label()),
        undoData: c.nullable(c.json()),
        endedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [{ name: 'handover_item_once', columns: ['sheetId', 'kind', 'holdingRef'], unique: true }],
    );
    await createTable(
      runner,
      'handover_signature',
      { id: c.id(), sheetId: c.ref(), role: c.code(16), personId: c.ref(), signedAt: c.instant() },
      [{ name: 'handover_signature_once', columns: ['sheetId', 'role', 'personId'], unique: true }],
    );
    await createTable(
      runner,
      'account_inspection',
      {
        id: c.id(),
        systemCode: c.code(32),
        inspectedMonth: c.code(8),
        versionNumber: c.integer(),
        fromOn: c.day(),
        untilOn: c.day(),
        ranAt: c.instant(),
        ranBy: c.code(),
        state: c.code(16),
        figures: c.json(),
        sources: c.json(),
      },
      [
        {
          name: 'account_inspection_once',
          columns: ['systemCode', 'inspectedMonth', 'versionNumber'],
          unique: true,
        },
      ],
    );
    await createTable(
      runner,
      'account_finding',
      {
        id: c.id(),
        inspectionId: c.ref(),
        personId: c.ref(),
        unitId: c.nullable(c.ref()),
        verdict: c.code(16),
        ruleCode: c.code(),
        ruleWords: c.label(),
        evidence: c.json(),
      },
      [
        { name: 'account_finding_of', columns: ['inspectionId', 'verdict', 'id'] },
        { name: 'account_finding_person', columns: ['inspectionId', 'personId'], unique: true },
      ],
    );
    await createTable(
      runner,
      'account_letter',
      {
        id: c.id(),
        inspectionId: c.ref(),
        systemCode: c.code(32),
        inspectedMonth: c.code(8),
        unitId: c.ref(),
        forLeaders: c.flag(),
        sentAt: c.instant(),
        repliedAt: c.nullable(c.instant()),
        version: c.version(),
      },
      [{ name: 'account_letter_month', columns: ['systemCode', 'inspectedMonth'] }],
    );
    await createTable(
      runner,
      'account_letter_item',
      {
        id: c.id(),
        letterId: c.ref(),
        systemCode: c.code(32),
        inspectedMonth: c.code(8),
        personId: c.ref(),
        replyKind: c.nullable(c.code(16)),
        replyReason: c.nullable(c.label(500)),
        repliedBy: c.nullable(c.ref()),
        repliedAt: c.nullable(c.instant()),
        requestId: c.nullable(c.ref()),
        version: c.version(),
      },
      [
        {
          name: 'account_letter_item_once',
          columns: ['systemCode', 'inspectedMonth', 'personId'],
          unique: true,
        },
        { name: 'account_letter_item_of', columns: ['letterId'] },
      ],
    );
    await createTable(
      runner,
      'account_evidence',
      {
        id: c.id(),
        systemCode: c.code(32),
        inspectedMonth: c.code(8),
        source: c.code(32),
        cutOffAt: c.instant(),
        importedAt: c.instant(),
        importedBy: c.code(),
        lastByPerson: c.json(),
        version: c.version(),
      },
      [{ name: 'account_evidence_once', columns: ['systemCode', 'inspectedMonth', 'source'], unique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const made = [
      'account_evidence',
      'account_letter_item',
      'account_letter',
      'account_finding',
      'account_inspection',
      'handover_signature',
      'handover_item',
      'handover_sheet',
      'account_number',
      'account_late_case',
      'account_cancellation',
      'account_lock',
      'account_item',
      'account_request_event',
      'account_sender',
      'account_request',
      'account_history',
      'account',
    ];
    for (const table of made) await runner.dropTable(table);
  }
}
