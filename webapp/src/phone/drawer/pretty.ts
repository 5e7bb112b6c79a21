/** Makes what went over the wire readable. Never changes what it says: unreadable text stays as it came. */

function prettyJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** One element per line, indented; CDATA stays whole. Only for the flat XML of callbacks. */
function prettyXml(text: string): string | null {
  if (!text.trimStart().startsWith('<')) return null;
  const tokens = text.match(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]+>|[^<]+/g) ?? [];
  let depth = 0;
  let out = '';
  let afterText = false;
  for (const token of tokens) {
    if (token.trim() === '' && !token.startsWith('<!')) continue;
    if (token.startsWith('</')) {
      depth -= 1;
      out += afterText ? token : `\n${'  '.repeat(Math.max(0, depth))}${token}`;
      afterText = false;
    } else if (token.startsWith('<') && !token.startsWith('<![CDATA[')) {
      out += `\n${'  '.repeat(depth)}${token}`;
      if (!token.endsWith('/>') && !token.startsWith('<?')) depth += 1;
      afterText = false;
    } else {
      out += token;
      afterText = true;
    }
  }
  // `<a></a>` on one line, as it was written.
  return out.trim().replace(/<([\w-]+)>\n\s*<\/\1>/g, '<$1></$1>');
}

/** JSON with numbers beyond 2^53 would lose digits when parsed: such text is left alone. */
export function pretty(text: string): string {
  if (/[^"\d.]\d{16,}[^"\d]/.test(text)) return prettyXml(text) ?? text;
  return prettyJson(text) ?? prettyXml(text) ?? text;
}
