// The OpenAPI document, as the server answers it at /api/openapi.json:
//   node dist/scripts/api-doc.js > openapi.json
// It comes from the composed product on a database made for the moment; the configured one is not touched.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { createLog } from '../server/platform/log.ts';
import { runProgram } from './command-line.ts';

await runProgram(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-api-doc-'));
  const config = readConfig({
    SANDBOX: 'on',
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'steward.db')}`,
  });
  const app = await createApp({ config, clock: systemClock, log: createLog('silent') });
  const server = createServer(app.http.callback());
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const document: unknown = await (await fetch(`http://127.0.0.1:${port}/api/openapi.json`)).json();
    console.log(JSON.stringify(document, null, 2));
    return 0;
  } finally {
    server.close();
    server.closeAllConnections();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
