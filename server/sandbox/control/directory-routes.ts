import { z } from 'zod';
import { adminCorpRequest, departmentEdit, logRequest, memberEdit } from '../contract.ts';
import type { Control } from './control.ts';
import { body, number, text } from './input.ts';
import type { On } from './input.ts';

/** The routes of directory/contract.ts. */
export function directoryRoutes(on: On, control: Control): void {
  on('post', '/admin/members/:userid', async (ctx, p) =>
    control.editMember(p['userid'] ?? '', await body(ctx, memberEdit)),
  );
  on('post', '/admin/departments/:id', async (ctx, p) =>
    control.editDepartment(Number(p['id']), await body(ctx, departmentEdit)),
  );
  on('post', '/admin/corp', async (ctx) => control.adminCorp(await body(ctx, adminCorpRequest)));
  on('get', '/admin/log', (ctx) => ({
    records: control.logs(text(ctx, 'kind') === 'member' ? 'member' : 'admin', number(ctx, 'limit', 100)),
  }));
  on('post', '/admin/log', async (ctx) => control.addLog(await body(ctx, logRequest)));
  on('post', '/members/:userid/mobile', async (ctx, p) =>
    control.changeMobile(p['userid'] ?? '', (await body(ctx, z.object({ mobile: z.string() }))).mobile),
  );
  on('get', '/jobs', () => ({ jobs: control.jobs() }));
}
