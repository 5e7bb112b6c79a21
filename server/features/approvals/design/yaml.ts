/** A template as a file: out for the shelf or another site, in as a draft. */
import { LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { readShape } from '../check-template.ts';
import type { Template } from '../template.ts';
import { DraftContent } from './draft.ts';
import { pathWords } from './property-words.ts';

const MOST_TOLD = 20;

export const yamlOf = (template: Template): string => stringify(template, { lineWidth: 110 });

export type YamlReading =
  | { readonly ok: true; readonly content: DraftContent; readonly template: Template }
  /** "第 12 行：选项 2 的名称没有填" */
  | { readonly ok: false; readonly faults: readonly string[] };

export function readYaml(text: string): YamlReading {
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
