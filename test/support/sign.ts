import { randomUUID } from 'node:crypto';
import type { InstanceAnswer } from '../../server/features/approvals/contract.ts';
import type { Client } from './client.ts';

/** A picture nobody has signed with: the head of a PNG, then what makes it this one. */
export const ink = (seed: string = randomUUID()): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(seed.padEnd(600, '.'))]);

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
