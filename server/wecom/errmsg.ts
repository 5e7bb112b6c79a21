/**
 * Takes 企业微信's errmsg apart: `<text>, hint: [<id>], from ip: <address>, more info at https://…`.
 * The text may echo what we sent, so long numbers, mail and network addresses are masked: an error reaches logs.
 */
export interface ErrmsgParts {
  readonly stem: string;
  readonly hint: string | undefined;
  readonly ip: string | undefined;
}

const MAX_STEM = 160;

export function readErrmsg(errmsg: unknown): ErrmsgParts {
  const text = typeof errmsg === 'string' ? errmsg : '';
  return {
    stem: mask(text.split(/,?\s*(?:hint:|from ip:|more info at)/)[0] ?? ''),
    hint: /hint: \[([0-9A-Za-z_-]{1,80})\]/.exec(text)?.[1],
    ip: /from ip: ([0-9a-fA-F.:]{3,45})/.exec(text)?.[1],
  };
}

function mask(text: string): string {
  return text
    .slice(0, 2 * MAX_STEM)
    .replace(/\b(access_token|corpsecret|secret|key|code|ticket)=[^\s&,"]+/gi, '$1=…')
    .replace(/[^\s"'<>@,]+@[^\s"'<>@,]+/g, '…')
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/\d{1,3}(?:\.\d{1,3}){3}/g, '…')
    .replace(/\d{7,}/g, '…')
    .trim()
    .slice(0, MAX_STEM);
}
