import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../server/kernel/clock.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { openDb, type OpenedDb } from '../../server/platform/db/open.ts';
import { makeBackup } from './make-backup.ts';
import { dumpCommand, loadCommand } from './mysql-commands.ts';
import { restoreBackup } from './restore-backup.ts';
import { openSqliteFile } from './sqlite-file.ts';

const NOW = Date.parse('2026-11-23T02:20:00Z');
const SERVER = systemActor('test');
let root: string;
let server: OpenedDb | null = null;
const at = (...names: string[]) => join(root, ...names);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-backup-'));
  mkdirSync(at('data/files/ab'), { recursive: true });
  writeFileSync(at('data/files/ab/abc'), 'attachment');
  writeFileSync(at('data/keys.json'), '{"vault":["k"]}');
  elsewhere('create table note (text text)', "insert into note values ('one')");
});
afterEach(async () => {
  await server?.db.close();
  server = null;
  rmSync(root, { recursive: true, force: true });
});

/**
 * Statements in a process of their own, which lets go of the file when it ends; libsql keeps a closed connection's
 * locks until its statements are collected. @returns the rows of the last one
 */
function elsewhere(...statements: string[]): unknown {
  const script = `const Libsql = require('libsql');
    const db = new Libsql(process.argv[1]);
    db.pragma('journal_mode = wal');
    const texts = process.argv.slice(2);
    for (const text of texts.slice(0, -1)) db.exec(text);
    const last = db.prepare(texts.at(-1));
    console.log(JSON.stringify(last.reader ? last.all() : last.run() && []));`;
  const argv = ['-e', script, at('data/steward.db'), ...statements];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}
const notes = () => elsewhere('select text from note order by text');
const rows = (...texts: string[]) => texts.map((text) => ({ text }));

async function startServer() {
  server = await openDb({ url: `sqlite:${at('data/steward.db')}`, tables: [], clock: new ManualClock(NOW) });
}
const write = (text: string) => server?.db.write(SERVER, (tx) => tx.em.query(text));

const backup = (target = at('copy')) =>
  makeBackup({ database: at('data/steward.db'), dataDir: at('data'), target, now: NOW });
const restore = () =>
  restoreBackup({
    backup: at('copy'),
    database: at('data/steward.db'),
    dataDir: at('data'),
    aside: at('data/aside'),
  });

describe('backup and restore', () => {
  it('brings back what was there, and keeps what came later aside', async () => {
    await backup();
    elsewhere("insert into note values ('two')");
    writeFileSync(at('data/files/ab/later'), 'x');
    await restore();
    expect(notes()).toEqual(rows('one'));
    expect(readFileSync(at('data/files/ab/abc'), 'utf8')).toBe('attachment');
    expect(readFileSync(at('data/keys.json'), 'utf8')).toBe('{"vault":["k"]}');
    expect(statSync(at('data/aside/files/ab/later')).isFile()).toBe(true);
    expect(statSync(at('data/aside/steward.db')).isFile()).toBe(true);
  });

  it('copies one moment while units of work go on', async () => {
    await startServer();
    await write("insert into note values ('two')");
    await Promise.all([backup(), write("insert into note values ('three')")]);
    const copy = openSqliteFile(at('copy/steward.db'));
    const copied = copy.column('select text from note order by text');
    copy.close();
    expect([
      ['one', 'two'],
      ['one', 'three', 'two'],
    ]).toContainEqual(copied);
  });

  it('lets only its owner read keys and database', async () => {
    await backup();
    for (const name of ['keys.json', 'steward.db', 'manifest.json'])
      expect(statSync(at('copy', name)).mode & 0o077).toBe(0);
  });

  it('refuses while the server runs, and changes nothing', async () => {
    await backup();
    await startServer();
    await expect(restore()).rejects.toThrow('stop the server');
    expect(notes()).toEqual(rows('one'));
  });

  it('refuses a damaged or unfinished backup before it moves anything', async () => {
    await backup();
    const copy = readFileSync(at('copy/steward.db'));
    writeFileSync(at('copy/steward.db'), copy.fill(7, copy.length - 100));
    await expect(restore()).rejects.toThrow('damaged');
    rmSync(at('copy/manifest.json'));
    await expect(restore()).rejects.toThrow('not a backup');
    expect(notes()).toEqual(rows('one'));
  });

  it('never overwrites a folder', async () => {
    await backup();
    await expect(backup()).rejects.toThrow('exists already');
  });

  it('names the commands for MySQL without the password', () => {
    const url = 'mysql://steward:s%40cret@db.example:3307/steward';
    for (const command of [dumpCommand(url, 'a.sql'), loadCommand(url, 'a.sql')]) {
      expect(command).toContain('--host=db.example --port=3307 --user=steward --password steward');
      expect(command).not.toContain('cret');
    }
  });
});
