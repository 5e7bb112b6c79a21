import { recordingClient, wecomError, type RecordedCall, type RecordingClient } from './recording-client.ts';

/** A 企业微信 that also imports sheets: who is a member there, what each row said, and what goes wrong. */
export interface ImportingClient extends RecordingClient {
  /** Userids in lower case. */
  readonly members: Set<string>;
  /** Sheets that were started, as rows of cells; the first is the header. */
  readonly sheets: string[][][];
  /** Errcode of a row; 0 takes it, null says nothing of it. */
  rowResult: (userid: string) => number | null;
  /** How often `result` answers that it still runs. */
  running: number;
  /** Runs after a call took effect: throw to be cut off between it and its note. */
  cutOff: (api: string) => void;
}

export function importingClient(): ImportingClient {
  const recording = recordingClient();
  const members = new Set<string>();
  const files = new Map<string, string[][]>();
  const results = new Map<string, { userid: string; errcode: number }[]>();
  const record = async (api: string, body: object = {}) => {
    const call: RecordedCall = { api, body: { ...body } };
    recording.calls.push(call);
    const error = client.fail?.(call) ?? null;
    await Promise.resolve();
    if (error) throw error;
  };
  const client: ImportingClient = {
    ...recording,
    members,
    sheets: [],
    rowResult: () => 0,
    running: 0,
    cutOff: () => undefined,
    user: {
      ...recording.user,
      async create(body) {
        await record('user/create', body);
        if (members.has(body.userid.toLowerCase())) throw wecomError('fixData', 60102);
        members.add(body.userid.toLowerCase());
      },
      async update(body) {
        await record('user/update', body);
      },
      async *eachId() {
        await record('user/list_id');
        for (const userid of members) yield { userid };
      },
    },
    media: {
      async upload({ bytes }) {
        await record('media/upload');
        const mediaId = `M${files.size}`;
        const lines = bytes.toString('utf8').trimEnd().split('\r\n');
        files.set(
          mediaId,
          lines.map((line) => line.split(',')),
        );
        client.cutOff('media/upload');
        return { mediaId };
      },
    },
    batch: {
      async syncUsers(request) {
        await record('batch/syncuser', request);
        const sheet = files.get(request.mediaId) ?? [];
        client.sheets.push(sheet);
        const jobId = `J${client.sheets.length}`;
        results.set(jobId, sheet.slice(1).flatMap(importRow));
        client.cutOff('batch/syncuser');
        return jobId;
      },
      async result(jobId) {
        await record('batch/getresult', { jobId });
        client.cutOff('batch/getresult');
        if (client.running > 0) {
          client.running -= 1;
          return { state: 'running', members: [] };
        }
        return { state: 'finished', members: results.get(jobId) ?? [] };
      },
    },
  };
  const importRow = ([, userid = '']: string[]) => {
    const errcode = client.rowResult(userid);
    if (errcode === 0) members.add(userid.toLowerCase());
    return errcode === null ? [] : [{ userid: userid.toLowerCase(), errcode }];
  };
  return client;
}
