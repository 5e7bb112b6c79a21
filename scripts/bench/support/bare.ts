import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Bare {
  readonly port: number;
  readonly child: ChildProcess;
  stop(): void;
}

/** The bare Koa endpoint in a process of its own, as ours has one. */
export function startBare(databaseUrl: string, env: Readonly<Record<string, string>>): Promise<Bare> {
  const file = fileURLToPath(new URL('./bare-server.js', import.meta.url));
  const child = fork(file, [], { env: { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, ...env } });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)));
    child.once('message', ({ port }: { port: number }) =>
      resolve({ port, child, stop: () => void child.disconnect() }),
    );
  });
}
