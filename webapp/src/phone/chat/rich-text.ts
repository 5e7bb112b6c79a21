/**
 * The little languages messages are written in, as plain data: nothing a message says is ever used as HTML.
 */
export type Inline =
  | { kind: 'text'; text: string; tone?: 'info' | 'comment' | 'warning' }
  | { kind: 'strong' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

export type Block =
  | { kind: 'heading'; level: number; parts: Inline[] }
  | { kind: 'quote'; parts: Inline[] }
  | { kind: 'line'; parts: Inline[] };

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Only addresses a browser may open; anything else stays text. */
export const safeHref = (href: string): string | null => (/^https?:\/\//i.test(href) ? href : null);

/** Splits by a pattern; what lies between the matches stays text. */
function split(text: string, pattern: RegExp, make: (match: RegExpMatchArray) => Inline | null): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const made = make(match);
    if (made === null) continue;
    if (match.index > from) parts.push({ kind: 'text', text: decode(text.slice(from, match.index)) });
    parts.push(made);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: decode(text.slice(from)) });
  return parts;
}

const linkOf = (href: string, text: string): Inline | null => {
  const safe = safeHref(href);
  return safe === null ? null : { kind: 'link', href: safe, text: decode(text) };
};

/** A text message: line breaks, `<a href="…">`, and bare addresses. */
export function parseText(content: string): Inline[] {
  const pattern = /<a\s+href=["']?([^"'>\s]+)["']?[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；、）]+)/gi;
  return split(content, pattern, (match) =>
    match[3] === undefined ? linkOf(match[1] ?? '', match[2] ?? '') : linkOf(match[3], match[3]),
  );
}

const tones = ['info', 'comment', 'warning'] as const;

function parseMarkdownLine(line: string): Inline[] {
  const pattern =
    /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|<font\s+color=["']?(\w+)["']?>([\s\S]*?)<\/font>/gi;
  return split(line, pattern, (match) => {
    if (match[1] !== undefined) return { kind: 'strong', text: decode(match[1]) };
    if (match[2] !== undefined) return { kind: 'code', text: match[2] };
    if (match[3] !== undefined) return linkOf(match[4] ?? '', match[3]);
    const tone = tones.find((one) => one === match[5]?.toLowerCase());
    const text = decode(match[6] ?? '');
    return tone ? { kind: 'text', text, tone } : { kind: 'text', text };
  });
}

/** 企业微信's markdown subset (page 90236): headings, bold, links, inline code, quotes, three font colours. */
export function parseMarkdown(content: string): Block[] {
  return content.split(/\r?\n/).map((line): Block => {
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (heading)
      return { kind: 'heading', level: heading[1]?.length ?? 1, parts: parseMarkdownLine(heading[2] ?? '') };
    const quote = /^> ?(.*)$/.exec(line);
    if (quote) return { kind: 'quote', parts: parseMarkdownLine(quote[1] ?? '') };
    return { kind: 'line', parts: parseMarkdownLine(line) };
  });
}

export interface ToneLine {
  text: string;
  tone: 'gray' | 'normal' | 'highlight';
}

/** description of a textcard: `<br>` and `<div class="gray|normal|highlight">`, other tags dropped. */
export function parseTextcard(description: string): ToneLine[] {
  const lines: ToneLine[] = [];
  const put = (html: string, tone: ToneLine['tone']): void => {
    for (const line of html.split(/<br\s*\/?>|\r?\n/i)) {
      const text = decode(line.replace(/<[^>]*>/g, '')).trim();
      if (text !== '') lines.push({ text, tone });
    }
  };
  const pattern = /<div\s+class=["']?(gray|normal|highlight)["']?\s*>([\s\S]*?)<\/div>/gi;
  let from = 0;
  for (const match of description.matchAll(pattern)) {
    put(description.slice(from, match.index), 'normal');
    put(match[2] ?? '', (match[1]?.toLowerCase() ?? 'normal') as ToneLine['tone']);
    from = match.index + match[0].length;
  }
  put(description.slice(from), 'normal');
  return lines;
}

/** `**…**` in a note of the story. */
export const parseNote = (note: string): Inline[] =>
  split(note, /\*\*([^*]+)\*\*/g, (match) => ({ kind: 'strong', text: match[1] ?? '' }));
