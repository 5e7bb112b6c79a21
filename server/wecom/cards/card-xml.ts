import { cdata } from './cdata.ts';
import { updateBody } from './build.ts';
import type { CardContent } from './content.ts';

/** Names the passive reply page (90241) does not spell as the CamelCase of the JSON name. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['keyname', 'KeyName'],
  ['userid', 'UserId'],
  ['checkbox', 'CheckBox'],
]);

/**
 * The new card as `<TemplateCard>` of a passive update_template_card reply: CamelCase names, lists as repeated
 * elements, no task id. The page lists no Type and Url for buttons; address buttons are written by the same rule.
 * Throws CardFault.
 */
export function cardXml(card: CardContent): string {
  return `<TemplateCard>${members(updateBody(card))}</TemplateCard>`;
}

function members(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => element(elementName(name), member))
    .join('');
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (typeof value === 'string') return `<${name}>${cdata(value)}</${name}>`;
  if (typeof value === 'object' && value !== null) return `<${name}>${members(value)}</${name}>`;
  return `<${name}>${String(value)}</${name}>`;
}

const elementName = (name: string): string =>
  IRREGULAR.get(name) ??
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
