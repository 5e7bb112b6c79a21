import type { DirectoryClient } from '../push/client.ts';

export interface RecordedCall {
  readonly api: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RecordingClient extends DirectoryClient {
  readonly calls: RecordedCall[];
  /** Set to answer calls with an error; return null to let one pass. */
  fail: ((call: RecordedCall) => Error | null) | null;
  /** What changes of tag members answer as not known. */
  invalidUsers: string[];
  /** What `tag/list` answers. */
  tags: { tagid: number; tagname: string }[];
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
  const change = (api: string) => {
    const record = take(api);
    return async (tagid: number, { userlist }: { userlist: string[] }) => {
      await record({ tagid, userlist });
      return { invalidUsers: client.invalidUsers };
    };
  };
  const [createTag, updateTag, deleteTag] = [take('tag/create'), take('tag/update'), take('tag/delete')];
  let lastTag = 0;
  const client: RecordingClient = {
    calls,
    invalidUsers: [],
    tags: [],
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
    tag: {
      async create(tag) {
        await createTag(tag);
        return (lastTag += 1);
      },
      update: updateTag,
      delete: (tagid) => deleteTag({ tagid }),
      addUsers: change('tag/addtagusers'),
      removeUsers: change('tag/deltagusers'),
      list: async () => client.tags,
    },
  };
  return client;
}
