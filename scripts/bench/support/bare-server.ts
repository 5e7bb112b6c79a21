/**
 * The other side of two bars: a bare Koa endpoint with mysql2 and nothing else. Run as a child process with
 * `DATABASE_URL` and, in `BARE`, what it does; tells its port to whoever forked it.
 *
 * - `insert`: POST, reads the body and writes one row as long as ours.
 * - `select`: GET, answers the rows of the statement in `BARE_SQL`, whose one parameter is the query string, as JSON.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import mysql from 'mysql2/promise';
import { newId } from '../../../server/kernel/id.ts';

const pool = mysql.createPool({
  uri: process.env.DATABASE_URL ?? '',
  connectionLimit: 16,
  charset: 'utf8mb4',
});
const app = new Koa();
app.on('error', (error: unknown) => console.error(error));

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const INSERT = `insert into bare_event
  (id, entrance, eventKey, kind, fromUser, body, receivedAt, handledAt, attempts) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const stored = process.env.BARE_BODY ?? '';

if (process.env.BARE === 'insert') {
  app.use(async (ctx) => {
    await bodyOf(ctx.req);
    const id = newId();
    const key = `event:${id}${id}`;
    await pool.query(INSERT, [id, 'app', key, 'enterAgent', `u${id.slice(24)}`, stored, Date.now(), null, 0]);
    ctx.body = '';
  });
} else {
  const sql = process.env.BARE_SQL ?? '';
  app.use(async (ctx) => {
    const [rows] = await pool.query(sql, [ctx.querystring]);
    ctx.body = { items: rows };
  });
}

const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
