/** File names in HTTP headers: what to send and what to make of what comes back. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  amr: 'audio/amr',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  csv: 'text/csv',
};

export const contentType = (filename: string): string =>
  TYPES[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/**
 * From Content-Disposition. Node reads headers as latin1, while 企业微信 writes raw UTF-8, so bytes are decoded again;
 * `filename*` is preferred where present. Only the last path segment counts.
 */
export function filenameOf(disposition: string): string {
  const extended = /filename\*=(?:UTF-8|utf-8)''([^;\s]+)/.exec(disposition)?.[1];
  const plain = /filename="?([^";]*)"?/.exec(disposition)?.[1] ?? '';
  const name = extended === undefined ? decodeLatin1(plain) : decodePercent(extended);
  return name.split(/[\\/]/).at(-1) || 'file';
}

function decodeLatin1(text: string): string {
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
