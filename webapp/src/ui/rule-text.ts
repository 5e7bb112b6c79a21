/** The words of a regulation's text, as lines: paragraphs, numbered lines and points. Nothing else is markup. */
export type Block =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'numbers'; readonly items: readonly { readonly at: number; readonly text: string }[] }
  | { readonly kind: 'points'; readonly items: readonly string[] };

const NUMBER = /^(\d{1,3})[.、]\s*(\S.*)$/;
const POINT = /^[-·]\s+(\S.*)$/;

/** Lines of one kind that follow each other belong together; an empty line ends a paragraph. */
export function blocksOf(words: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const raw of words.split('\n')) {
    const line = raw.trim();
    const last = blocks.at(-1);
    const [, at, numbered] = NUMBER.exec(line) ?? [];
    const [, point] = POINT.exec(line) ?? [];
    if (line === '') open = false;
    else if (at !== undefined && numbered !== undefined) {
      const item = { at: Number(at), text: numbered };
      if (last?.kind === 'numbers') blocks[blocks.length - 1] = { ...last, items: [...last.items, item] };
      else blocks.push({ kind: 'numbers', items: [item] });
    } else if (point !== undefined) {
      if (last?.kind === 'points') blocks[blocks.length - 1] = { ...last, items: [...last.items, point] };
      else blocks.push({ kind: 'points', items: [point] });
    } else if (open && last?.kind === 'words')
      blocks[blocks.length - 1] = { kind: 'words', text: `${last.text}${line}` };
    else {
      blocks.push({ kind: 'words', text: line });
      open = true;
    }
  }
  return blocks;
}
