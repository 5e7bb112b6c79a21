import { randomUUID } from 'node:crypto';
import { systemActor } from '../../server/kernel/actor.ts';
import { checkTemplate } from '../../server/features/approvals/check/template.ts';
import type { FormValues, SubmitAnswer, TemplateAnswer } from '../../server/features/approvals/contract.ts';
import type { Template } from '../../server/features/approvals/index.ts';
import type { TemplateNode, TemplateStep } from '../../server/features/approvals/template/template.ts';
import { BASICS } from '../../server/features/approvals/testing/template.ts';
import type { Client } from './client.ts';
import type { Started } from './start-app.ts';

export type Step = TemplateStep;

export const personIdOf = async (started: Started, member: string): Promise<string> => {
  const org = await started.app.db.read((reads) => started.app.directory.orgOf(reads));
  const person = org.personByUserid(member);
  if (!person) throw new Error(`nobody is ${member}`);
  return person.personId;
};

/** A step decided by these members, by name. */
export async function namedStep(
  started: Started,
  key: string,
  members: readonly string[],
  how:
    | { mode: 'any'; refusal: 'FIRST_ACTION' | 'ANY_YES' }
    | { mode: 'all'; refusal: 'FAIL_FAST' | 'COLLECT_ALL' }
    | { mode: 'sequential'; refusal: 'FAIL_FAST' },
): Promise<Step> {
  const personIds = await Promise.all(members.map((member) => personIdOf(started, member)));
  return {
    key,
    title: key,
    kind: 'approve',
    ...how,
    allowWorkdays: 1,
    requiresComment: false,
    assignees: [{ label: key, by: { rule: 'named', personIds }, fallback: [] }],
  };
}

/** Put a template of one text field and these steps in force. */
export async function publishSteps(
  started: Started,
  steps: TemplateNode[],
  rules: Partial<Pick<Template, 'onReturn' | 'dedupe' | 'returnWorkdays' | 'fields' | 'sensitive'>> = {},
): Promise<void> {
  const template: Template = {
    ...BASICS,
    sensitive: false,
    titleWords: '事项 {what}',
    fields: [{ key: 'what', label: '内容', type: 'text', required: true, maxLength: 50 }],
    computed: [],
    steps,
    quickReasons: [],
    ...rules,
  };
  await started.app.db.write(systemActor('test'), (tx) => started.app.approvals.publish(tx, [template]));
}

export async function submitOwn(
  client: Client,
  what = '甲',
  clientKey: string = randomUUID(),
  more: FormValues = {},
): Promise<SubmitAnswer> {
  const { version, posts } = await client.get<TemplateAnswer>('/api/approvals/templates/own');
  return client.post<SubmitAnswer>('/api/approvals/instances', {
    templateKey: 'own',
    version,
    assignmentId: posts[0]?.assignmentId ?? '',
    form: { what, ...more },
    clientKey,
  });
}

/** Put a template of these fields, as a designer writes them, and these steps in force. */
export async function publishFields(
  started: Started,
  fields: readonly object[],
  steps: readonly TemplateNode[],
  version = 1,
): Promise<void> {
  const source = {
    ...BASICS,
    version,
    fields,
    steps,
  };
  const { template, faults } = checkTemplate(source);
  if (!template) throw new Error(faults.join('；'));
  await started.app.db.write(systemActor('test'), (tx) => started.app.approvals.publish(tx, [template]));
}
