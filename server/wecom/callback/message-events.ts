import { memberEnvelope, type Envelope } from './envelope.ts';
import type { ReceivedMessage } from './event-types.ts';
import { FieldFault, id, text } from './fields.ts';
import type { XmlElement } from './xml.ts';

/** Null for a kind of message this version does not know. */
export function parseMessage(root: XmlElement, msgType: string): ReceivedMessage | null {
  switch (msgType) {
    case 'text':
      return { kind: 'text', ...messageBase(root), content: text(root, 'Content') };
    case 'image':
      return {
        kind: 'image',
        ...messageBase(root),
        picUrl: text(root, 'PicUrl'),
        mediaId: id(root, 'MediaId'),
      };
    case 'voice':
      return {
        kind: 'voice',
        ...messageBase(root),
        mediaId: id(root, 'MediaId'),
        format: text(root, 'Format'),
      };
    case 'video':
      return {
        kind: 'video',
        ...messageBase(root),
        mediaId: id(root, 'MediaId'),
        thumbMediaId: text(root, 'ThumbMediaId'),
      };
    case 'location':
      return locationMessage(root, messageBase(root));
    case 'link':
      return linkMessage(root, messageBase(root));
    default:
      return null;
  }
}

interface MessageBase extends Envelope {
  readonly msgId: string;
}

function messageBase(root: XmlElement): MessageBase {
  const msgId = id(root, 'MsgId');
  if (!/^\d{1,32}$/.test(msgId)) throw new FieldFault('MsgId');
  return { ...memberEnvelope(root), msgId };
}

const locationMessage = (root: XmlElement, base: MessageBase): ReceivedMessage => ({
  kind: 'location',
  ...base,
  latitude: id(root, 'Location_X'),
  longitude: id(root, 'Location_Y'),
  scale: text(root, 'Scale'),
  label: text(root, 'Label'),
});

const linkMessage = (root: XmlElement, base: MessageBase): ReceivedMessage => ({
  kind: 'link',
  ...base,
  title: text(root, 'Title'),
  description: text(root, 'Description'),
  url: text(root, 'Url'),
  picUrl: text(root, 'PicUrl'),
});
