/** Kinds that may be uploaded: extension → content type and what the first bytes must look like. */
const KINDS: Readonly<Record<string, { readonly type: string; readonly starts: readonly string[] }>> = {
  jpg: { type: 'image/jpeg', starts: ['ffd8ff'] },
  jpeg: { type: 'image/jpeg', starts: ['ffd8ff'] },
  png: { type: 'image/png', starts: ['89504e47'] },
  webp: { type: 'image/webp', starts: ['52494646'] },
  heic: { type: 'image/heic', starts: ['000000'] },
  pdf: { type: 'application/pdf', starts: ['25504446'] },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    starts: ['504b0304'],
  },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', starts: ['504b0304'] },
  doc: { type: 'application/msword', starts: ['d0cf11e0'] },
  xls: { type: 'application/vnd.ms-excel', starts: ['d0cf11e0'] },
};

/**
 * The content type a file is served with, by its name and first bytes; null when it may not be uploaded. What the
 * browser claims is not asked: a page dressed as a picture must never run.
 */
export function typeOfUpload(name: string, bytes: Buffer): string | null {
  const kind = KINDS[name.split('.').at(-1)?.toLowerCase() ?? ''];
  const head = bytes.subarray(0, 8).toString('hex');
  return kind && kind.starts.some((start) => head.startsWith(start)) ? kind.type : null;
}

/** A name that is only a name: no path, no control characters, at most 200 characters. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
  const clean = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return clean === '' ? '附件' : clean.slice(-200);
}
