import type { ActorKey, AuthorizationStage, Call } from './authorization-stage.ts';

/** `anyone`: signed in or not. `members`: everybody signed in. Else exactly these. */
export type Who = 'anyone' | 'members' | readonly ActorKey[];

export interface Place {
  readonly who: Who;
  /** Made anew for each actor: a call that is allowed may change what it names. */
  readonly call?: (stage: AuthorizationStage, actor: ActorKey) => Promise<Call> | Call;
}
