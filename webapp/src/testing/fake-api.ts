import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}
type Reply = { status?: number; body?: unknown } | (() => Promise<never>);
export type Answer = (call: Call) => Reply | Promise<Reply>;

/** A pretended server for component tests: answers by `METHOD path` (query left out), remembers every call. */
export function fakeApi(answers: Record<string, Answer>): { calls: Call[]; of: (key: string) => Call[] } {
  const calls: Call[] = [];
  const key = (call: Call): string => `${call.method} ${call.path.split('?')[0]}`;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const call: Call = {
      method: init.method ?? 'GET',
      path,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      headers: (init.headers ?? {}) as Record<string, string>,
    };
    calls.push(call);
    const answer = answers[key(call)];
    if (!answer) throw new Error(`no answer for ${key(call)}`);
    const reply = await answer(call);
    if (typeof reply === 'function') return reply();
    return new Response(JSON.stringify(reply.body ?? {}), { status: reply.status ?? 200 });
  });
  return { calls, of: (name) => calls.filter((call) => key(call) === name) };
}

export const problem = (status: number, code: string, title: string) => ({
  status,
  body: { type: 'about:blank', title, status, code, data: {}, requestId: 'R7K2-40' },
});
