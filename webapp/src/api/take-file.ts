import { t } from '../phrases/zh-CN.ts';
import { Failure, failureFrom } from './failure.ts';
import { withToken } from './http.ts';
import { loginOrFail } from './login.ts';

/** Asks for a file that is made for it, and hands it to the browser under the name the server gave it. */
export async function takeFile(path: string, body: unknown): Promise<void> {
  const response = await withToken((token) => ask(path, body, token));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(response.headers.get('content-disposition') ?? '');
  link.click();
  // The browser has taken it over by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** No time limit: a file may be large, and the page says that it is being made. */
async function ask(path: string, body: unknown, token: string): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-csrf-token': token },
    body: JSON.stringify(body),
  }).catch((): never => {
    throw new Failure(t.failure.offline, { code: 'net.offline', status: 0 });
  });
  if (response.ok) return response;
  const failure = await failureFrom(response);
  return response.status === 401 ? loginOrFail(failure) : Promise.reject(failure);
}

function nameOf(disposition: string): string {
  const name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return name === undefined ? '' : decodeURIComponent(name);
}
