import { contentHash } from './content-hash.ts';
import { FieldFault, id, optionalId } from './fields.ts';
import type { XmlElement } from './xml.ts';

export interface Envelope {
  readonly fromUser: string;
  readonly createdAt: number;
  readonly agentId: string | null;
}

/** A name of the API's own vocabulary. */
export function word(root: XmlElement, name: string): string {
  const value = id(root, name);
  if (!/^\w{1,64}$/.test(value)) throw new FieldFault(name);
  return value;
}

function envelope(root: XmlElement): Envelope {
  const fromUser = optionalId(root, 'FromUserName') ?? '';
  if (!/^[!-~]{0,128}$/.test(fromUser)) throw new FieldFault('FromUserName');
  const seconds = id(root, 'CreateTime');
  if (!/^\d{1,10}$/.test(seconds)) throw new FieldFault('CreateTime');
  return { fromUser, createdAt: Number(seconds) * 1000, agentId: optionalId(root, 'AgentID') };
}

/** The sender is a person, without whom the message or tap means nothing. */
export function memberEnvelope(root: XmlElement): Envelope {
  const base = envelope(root);
  if (base.fromUser === '') throw new FieldFault('FromUserName');
  return base;
}

export const eventEnvelope = (root: XmlElement) => ({ ...envelope(root), contentHash: contentHash(root) });

export const memberEvent = (root: XmlElement) => ({
  ...memberEnvelope(root),
  contentHash: contentHash(root),
});
