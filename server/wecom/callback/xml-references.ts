const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REFERENCE = /&(?:([a-z]{2,4})|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&/g;

/**
 * Decodes the five named entities and character references, each once and none recursively. Returns null for
 * anything else that begins with `&`, and for references to characters XML 1.0 does not allow.
 */
export function decodeReferences(text: string): string | null {
  let valid = true;
  const value = text.replace(REFERENCE, (_whole, name?: string, decimal?: string, hex?: string) => {
    const character = referenced(name, decimal, hex);
    if (character === null) valid = false;
    return character ?? '';
  });
  return valid ? value : null;
}

function referenced(name?: string, decimal?: string, hex?: string): string | null {
  if (name !== undefined) return NAMED.get(name) ?? null;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return isXmlCharacter(code) ? String.fromCodePoint(code) : null;
}

/** The production Char of XML 1.0. */
const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
