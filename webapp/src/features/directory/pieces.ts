export interface Piece {
  text: string;
  hit: boolean;
}

/** A name in pieces, with the characters that answered the search marked (half-open, counted by character). */
export function piecesOf(name: string, matched: { from: number; to: number } | null): Piece[] {
  if (!matched) return [{ text: name, hit: false }];
  const chars = [...name];
  const cut = (from: number, to?: number): string => chars.slice(from, to).join('');
  return [
    { text: cut(0, matched.from), hit: false },
    { text: cut(matched.from, matched.to), hit: true },
    { text: cut(matched.to), hit: false },
  ].filter((piece) => piece.text !== '');
}
