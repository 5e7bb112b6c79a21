import { XMLParser } from 'fast-xml-parser';

/** Text values travel in CDATA, numbers bare (page 90239). */
export type XmlValue = string | number | bigint | XmlField[];
export type XmlField = readonly [name: string, value: XmlValue];

export function toXml(fields: readonly XmlField[]): string {
  return `<xml>${fields.map(element).join('')}</xml>`;
}

function element([name, value]: XmlField): string {
  if (typeof value === 'number' || typeof value === 'bigint') return `<${name}>${value}</${name}>`;
  if (typeof value === 'string') return `<${name}><![CDATA[${cdata(value)}]]></${name}>`;
  return `<${name}>${value.map(element).join('')}</${name}>`;
}

const cdata = (text: string): string => text.replaceAll(']]>', ']]]]><![CDATA[>');

/** Elements that may occur several times; always lists, however often they occur. */
const REPEATED = new Set([
  'HorizontalContentList',
  'VerticalContentList',
  'JumpList',
  'ButtonList',
  'OptionList',
  'SelectList',
  'ActionList',
  'item',
]);

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => REPEATED.has(name),
});

export type XmlNode = Readonly<Record<string, unknown>>;

/** The children of <xml>; undefined when it is not XML with that root. */
export function parseXml(text: string): XmlNode | undefined {
  try {
    const parsed = parser.parse(text, true) as unknown;
    return isNode(parsed) ? child(parsed, 'xml') : undefined;
  } catch {
    return undefined;
  }
}

const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function child(node: XmlNode, name: string): XmlNode | undefined {
  const value = node[name];
  return isNode(value) ? value : undefined;
}

export function children(node: XmlNode, name: string): XmlNode[] {
  const value = node[name];
  return (Array.isArray(value) ? value : []).filter(isNode);
}

/** Text of an element; undefined when absent. */
export function textOf(node: XmlNode, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' ? value : undefined;
}
