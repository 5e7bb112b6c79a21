const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: a path of this site, else `/`. A browser reads `//evil`, `/\evil` and tabs inside
 * as another host, so the text is resolved the way a browser would and must stay here (no open redirect).
 */
export function localPath(text: string): string {
  if (!text.startsWith('/')) return '/';
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : null;
  if (!url || url.origin !== HERE || url.username !== '') return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Resolving `/.//evil` leaves `//evil`; going back to the sign-in would turn in a circle.
  return path.startsWith('//') || path.startsWith('/api/auth/') ? '/' : path;
}
