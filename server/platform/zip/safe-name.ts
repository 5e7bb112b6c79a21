/** Names inside a .zip that every system can unpack, and that never leave the folder they are unpacked into. */

const LONGEST = 80;
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Cs}`;
const FORBIDDEN = new RegExp(String.raw`[${UNSEEN}<>:"/\\|?*]`, 'gu');
/** Devices of Windows, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** One path part: no separators, nothing Windows refuses, at most 80 characters with its extension kept. */
export function safeName(name: string, otherwise = '未命名'): string {
  const clean = trimmed(name.normalize('NFC').replace(FORBIDDEN, '_'));
  const named = clean === '' ? otherwise : clean;
  return cut(DEVICE.test(named) ? `_${named}` : named);
}

/** Windows drops dots and spaces at the end, and leading dots hide a file. */
const trimmed = (name: string): string => name.replace(/^[\s.]+/u, '').replace(/[\s.]+$/u, '');

function cut(name: string): string {
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const extension = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  const kept = letters.slice(0, LONGEST - [...extension].length).join('');
  return `${trimmed(kept)}${extension}`;
}

/** The name, or with a number where it is taken; upper and lower case are one name. Notes what it gives out. */
export function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? name : `${stem} (${String(count)})${extension}`;
    const key = tried.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return tried;
  }
}
