/**
 * Who draws the title bar? 企业微信 does, and so does a frame around us (the sandbox phone); only in a plain
 * browser we draw one ourselves. index.html's inline script decides by the same rule for its skeleton.
 */
export const inWecom = (agent = navigator.userAgent): boolean => /wxwork/i.test(agent);

export const framed = (): boolean => window.parent !== window;

export const plainBrowser = (): boolean => !inWecom() && !framed();
