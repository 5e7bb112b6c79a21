/** Requests from before sending back, dedupe and revoking: their histories replay to what was stored then. */
import { expect, it } from 'vitest';
import type { InstanceEvent } from '../model/events.ts';
import { replay } from './evolve.ts';

const by = { personId: 'zhang', name: '张老师' };
const person = {
  personId: 'chen',
  name: '陈主任',
  staffNo: 'S-chen',
  assignmentId: 'chen1',
  unitId: 'it',
  unitName: '信息工程学院',
  title: '主任',
};
const at = 1_795_000_000_000;
/** As it was written by the release before. */
const history: InstanceEvent[] = [
  {
    type: 'submitted',
    at,
    by,
    instanceId: 'i',
    number: 'QJ-2026-1',
    templateKey: 'leave',
    templateVersion: 1,
    title: '年假',
    applicant: { ...person, personId: 'zhang', name: '张老师' },
    form: {},
    values: {},
    chosen: {},
    forecast: [],
  },
  {
    type: 'stepOpened',
    at,
    by,
    position: 0,
    round: 1,
    stepId: 's',
    stepKey: 'head',
    title: '部门负责人',
    mode: 'any',
    refusal: 'FIRST_ACTION',
    seats: [{ seat: 0, label: '部门负责人', person, why: '', missing: null, mergedInto: null }],
    why: '',
    allowWorkdays: 1,
    requiresComment: false,
    differs: null,
  },
  { type: 'stepSkipped', at, by, position: 1, round: 1, stepKey: 'joint', title: '会签', why: '不到 3 天' },
  {
    type: 'taskOpened',
    at,
    by,
    taskId: 't',
    stepId: 's',
    seat: 0,
    round: 1,
    person,
    why: '',
    fromTaskId: null,
  },
  { type: 'taskDecided', at, by, taskId: 't', stepId: 's', decision: 'approved', comment: null },
  { type: 'stepFinished', at, by, stepId: 's', outcome: 'approved' },
  { type: 'approved', at, by },
];

it('R41: no field of the newer acts appears in an older request, at any point of its life', () => {
  history.forEach((_event, n) => {
    const text = JSON.stringify(replay(history.slice(0, n + 1)));
    expect(text).not.toMatch(/"(returns|returned|resubmissions|passed|jumps|jumpedOver|revoked|decidedAs)"/);
  });
  expect(replay(history)).toMatchObject({ status: 'approved', round: 1, tasks: [{ status: 'approved' }] });
});
