/** Who may read the register of keeping periods. Pure. */
import type { PersonActor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';

/** Who answers for the system, and who checks those who do. HR answers for what is kept of people. */
const READERS: readonly string[] = [
  'creator',
  'superAdmin',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'hrMaintainer',
];

/** @throws forbidden `keeping.readers_only` */
export function mustReadKeeping(actor: PersonActor): void {
  if (!actor.roles.some((role) => READERS.includes(role))) throw forbidden('keeping.readers_only');
}
