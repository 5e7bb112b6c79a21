import type { DirectoryClient } from '../push/client.ts';
import type { TagRead } from '../tags/compare/compare-tag.ts';

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
  /** What `tag/get` answers, by tag id. */
  held: Map<number, TagRead>;
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
    return async (tagid: number, named: { userlist?: string[]; partylist?: number[] }) => {
      await record({ tagid, ...named });
      return { invalidUsers: client.invalidUsers };
    };
  };
  const [createTag, updateTag, deleteTag] = [take('tag/create'), take('tag/update'), take('tag/delete')];
  const getTag = take('tag/get');
  let lastTag = 0;
  const client: RecordingClient = {
    calls,
    invalidUsers: [],
    tags: [],
    held: new Map(),
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
      async get(tagid) {
        await getTag({ tagid });
        return client.held.get(tagid) ?? { tagname: '', users: [], parties: [] };
      },
    },
  };
  return client;
}
