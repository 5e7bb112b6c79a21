import { framed } from './host.ts';

/**
 * 企业微信 shows document.title in its bar. A frame of another origin cannot read it, so the sandbox phone is
 * told: `{ type: 'steward:title', title, canGoBack }`. It asks back with `{ type: 'steward:back' }`.
 */
export function setTitle(title: string, canGoBack: boolean): void {
  document.title = title;
  if (framed()) window.parent.postMessage({ type: 'steward:title', title, canGoBack }, '*');
}

export function onHostBack(goBack: () => void): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || !framed()) return;
    const data: unknown = event.data;
    if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'steward:back') goBack();
  });
}
