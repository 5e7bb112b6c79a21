import { nativeAct, nativeHandIn } from '../contract.ts';
import type { Control } from './control.ts';
import { body } from './input.ts';
import type { On } from './input.ts';

/** The routes of native/contract.ts. */
export function nativeRoutes(on: On, control: Control): void {
  const path = '/members/:userid/native-approvals';
  const user = (params: Readonly<Record<string, string>>): string => params['userid'] ?? '';
  on('get', path, (_, p) => control.nativeBoxes(user(p)));
  on('post', path, async (ctx, p) => control.handInNative(user(p), await body(ctx, nativeHandIn)));
  on('post', `${path}/:number`, async (ctx, p) =>
    control.actNative(user(p), p['number'] ?? '', await body(ctx, nativeAct)),
  );
}
