import { afterEach, describe, expect, it, vi } from 'vitest';
import html from '../index.html?raw';
import { withQuery } from './api/http.ts';

/**
 * index.html asks for the first page's data before the bundle is there. It only helps when it asks for exactly
 * what the page will ask for.
 */
const script = /<script>\s*([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';

function run(url: string): string[] {
  const asked: string[] = [];
  const { pathname, search } = new URL(url, 'http://h5.test');
  const request = (path: string) => {
    asked.push(path);
    return Promise.reject(new TypeError('not here'));
  };
  new Function('window', 'location', 'navigator', 'fetch', 'document', script)(
    { parent: null },
    { pathname, search },
    { userAgent: '' },
    request,
    { documentElement: document.createElement('html'), querySelector: () => null },
  );
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('the first request', () => {
  it('is found in the page', () => expect(script).toContain('__first'));
  it('of home', () => expect(run('/')).toEqual(['/api/home']));
  it.each(['todo', 'done', 'mine', 'cc'])('of the %s list', (box) => {
    const path = withQuery('/api/approvals/items', { box, q: '', limit: null });
    expect(run(box === 'todo' ? '/todo' : `/todo?tab=${box}`)).toEqual([path]);
  });
  it('waits for the page when something is searched', () => expect(run('/todo?q=x')).toEqual([]));
  it('of a request', () =>
    expect(run('/approvals/0192ab')).toEqual(['/api/me', '/api/approvals/instances/0192ab']));
  it('of other pages is only who I am', () => expect(run('/apply/leave')).toEqual(['/api/me']));
});
