import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonCard, cardMessage, openKit, withPeople } from '../test-kit.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe('a restart', () => {
  it('keeps members, messages, cards, media and response codes', async () => {
    const snapshotPath = join(folder, 'deep', 'sandbox.json');
    const first = await withPeople(await openKit({ snapshotPath }));
    const sent = await first.call('message/send', { body: cardMessage('zhang', buttonCard('t1')) });
    await first.control.message('zhang', { msgtype: 'image', filename: 'a.png', base64: 'aGVsbG8gd29ybGQ=' });
    const before = first.control.dump();
    await first.close();
    const second = await openKit({ snapshotPath });
    const after = second.control.dump();
    expect(after.members).toEqual(before.members);
    expect(after.departments).toEqual(before.departments);
    expect(after.chats).toEqual(before.chats);
    const body = {
      agentid: 1000002,
      atall: 1,
      response_code: sent.json['response_code'],
      button: { replace_name: '已同意' },
    };
    expect((await second.call('message/update_template_card', { body })).errcode).toBe(0);
    expect(second.control.state().app.callback.url).toBe(second.app.url);
    await second.close();
  });

  it('starts empty when the file is damaged', async () => {
    const snapshotPath = join(folder, 'sandbox.json');
    await writeFile(snapshotPath, '{"version":1,"data":');
    const kit = await openKit({ snapshotPath });
    expect(kit.control.state().members).toEqual([]);
    await withPeople(kit);
    await kit.close();
    expect(JSON.parse(await readFile(snapshotPath, 'utf8'))).toMatchObject({ version: 1 });
  });
});
