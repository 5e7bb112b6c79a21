/** The part of engine-case.ts about what deciders change in the form and what people may read of it. */
import { expect } from 'vitest';
import { z } from 'zod';
import { fieldVersion, sawVersion } from '../../server/features/approvals/engine/form-edits.ts';
import { hiddenFrom } from '../../server/features/approvals/field-rights.ts';
import type { InstanceState } from '../../server/features/approvals/model/state.ts';
import type { FormEdit } from '../../server/features/approvals/model/edits.ts';
import type { Template } from '../../server/features/approvals/template/template.ts';

const Value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

/** `edits`: new values by field; `versions`: of the fields as they were seen, otherwise as they are. */
export const EditAct = {
  edits: z.record(z.string(), Value).optional(),
  versions: z.record(z.string(), z.number()).optional(),
};
const Act = z.object(EditAct);

export const EditsThen = {
  form: z.record(z.string(), Value).optional(),
  edited: z.array(z.string()).optional(),
  lost: z.array(z.string()).optional(),
  saw: z.record(z.string(), z.number()).optional(),
  hidden: z.record(z.string(), z.array(z.string())).optional(),
};
const Then = z.object(EditsThen);

/** What is computed from the changed form is, in these cases, its plain values. */
export function editOf(state: InstanceState | null, act: z.infer<typeof Act>): FormEdit | undefined {
  if (act.edits === undefined || state === null) return undefined;
  const values = { ...state.values };
  for (const [key, value] of Object.entries(act.edits)) if (!Array.isArray(value)) values[key] = value;
  const edits = Object.entries(act.edits).map(([key, value]) => ({
    key,
    value,
    version: act.versions?.[key] ?? fieldVersion(state, key),
  }));
  return { edits, title: state.title, values };
}

export function checkEdits(template: Template, state: InstanceState, then: z.infer<typeof Then>): void {
  if (then.form !== undefined) expect(state.form, 'form').toEqual(then.form);
  const edited = (state.edits ?? []).flatMap(({ by, version, changes }) =>
    changes.map(
      ({ key, before, after }) => `${String(version)} ${by.personId ?? ''} ${key} ${String(before)}→${String(after)}`,
    ),
  );
  if (then.edited !== undefined) expect(edited, 'edited').toEqual(then.edited);
  const lost = state.skipped.flatMap(({ stepKey, foretold }) => (foretold ?? []).map((id) => `${stepKey} ${id}`));
  if (then.lost !== undefined) expect(lost, 'lost').toEqual(then.lost);
  for (const [person, version] of Object.entries(then.saw ?? {})) {
    const task = state.tasks.findLast((one) => one.person.personId === person);
    expect(task && sawVersion(state, task), `form ${person} decided on`).toBe(version);
  }
  for (const [person, keys] of Object.entries(then.hidden ?? {})) {
    const hidden = hiddenFrom(template, state, { personId: person, roles: ['staff'] });
    expect([...hidden], `hidden from ${person}`).toEqual(keys);
  }
}
