import { framed } from './host.ts';

/**
 * 企业微信 shows document.title in its bar. A frame of another origin cannot read it, so the sandbox phone is
 * told: `{ type: 'steward:title', title, canGoBack }`. It asks back with `{ type: 'steward:back' }`.
 */
export function setTitle(title: string, canGoBack: boolean): void {
  document.title = title;
  if (framed()) window.parent.postMessage({ type: 'steward:title', title, canGoBack }, '*');
}

/** The sandbox phone has a switch of light and dark; 企业微信 passes the system's on by itself. */
function paint(dark: boolean): void {
  document.documentElement.classList.toggle('dark', dark);
  document.documentElement.classList.toggle('light', !dark);
}

/** Answers the frame around us, if there is one. */
export function listenToHost(goBack: () => void): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || !framed()) return;
    const data: unknown = event.data;
    if (typeof data !== 'object' || data === null || !('type' in data)) return;
    if (data.type === 'steward:back') goBack();
    if (data.type === 'sandbox:theme') paint('dark' in data && data.dark === true);
  });
}
