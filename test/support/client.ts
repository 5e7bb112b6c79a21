/** A browser as far as the API is concerned: cookies, CSRF token, redirects by hand. */
export class Client {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #csrf = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The same browser at another address of the product: cookies and token go along. */
  at(origin: string): Client {
    const other = new Client(origin);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    other.#csrf = this.#csrf;
    return other;
  }

  /** Through 企业微信's OAuth pages, as the member's phone would. */
  async signIn(userid: string): Promise<void> {
    const login = await this.raw('GET', '/api/auth/login?switch=1&return=/');
    const authorize = `${login.headers.get('location')?.replace('#wechat_redirect', '')}&sandbox_member=${userid}`;
    const back = await fetch(authorize, { redirect: 'manual' });
    const callback = new URL(back.headers.get('location') ?? '');
    const done = await this.raw('GET', `${callback.pathname}${callback.search}`);
    if (done.status !== 302)
      throw new Error(`sign-in of ${userid} answered ${done.status}: ${await done.text()}`);
    const me = await this.get<{ csrfToken: string }>('/api/me');
    this.#csrf = me.csrfToken;
  }

  async get<T>(path: string): Promise<T> {
    return this.#answer<T>(await this.raw('GET', path));
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#answer<T>(await this.send('POST', path, body));
  }

  /** The response as it is, for refusals. */
  send(method: string, path: string, body: unknown): Promise<Response> {
    return this.raw(method, path, {
      headers: { 'content-type': 'application/json', 'x-csrf-token': this.#csrf },
      body: JSON.stringify(body),
    });
  }

  async upload(path: string, name: string, bytes: Uint8Array): Promise<Response> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return this.raw('POST', path, { headers: { 'x-csrf-token': this.#csrf }, body: form });
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#origin}${path}`, {
      ...init,
      method,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string> | undefined), ...(cookie ? { cookie } : {}) },
    });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    return response;
  }

  #keep(set: string): void {
    const [pair = ''] = set.split(';');
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set)) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), value);
  }

  async #answer<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
