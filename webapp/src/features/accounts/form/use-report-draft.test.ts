import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { openFor } from '../../../device.ts';
import { useReportDraft, type Drafting } from './use-report-draft.ts';

const stored = (): string => localStorage.getItem('steward:p1:draft:accounts:new') ?? '';
const person = { personId: 'p9', name: '吴敏', unitName: '', title: '' };

let scope = effectScope();
function open(): Drafting {
  scope = effectScope();
  return scope.run(() => useReportDraft('new', () => ({ kind: null, values: {} }))) as Drafting;
}
beforeEach(() => {
  localStorage.clear();
  openFor('p1');
});
afterEach(() => scope.stop());

describe('the draft of a report', () => {
  it('is there again after the phone closed', () => {
    const { draft } = open();
    Object.assign(draft, { kind: 'cancel', person, values: { leftOn: '2026-11-20' } });
    scope.stop();
    const again = open();
    expect(again.draft).toMatchObject({ kind: 'cancel', person, values: { leftOn: '2026-11-20' } });
    expect(again.resumedFrom.value).not.toBeNull();
  });

  it('H5: why somebody is locked never stays on the phone', () => {
    const { draft } = open();
    Object.assign(draft, {
      kind: 'lock',
      person,
      values: { fromOn: '2026-11-20', cause: 'investigation', reason: '立案审查' },
    });
    scope.stop();
    expect(stored()).toContain('2026-11-20');
    expect(stored()).not.toMatch(/investigation|立案审查/);
  });

  it('is gone once it was sent, and begins anew when asked to', () => {
    const first = open();
    Object.assign(first.draft, { kind: 'cancel', person });
    first.finish();
    scope.stop();
    expect(stored()).toBe('');
    const second = open();
    Object.assign(second.draft, { kind: 'open', person, requestId: 'r1' });
    second.restart();
    expect(second.draft).toMatchObject({ kind: null, person: null, requestId: null, values: {} });
  });
});
