import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as c from '../platform/db/columns.ts';
import { createTable } from '../platform/db/migration-kit.ts';

/** Everything the first release stores. */
export class FirstRelease1764000000000 implements MigrationInterface {
  readonly name = 'FirstRelease1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'audit_entry',
      {
        id: c.id(),
        at: c.instant(),
        actorKind: c.code(16),
        actorId: c.code(),
        actorRoles: c.code(191),
        via: c.code(16),
        action: c.code(),
        targetType: c.ref(),
        targetId: c.code(),
        before: c.nullable(c.json()),
        after: c.nullable(c.json()),
        result: c.code(),
        requestId: c.nullable(c.code()),
        address: c.nullable(c.code()),
        seq: c.nullable(c.instant()),
        prevHash: c.nullable(c.code()),
        hash: c.nullable(c.code()),
      },
      [
        { name: 'audit_entry_seq', columns: ['seq'], unique: true },
        { name: 'audit_entry_target', columns: ['targetType', 'targetId', 'at'] },
        { name: 'audit_entry_actor', columns: ['actorId', 'at'] },
      ],
    );
    await createTable(
      runner,
      'audit_head',
      { id: c.id(), seq: c.instant(), hash: c.code(), version: c.integer() },
      [],
    );
    await createTable(
      runner,
      'job',
      {
        id: c.id(),
        name: c.code(),
        jobKey: c.code(128),
        payload: c.json(),
        state: c.code(16),
        runAt: c.instant(),
        attempts: c.integer(),
        fence: c.integer(),
        leaseUntil: c.nullable(c.instant()),
        worker: c.nullable(c.ref()),
        lastError: c.nullable(c.label(500)),
        createdAt: c.instant(),
        finishedAt: c.nullable(c.instant()),
      },
      [
        { name: 'job_name_key', columns: ['name', 'jobKey'], unique: true },
        { name: 'job_due', columns: ['state', 'runAt'] },
        { name: 'job_worker', columns: ['worker', 'state'] },
      ],
    );
    await createTable(
      runner,
      'job_lock',
      { name: { ...c.code(64), primary: true }, holder: c.ref(), leaseUntil: c.instant() },
      [],
    );
    await createTable(
      runner,
      'file',
      {
        id: c.id(),
        contentHash: c.code(),
        name: c.label(255),
        type: c.code(100),
        size: c.integer(),
        uploadedBy: c.ref(),
        uploadedAt: c.instant(),
        ownerType: c.nullable(c.ref()),
        ownerId: c.nullable(c.code()),
      },
      [
        { name: 'file_owner', columns: ['ownerType', 'ownerId'] },
        { name: 'file_unclaimed', columns: ['ownerId', 'uploadedAt'] },
        { name: 'file_hash', columns: ['contentHash'] },
      ],
    );
    await createTable(
      runner,
      'wecom_token',
      {
        tokenKey: { ...c.code(120), primary: true },
        sealedToken: c.longText(),
        expiresAt: c.instant(),
        tokenVersion: c.integer(),
        leaseHolder: c.nullable(c.code()),
        leaseUntil: c.instant(),
      },
      [],
    );
    await createTable(
      runner,
      'wecom_quota',
      { quotaKey: { ...c.code(190), primary: true }, buckets: c.json(), deleteAfter: c.instant() },
      [{ name: 'wecom_quota_old', columns: ['deleteAfter'] }],
    );
    await createTable(
      runner,
      'unit',
      {
        id: c.id(),
        code: c.ref(),
        name: c.label(64),
        parentId: c.nullable(c.ref()),
        kind: c.code(16),
        state: c.code(16),
        sortOrder: c.integer(),
        departmentId: c.integer(),
        version: c.integer(),
      },
      [
        { name: 'unit_code', columns: ['code'], unique: true },
        { name: 'unit_department', columns: ['departmentId'], unique: true },
      ],
    );
    await createTable(
      runner,
      'person',
      {
        id: c.id(),
        staffNo: c.ref(),
        name: c.label(64),
        pinyin: c.code(191),
        initials: c.code(),
        category: c.code(16),
        state: c.code(16),
        userid: c.code(),
        useridKey: c.code(),
        mobileSealed: c.nullable(c.code(255)),
        mobileMasked: c.nullable(c.ref()),
        mobilePrint: c.nullable(c.code()),
        email: c.nullable(c.code()),
        sortOrder: c.integer(),
        version: c.integer(),
        createdAt: c.instant(),
        updatedAt: c.instant(),
      },
      [
        { name: 'person_staff_no', columns: ['staffNo'], unique: true },
        { name: 'person_userid', columns: ['useridKey'], unique: true },
        { name: 'person_mobile', columns: ['mobilePrint'] },
      ],
    );
    await createTable(
      runner,
      'assignment',
      {
        id: c.id(),
        personId: c.ref(),
        unitId: c.ref(),
        kind: c.code(16),
        title: c.label(64),
        isHead: c.flag(),
        headRank: c.nullable(c.integer()),
        sinceOn: c.day(),
        untilOn: c.nullable(c.day()),
        place: c.nullable(c.integer()),
        version: c.integer(),
      },
      [
        { name: 'assignment_person', columns: ['personId'] },
        { name: 'assignment_unit', columns: ['unitId'] },
      ],
    );
    await createTable(
      runner,
      'directory_revision',
      { id: c.id(), stamp: c.ref(), changedAt: c.instant() },
      [],
    );
    await createTable(
      runner,
      'wecom_member_mirror',
      {
        id: c.id(),
        userid: c.code(),
        written: c.json(),
        state: c.code(16),
        errorCode: c.nullable(c.integer()),
        errorFields: c.nullable(c.label()),
        updatedAt: c.instant(),
      },
      [{ name: 'wecom_member_mirror_state', columns: ['state'] }],
    );
    await createTable(
      runner,
      'wecom_department_mirror',
      {
        id: c.id(),
        departmentId: c.integer(),
        written: c.json(),
        state: c.code(16),
        errorCode: c.nullable(c.integer()),
        errorFields: c.nullable(c.label()),
        updatedAt: c.instant(),
      },
      [],
    );
    await createTable(
      runner,
      'role_grant',
      {
        id: c.id(),
        personId: c.ref(),
        role: c.code(),
        scopeUnitId: c.nullable(c.ref()),
        grantedBy: c.code(),
        sinceAt: c.instant(),
        untilAt: c.nullable(c.instant()),
        revokedBy: c.nullable(c.code()),
      },
      [{ name: 'role_grant_person', columns: ['personId'] }],
    );
    await createTable(
      runner,
      'person_session',
      { id: c.id(), epoch: c.integer(), raisedAt: c.instant() },
      [],
    );
    await createTable(
      runner,
      'message',
      {
        id: c.id(),
        kind: c.code(),
        personId: c.ref(),
        subjectType: c.ref(),
        subjectId: c.code(),
        ref: c.code(),
        content: c.json(),
        state: c.code(16),
        reason: c.nullable(c.label()),
        msgId: c.nullable(c.code(255)),
        responseCode: c.nullable(c.code(255)),
        responseCodeAt: c.nullable(c.instant()),
        finalWords: c.nullable(c.label(64)),
        settledBy: c.nullable(c.code(16)),
        createdAt: c.instant(),
        sentAt: c.nullable(c.instant()),
      },
      [
        { name: 'message_ref', columns: ['ref', 'kind', 'personId'], unique: true },
        { name: 'message_subject', columns: ['subjectType', 'subjectId'] },
        { name: 'message_person', columns: ['personId', 'createdAt'] },
      ],
    );
    await createTable(
      runner,
      'received_event',
      {
        id: c.id(),
        entrance: c.code(16),
        eventKey: c.code(80),
        kind: c.code(),
        fromUser: c.code(),
        body: c.longText(),
        receivedAt: c.instant(),
        handledAt: c.nullable(c.instant()),
        attempts: c.integer(),
      },
      [
        { name: 'received_event_key', columns: ['entrance', 'eventKey'], unique: true },
        { name: 'received_event_open', columns: ['handledAt', 'receivedAt'] },
      ],
    );
    await createTable(
      runner,
      'obligation',
      {
        id: c.id(),
        kind: c.code(),
        subjectType: c.ref(),
        subjectId: c.code(),
        stepRef: c.code(),
        title: c.label(),
        path: c.code(255),
        holderPersonId: c.nullable(c.ref()),
        holderUnitId: c.nullable(c.ref()),
        budget: c.json(),
        rungPlan: c.nullable(c.json()),
        openedAt: c.instant(),
        runningSinceAt: c.nullable(c.instant()),
        consumedMs: c.instant(),
        consumedDays: c.integer(),
        pausedReason: c.nullable(c.code()),
        dueAt: c.nullable(c.instant()),
        firstDueAt: c.nullable(c.instant()),
        provisional: c.flag(),
        state: c.code(8),
        closedAt: c.nullable(c.instant()),
        outcome: c.nullable(c.code()),
        breachedAt: c.nullable(c.instant()),
        breachPersonId: c.nullable(c.ref()),
        breachUnitId: c.nullable(c.ref()),
        rungLevel: c.integer(),
        nextCheckAt: c.nullable(c.instant()),
        version: c.integer(),
      },
      [
        { name: 'obligation_subject', columns: ['subjectType', 'subjectId', 'state'] },
        { name: 'obligation_holder', columns: ['holderPersonId', 'state', 'dueAt'] },
        { name: 'obligation_check', columns: ['state', 'nextCheckAt'] },
      ],
    );
    await createTable(
      runner,
      'obligation_rung',
      { id: c.id(), obligationId: c.ref(), rung: c.code(16), passedAt: c.instant(), firedAt: c.instant() },
      [{ name: 'obligation_rung_once', columns: ['obligationId', 'rung'], unique: true }],
    );
    await createTable(
      runner,
      'obligation_event',
      {
        id: c.id(),
        obligationId: c.ref(),
        kind: c.code(16),
        happenedAt: c.instant(),
        actorId: c.code(),
        reason: c.nullable(c.label()),
        fromPersonId: c.nullable(c.ref()),
        fromUnitId: c.nullable(c.ref()),
        toPersonId: c.nullable(c.ref()),
        toUnitId: c.nullable(c.ref()),
        fromDueAt: c.nullable(c.instant()),
        toDueAt: c.nullable(c.instant()),
      },
      [{ name: 'obligation_event_of', columns: ['obligationId', 'happenedAt'] }],
    );
    await createTable(
      runner,
      'calendar_adoption',
      { id: c.id(), calendarTag: c.code(), adoptedAt: c.instant(), movedCount: c.integer() },
      [{ name: 'calendar_adoption_at', columns: ['adoptedAt'] }],
    );
    await createTable(
      runner,
      'approval_template',
      {
        id: c.id(),
        templateKey: c.code(40),
        templateVersion: c.integer(),
        contentHash: c.code(),
        content: c.json(),
        publishedAt: c.instant(),
        publishedBy: c.code(),
      },
      [{ name: 'approval_template_version', columns: ['templateKey', 'templateVersion'], unique: true }],
    );
    await createTable(
      runner,
      'approval_instance',
      {
        id: c.id(),
        requestNumber: c.ref(),
        templateKey: c.code(40),
        templateVersion: c.integer(),
        applicantId: c.ref(),
        applicantUnitId: c.ref(),
        applicantName: c.label(64),
        applicantUnitName: c.label(128),
        startsOn: c.nullable(c.day()),
        holderNames: c.label(255),
        clientKey: c.code(36),
        title: c.label(),
        status: c.code(16),
        searchText: c.label(255),
        state: c.json(),
        eventCount: c.integer(),
        submittedAt: c.instant(),
        finishedAt: c.nullable(c.instant()),
        version: c.integer(),
      },
      [
        { name: 'approval_instance_number', columns: ['requestNumber'], unique: true },
        { name: 'approval_instance_client', columns: ['applicantId', 'clientKey'], unique: true },
        { name: 'approval_instance_applicant', columns: ['applicantId', 'submittedAt'] },
        { name: 'approval_instance_status', columns: ['status', 'submittedAt'] },
      ],
    );
    await createTable(
      runner,
      'approval_task',
      {
        id: c.id(),
        instanceId: c.ref(),
        stepId: c.ref(),
        personId: c.ref(),
        status: c.code(16),
        openedAt: c.instant(),
        closedAt: c.nullable(c.instant()),
        dueAt: c.nullable(c.instant()),
        provisional: c.flag(),
      },
      [
        { name: 'approval_task_todo', columns: ['personId', 'status', 'dueAt'] },
        { name: 'approval_task_done', columns: ['personId', 'closedAt'] },
        { name: 'approval_task_instance', columns: ['instanceId'] },
      ],
    );
    await createTable(
      runner,
      'approval_copy',
      {
        id: c.id(),
        instanceId: c.ref(),
        personId: c.ref(),
        sentAt: c.instant(),
        readAt: c.nullable(c.instant()),
      },
      [
        { name: 'approval_copy_person', columns: ['personId', 'sentAt'] },
        { name: 'approval_copy_once', columns: ['instanceId', 'personId'], unique: true },
      ],
    );
    await createTable(
      runner,
      'approval_event',
      {
        id: c.id(),
        instanceId: c.ref(),
        seq: c.integer(),
        type: c.ref(),
        happenedAt: c.instant(),
        byPersonId: c.nullable(c.ref()),
        content: c.json(),
      },
      [{ name: 'approval_event_seq', columns: ['instanceId', 'seq'], unique: true }],
    );
    await createTable(runner, 'approval_number', { id: c.id(), lastNumber: c.integer() }, []);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'audit_entry',
      'audit_head',
      'job',
      'job_lock',
      'file',
      'wecom_token',
      'wecom_quota',
      'unit',
      'person',
      'assignment',
      'directory_revision',
      'wecom_member_mirror',
      'wecom_department_mirror',
      'role_grant',
      'person_session',
      'message',
      'received_event',
      'obligation',
      'obligation_rung',
      'obligation_event',
      'calendar_adoption',
      'approval_template',
      'approval_instance',
      'approval_task',
      'approval_copy',
      'approval_event',
      'approval_number',
    ])
      await runner.dropTable(table, true);
  }
}
