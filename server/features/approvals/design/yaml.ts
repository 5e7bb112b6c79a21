/** A template as a file: out for the shelf or another site, in as a draft. */
import { type CST, LineCounter, parseDocument, Parser, stringify, type Document } from 'yaml';
import { readShape } from '../check/template.ts';
import type { Template } from '../template/template.ts';
import { DraftContent } from './draft.ts';
import { pathWords } from './property-words.ts';

const MOST_TOLD = 20;
/** A template with branches in branches and a condition in them nests a third as deep, and has 60 fields. */
const MOST_NESTED = 40;
const MOST_IN_ONE = 1_000;

export const yamlOf = (template: Template): string => stringify(template, { lineWidth: 110 });

export type YamlReading =
  | { readonly ok: true; readonly content: DraftContent; readonly template: Template }
  /** "第 12 行：选项 2 的名称没有填" */
  | { readonly ok: false; readonly faults: readonly string[] };

export function readYaml(text: string): YamlReading {
  // What makes values of it goes as deep as the text does, until there is no stack left and the process is gone.
  if (isTangled(text)) return bad(['套得太深，或一处的内容太多']);
  const lines = new LineCounter();
  // Without aliases: a file of ten lines could stand for a billion.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  if (document.errors.length > 0)
    return bad(
      document.errors.map(
        ({ pos }) => `第 ${String(lines.linePos(pos[0]).line)} 行：不是 YAML，检查缩进、冒号和引号`,
      ),
    );
  const source = plainOf(document);
  if (source === null) return bad(['不能用 & 和 * 引用，也不能套得太深']);
  const shape = readShape(source);
  if ('issues' in shape) {
    const told = shape.issues.map(({ path, words }) => {
      const where = pathWords(path);
      return `第 ${String(lineOf(document, lines, path))} 行：${where === '' ? words : `${where}：${words}`}`;
    });
    return bad(told);
  }
  const content = DraftContent.safeParse(shape.template);
  if (!content.success) return bad(['内容太多或套得太深']);
  return { ok: true, content: content.data, template: shape.template };
}

/** Looked at as it is written, without recursion: whatever nests how. */
function isTangled(text: string): boolean {
  let level: (CST.Token | null | undefined)[] = [...new Parser().parse(text)];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_NESTED) return true;
    const parts = level.flatMap((token) => partsOf(token) ?? []);
    if (level.some((token) => (partsOf(token)?.length ?? 0) > 2 * MOST_IN_ONE)) return true;
    level = parts;
  }
  return false;
}

function partsOf(token: CST.Token | null | undefined): (CST.Token | null | undefined)[] | null {
  if (!token) return null;
  if (token.type === 'document') return [token.value];
  return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : null;
}

const bad = (faults: readonly string[]): YamlReading => ({
  ok: false,
  faults: [...new Set(faults)].slice(0, MOST_TOLD),
});

function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
}

/** The line of the nearest thing that is there on the way to this path. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] } | undefined)?.range;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return 1;
}
