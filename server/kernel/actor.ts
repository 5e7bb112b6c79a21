/**
 * Who acts. Every command gets one, whatever the entrance (page, card, chat text, callback, job, command line).
 * `person` is somebody signed in or somebody behind a tapped card; `system` is a named mechanism (rule R46: never
 * a person's name on what no person did).
 */
export type Actor = PersonActor | SystemActor;

export interface PersonActor {
  readonly kind: 'person';
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Where the act came in. */
  readonly via: 'h5' | 'card' | 'chat' | 'console' | 'cli';
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
}

export interface SystemActor {
  readonly kind: 'system';
  /** The mechanism, e.g. `job:messaging.send`, `callback:contacts`, `cli:seed`. */
  readonly name: string;
  readonly requestId?: string | undefined;
}

/** Roles that code asks about; others (分管领导 …) live in the read model only. */
export const ROLES = [
  'staff',
  'unitHead',
  'liaison',
  'hrMaintainer',
  'moduleManager',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'superAdmin',
  'creator',
] as const;
export type Role = (typeof ROLES)[number];

export const systemActor = (name: string, requestId?: string): SystemActor => ({
  kind: 'system',
  name,
  requestId,
});

export const actorId = (actor: Actor): string => (actor.kind === 'person' ? actor.personId : actor.name);
