interface Kind {
  readonly type: string;
  /** What the bytes from `at` on must be, in hex. */
  readonly marks: readonly { readonly at: number; readonly hex: readonly string[] }[];
}

const starts = (type: string, hex: string): Kind => ({ type, marks: [{ at: 0, hex: [hex] }] });
const JPEG = starts('image/jpeg', 'ffd8ff');
const OFFICE = 'application/vnd.openxmlformats-officedocument';
// Brands of ISO media files that hold one HEIF picture: heic, heix, mif1, msf1.
const HEIF_BRANDS = ['68656963', '68656978', '6d696631', '6d736631'];

/** Kinds that may be uploaded: extension → content type and what the bytes must look like. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['jpg', JPEG],
  ['jpeg', JPEG],
  ['png', starts('image/png', '89504e470d0a1a0a')],
  [
    'webp',
    {
      type: 'image/webp',
      marks: [
        { at: 0, hex: ['52494646'] },
        { at: 8, hex: ['57454250'] },
      ],
    },
  ],
  [
    'heic',
    {
      type: 'image/heic',
      marks: [
        { at: 4, hex: ['66747970'] },
        { at: 8, hex: HEIF_BRANDS },
      ],
    },
  ],
  ['pdf', starts('application/pdf', '255044462d')],
  ['docx', starts(`${OFFICE}.wordprocessingml.document`, '504b0304')],
  ['xlsx', starts(`${OFFICE}.spreadsheetml.sheet`, '504b0304')],
  ['doc', starts('application/msword', 'd0cf11e0a1b11ae1')],
  ['xls', starts('application/vnd.ms-excel', 'd0cf11e0a1b11ae1')],
]);

/**
 * The content type a file is served with, by its name and first bytes; null when it may not be uploaded. What the
 * browser claims is not asked: a page dressed as a picture must never run.
 */
export function typeOfUpload(name: string, bytes: Buffer): string | null {
  const kind = KINDS.get(name.split('.').at(-1)?.toLowerCase() ?? '');
  const head = bytes.subarray(0, 16).toString('hex');
  const fits = kind?.marks.every(({ at, hex }) => hex.some((mark) => head.startsWith(mark, at * 2)));
  return kind && fits ? kind.type : null;
}

/** A name that is only a name: no path, no control characters, at most 200 characters. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
  const clean = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return clean === '' ? '附件' : clean.slice(-200);
}
