import { dateOf } from '../../kernel/dates.ts';
import { eventCallback } from '../callbacks/app-events.ts';
import { approvalInfo } from '../native/answer.ts';
import { nativeAct, nativeHandIn } from '../native/contract.ts';
import type { NativeAct, NativeBoxes, NativeFormView, NativeHandIn } from '../native/contract.ts';
import { agree, handOn, PENDING, reject, takeBack, turnOf } from '../native/forms.ts';
import type { NativeForm } from '../native/forms.ts';
import { fold, leadersOf, memberOf } from '../state/directory.ts';
import type { Member } from '../state/data.ts';
import type { World } from '../world.ts';
import { ControlRefusal, noMember } from './errors.ts';

/** What members do in 企业微信's own 审批 on their phones; each act is told to the app, if it may know. */

const TYPES = { approve: 1, copy: 2, handle: 3 } as const;
const RELS = { all: 1, any: 2, sequential: 3 } as const;
/** 审批's own id, as the page's sample has it. */
const APPROVAL_AGENT = 3010040;
const HANDED_IN = 1;
const URGED = 5;

function known(world: World, userid: string): Member {
  const found = memberOf(world.data, userid);
  if (found === undefined) throw noMember();
  return found;
}

export async function handInNative(
  world: World,
  userid: string,
  request: NativeHandIn,
): Promise<NativeFormView> {
  const form = makeForm(world, userid, request);
  await tell(world, form, userid, HANDED_IN, `提交了「${form.title}」`);
  return viewOf(world, form);
}

/** The same without a word to the app: what was handed in and decided before it was listed. */
export function seedNative(
  world: World,
  userid: string,
  request: NativeHandIn,
  acts: readonly { readonly by: string; readonly act: NativeAct }[] = [],
): string {
  const form = makeForm(world, userid, request);
  for (const { by, act } of acts) perform(world, form, by, act);
  return form.number;
}

function makeForm(world: World, userid: string, request: NativeHandIn): NativeForm {
  const applicant = known(world, userid);
  const wanted = nativeHandIn.parse(request);
  const at = wanted.at ?? world.now();
  const number = nextNumberOf(world, at);
  const form: NativeForm = {
    number,
    title: wanted.title,
    templateId: wanted.templateId,
    recordType: wanted.recordType ?? null,
    status: PENDING,
    appliedAt: Math.floor(at / 1000),
    applicant: applicant.userid,
    party: String(applicant.mainDepartment),
    nodes: wanted.nodes.map(({ kind, mode, userids }) => ({
      type: TYPES[kind],
      rel: RELS[mode],
      status: PENDING,
      seats: userids.map((one) => ({
        userid: known(world, one).userid,
        status: PENDING,
        speech: '',
        time: 0,
      })),
    })),
    contents: [
      ...wanted.fields.map(({ title, text }, place) => ({
        control: 'Text',
        id: `Text-${place + 1}`,
        title: [{ text: title, lang: 'zh_CN' }],
        value: { text },
        hidden: 0,
      })),
      ...wanted.contents,
    ],
    legacy: wanted.legacy,
  };
  world.data.nativeForms.set(number, form);
  world.touch();
  return form;
}

/** The day and a sequence: 202603050007. */
function nextNumberOf({ data }: World, at: number): string {
  const day = dateOf(at).replaceAll('-', '');
  for (let count = 1; ; count += 1) {
    const number = `${day}${String(count).padStart(4, '0')}`;
    if (!data.nativeForms.has(number)) return number;
  }
}

export async function actNative(
  world: World,
  userid: string,
  number: string,
  request: NativeAct,
): Promise<NativeFormView> {
  known(world, userid);
  const form = world.data.nativeForms.get(number);
  if (form === undefined) throw new ControlRefusal(404, 'no_form', '没有这张审批单');
  const change = perform(world, form, userid, request);
  world.touch();
  await tell(world, form, userid, change, `处理了「${form.title}」`);
  return viewOf(world, form);
}

function perform(world: World, form: NativeForm, userid: string, request: NativeAct): number {
  const act = nativeAct.parse(request);
  const time = Math.floor((act.at ?? world.now()) / 1000);
  const said = { words: 'words' in act ? act.words : '', time };
  const isApplicant = fold(form.applicant) === fold(userid);
  const refuse = (): never => {
    throw new ControlRefusal(409, 'not_your_turn', '这张审批单现在不由你处理');
  };
  switch (act.act) {
    case 'agree':
      return agree(form, userid, said) ?? refuse();
    case 'reject':
      return reject(form, userid, said) ?? refuse();
    case 'handOn':
      return handOn(form, userid, known(world, act.to).userid, said) ?? refuse();
    case 'urge':
      return form.status === PENDING && isApplicant ? URGED : refuse();
    case 'withdraw':
    case 'revoke':
      return (isApplicant ? takeBack(form, act.act) : null) ?? refuse();
  }
}

async function tell(
  world: World,
  form: NativeForm,
  userid: string,
  change: number,
  did: string,
): Promise<void> {
  const member = known(world, userid);
  const actId = world.ledger.startAct('native', member.userid, `${member.name}在审批里${did}`);
  const { nativeApprovals, nativeEvents } = world.data.app;
  if (!nativeApprovals || !nativeEvents) return;
  const event = eventCallback(world, 'sys', 'sys_approval_change', [approvalInfo(form, change)], { actId });
  await world.callbacks.send({
    ...event,
    summary: `审批 → 本系统：${form.title}`,
    shown: [
      { label: 'SpNoStr', value: form.number },
      { label: 'StatuChangeEvent', value: String(change) },
    ],
    fields: event.fields.map((field) => (field[0] === 'AgentID' ? ['AgentID', APPROVAL_AGENT] : field)),
  });
}

export function nativeBoxes(world: World, userid: string): NativeBoxes {
  const member = known(world, userid);
  const key = fold(member.userid);
  const all = [...world.data.nativeForms.values()].sort((a, b) => b.appliedAt - a.appliedAt);
  const holds = (form: NativeForm) => turnOf(form)?.seats.some((seat) => fold(seat.userid) === key) ?? false;
  return {
    waiting: all.filter(holds).map((form) => viewOf(world, form)),
    own: all.filter(({ applicant }) => fold(applicant) === key).map((form) => viewOf(world, form)),
    head: headOf(world, member),
  };
}

function headOf({ data }: World, { userid, mainDepartment }: Member): NativeBoxes['head'] {
  for (let one = data.departments.get(mainDepartment); one; one = data.departments.get(one.parentId)) {
    const leader = leadersOf(data, one.id).find((each) => fold(each) !== fold(userid));
    if (leader !== undefined) return { userid: leader, name: memberOf(data, leader)?.name ?? leader };
  }
  return null;
}

const viewOf = (world: World, form: NativeForm): NativeFormView => ({
  number: form.number,
  title: form.title,
  applicant: form.applicant,
  applicantName: memberOf(world.data, form.applicant)?.name ?? form.applicant,
  status: form.status,
  appliedAt: form.appliedAt * 1000,
  fields: form.contents.flatMap(textField),
  holders: (turnOf(form)?.seats ?? []).map(({ userid }) => userid),
});

function textField({ title, value }: Record<string, unknown>): { title: string; text: string }[] {
  const [head] = Array.isArray(title) ? (title as { text?: unknown }[]) : [];
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : null;
  return typeof text === 'string' ? [{ title: String(head?.text ?? ''), text }] : [];
}
