import { parseContactChange } from './contact-events.ts';
import { eventEnvelope, memberEvent, word } from './envelope.ts';
import type {
  CallbackEvent,
  CardMenuTapped,
  CardTapped,
  MenuEvent,
  ReceivedEvent,
  SelectedItem,
  UnknownEvent,
} from './event-types.ts';
import { child, FieldFault, id, integer, list, text, textOf } from './fields.ts';
import { parseMessage } from './message-events.ts';
import type { XmlElement } from './xml.ts';

export type * from './event-types.ts';

/** Reads a decrypted callback. Throws FieldFault when it does not say what its kind has to say. */
export function parseEvent(root: XmlElement): CallbackEvent {
  if (root.name !== 'xml' || root.text !== '') throw new FieldFault(root.name);
  refuseRepeats(root);
  const msgType = word(root, 'MsgType');
  if (msgType !== 'event') {
    return parseMessage(root, msgType) ?? unknownEvent(root, `message.${msgType}`);
  }
  const event = word(root, 'Event');
  if (event !== 'change_contact') return appEvent(root, event);
  const changeType = word(root, 'ChangeType');
  return parseContactChange(root, changeType) ?? unknownEvent(root, `change_contact.${changeType}`);
}

/**
 * Two deliveries with one key are the same happening and only the first has an effect (rule R26).
 *
 * Messages: MsgId. Events: a hash of the whole content, which holds kind, sender, time, task, key, response code
 * and changed ids. The API's own advice, sender + time (page 90238), merges two different cards decided, or two
 * members changed by `sys`, within one second. Keys are unique within one callback address.
 */
export function eventKey(event: CallbackEvent): string {
  return 'msgId' in event ? `message:${event.msgId}` : `event:${event.contentHash}`;
}

/** kf_account_auth_change repeats these at the top; everything else there occurs once. */
const REPEATABLE: ReadonlySet<string> = new Set(['AuthAddOpenKfId', 'AuthDelOpenKfId']);

function refuseRepeats(root: XmlElement): void {
  const seen = new Set<string>();
  for (const { name } of root.children) {
    if (seen.has(name) && !REPEATABLE.has(name)) throw new FieldFault(name);
    seen.add(name);
  }
}

function appEvent(root: XmlElement, event: string): ReceivedEvent {
  switch (event) {
    case 'subscribe':
    case 'unsubscribe':
      return { kind: event, ...memberEvent(root) };
    case 'enter_agent':
      return { kind: 'enterAgent', ...memberEvent(root) };
    case 'LOCATION':
      return locationReport(root);
    case 'click':
      return menuEvent(root, 'menuClick');
    case 'view':
      return menuEvent(root, 'menuView');
    case 'template_card_event':
      return cardTap(root);
    case 'template_card_menu_event':
      return cardMenuTap(root);
    case 'batch_job_result':
      return batchJob(root);
    case 'open_approval_change':
    case 'sys_approval_change':
      return { kind: 'approvalChanged', ...eventEnvelope(root), name: event, info: approvalInfo(root) };
    default:
      return unknownEvent(root, event);
  }
}

const unknownEvent = (root: XmlElement, name: string): UnknownEvent => ({
  kind: 'unknownEvent',
  ...eventEnvelope(root),
  name,
  content: root,
});

const locationReport = (root: XmlElement): ReceivedEvent => ({
  kind: 'locationReported',
  ...memberEvent(root),
  latitude: id(root, 'Latitude'),
  longitude: id(root, 'Longitude'),
  precision: text(root, 'Precision'),
});

const menuEvent = (root: XmlElement, kind: MenuEvent['kind']): MenuEvent => ({
  kind,
  ...memberEvent(root),
  eventKey: id(root, 'EventKey'),
});

const tap = (root: XmlElement) => ({
  ...memberEvent(root),
  taskId: id(root, 'TaskId'),
  eventKey: id(root, 'EventKey'),
  cardType: text(root, 'CardType'),
  responseCode: id(root, 'ResponseCode'),
});

const cardTap = (root: XmlElement): CardTapped => ({
  kind: 'cardTapped',
  ...tap(root),
  selected: selectedItems(root),
});

const cardMenuTap = (root: XmlElement): CardMenuTapped => ({ kind: 'cardMenuTapped', ...tap(root) });

/** One and several items, one and several options arrive alike: as lists. */
function selectedItems(root: XmlElement): readonly SelectedItem[] {
  const items = list(child(root, 'SelectedItems'), 'SelectedItem').map((item) => ({
    questionKey: id(item, 'QuestionKey'),
    optionIds: list(child(item, 'OptionIds'), 'OptionId').map(textOf),
  }));
  if (new Set(items.map((item) => item.questionKey)).size < items.length)
    throw new FieldFault('SelectedItem');
  return items;
}

function batchJob(root: XmlElement): ReceivedEvent {
  const job = child(root, 'BatchJob');
  if (job === null) throw new FieldFault('BatchJob');
  return {
    kind: 'batchJobFinished',
    ...eventEnvelope(root),
    jobId: id(job, 'JobId'),
    jobType: text(job, 'JobType'),
    errCode: integer(job, 'ErrCode'),
    errMsg: text(job, 'ErrMsg'),
  };
}

function approvalInfo(root: XmlElement): XmlElement {
  const info = child(root, 'ApprovalInfo');
  if (info === null) throw new FieldFault('ApprovalInfo');
  return info;
}
