import type { Context } from 'koa';
import type { z } from 'zod';
import type { PersonActor } from '../../kernel/actor.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Schema = z.ZodType;
type Output<S> = S extends Schema ? z.output<S> : undefined;

export interface RequestInfo {
  readonly requestId: string;
  /** Client address behind the trusted proxies. */
  readonly address: string;
}

export interface HandlerInput<Actor, Params, Query, Body> {
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: RequestInfo;
  /** For the few routes that redirect, set cookies or stream; the others return their answer. */
  readonly ctx: Context;
}

interface RouteSpec<Auth extends 'person' | 'none', P, Q, B, A> {
  readonly method: Method;
  readonly path: string;
  /** One English sentence for the API page. */
  readonly summary: string;
  readonly auth: Auth;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Shape of the answer; left out when the handler writes `ctx` itself. */
  readonly answer?: A;
  /** Bytes of JSON accepted; default 256 KB. */
  readonly bodyLimit?: number;
  /** The handler reads the body itself (uploads). */
  readonly rawBody?: boolean;
  readonly handle: (
    input: HandlerInput<
      Auth extends 'person' ? PersonActor : PersonActor | null,
      Output<P>,
      Output<Q>,
      Output<B>
    >,
  ) => Promise<A extends Schema ? z.input<A> : void>;
}

/** A route as the HTTP layer sees it: schemas erased to `ZodType`, handler fed with what they produced. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly auth: 'person' | 'none';
  readonly params?: Schema | undefined;
  readonly query?: Schema | undefined;
  readonly body?: Schema | undefined;
  readonly answer?: Schema | undefined;
  readonly bodyLimit?: number | undefined;
  readonly rawBody?: boolean | undefined;
  readonly handle: (input: HandlerInput<PersonActor | null, unknown, unknown, unknown>) => Promise<unknown>;
}

/** Declare a route: method, path, contract, command. The request is parsed before and the answer after `handle`. */
export function route<
  const Auth extends 'person' | 'none',
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  A extends Schema | undefined = undefined,
>(spec: RouteSpec<Auth, P, Q, B, A>): Route {
  // The input was produced by exactly these schemas, which the compiler cannot see through the erased type.
  return spec as unknown as Route;
}
