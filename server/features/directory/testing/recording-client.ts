import type { DirectoryClient } from '../push/client.ts';

export interface RecordedCall {
  readonly api: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RecordingClient extends DirectoryClient {
  readonly calls: RecordedCall[];
  /** Set to answer calls with an error; return null to let one pass. */
  fail: ((call: RecordedCall) => Error | null) | null;
}

/** An error as the connector throws it. */
export function wecomError(handling: string, errcode: number, retryAt?: number): Error {
  return Object.assign(new Error(`wecom ${errcode}`), { handling, errcode, retryAt });
}

/** A 企业微信 that accepts everything and remembers the order of what it was told. */
export function recordingClient(): RecordingClient {
  const calls: RecordedCall[] = [];
  const take = (api: string) => async (body: object) => {
    const call: RecordedCall = { api, body: { ...body } };
    calls.push(call);
    const error = client.fail?.(call) ?? null;
    await Promise.resolve();
    if (error) throw error;
  };
  const remove = take('department/delete');
  const removeUser = take('user/delete');
  const client: RecordingClient = {
    calls,
    fail: null,
    department: {
      create: take('department/create'),
      update: take('department/update'),
      delete: (id) => remove({ id }),
    },
    user: {
      create: take('user/create'),
      update: take('user/update'),
      delete: (userid) => removeUser({ userid }),
    },
  };
  return client;
}
