import { randomUUID } from 'node:crypto';
import type { InstanceAnswer } from '../../server/features/approvals/contract.ts';
import type { Client } from './client.ts';

/** A picture nobody has signed with: the head of a PNG of this size, then what makes it this one. */
export function ink(seed: string = randomUUID(), width = 640, height = 200): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  return Buffer.concat([head, size, Buffer.from(seed.padEnd(600, '.'))]);
}

export async function uploadInk(client: Client, bytes: Buffer = ink()): Promise<string> {
  const response = await client.upload('/api/files', 'signature.png', bytes);
  return ((await response.json()) as { fileId: string }).fileId;
}

/** What goes with 同意 at this task: a signature of one's own where the step asks for one. */
export async function signatureFor(
  client: Client,
  task: InstanceAnswer['myTask'],
): Promise<{ signature?: { fileId: string; how: 'drawn' } }> {
  return task?.requiresSignature ? { signature: { fileId: await uploadInk(client), how: 'drawn' } } : {};
}
