import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '../callback/xml.ts';
import { cardXml, updateBody, type CardContent } from './index.ts';

const url = 'https://example.test/o?a=1&b=2';
const options = [
  { id: 'o1', text: '很满意' },
  { id: 'o2', text: '<差>' },
];
const submit = { text: '提交', key: 'submit' };

/** Every element name of page 90241 that a description of ours can produce. */
const NAMES = new Set(
  (
    'TemplateCard CardType Source IconUrl Desc DescColor MainTitle Title SubTitleText HorizontalContentList KeyName ' +
    'Value Type Url MediaId UserId JumpList CardAction EmphasisContent CardImage AspectRatio VerticalContentList ' +
    'ActionMenu ActionList Text Key QuoteArea QuoteText ButtonList Style ButtonSelection QuestionKey SelectedId ' +
    'Disable OptionList Id CheckBox IsChecked Mode SelectList SubmitButton ReplaceText'
  ).split(' '),
);

const cards: readonly CardContent[] = [
  {
    cardType: 'text_notice',
    taskId: 't',
    source: { desc: '学院', iconUrl: url, color: 'red' },
    title: 'a]]>b',
    desc: '二',
    emphasis: { title: '3.5', desc: '天' },
    subTitle: '一\n二',
    quote: { title: '引', text: '文', url },
    rows: [{ label: '时间', value: '今天' }],
    jumps: [{ title: '看', url }],
    menu: { desc: '更多', actions: [{ text: '静音', key: 'm' }] },
    actionUrl: url,
  },
  {
    cardType: 'news_notice',
    title: '图',
    image: { url, aspectRatio: 1.5 },
    paragraphs: [{ title: '一', desc: '二' }],
    actionUrl: url,
  },
  {
    cardType: 'button_interaction',
    title: '采购单',
    rows: [
      { label: '人', value: 'Ben', userId: 'ben' },
      { label: '文件', value: 'a.txt', mediaId: 'M' },
      { label: '网页', url },
    ],
    selection: { questionKey: 'q', title: '评价', options, selectedId: 'o2', disabled: true },
    buttons: [
      { text: '同意', style: 1, key: 'approve' },
      { text: '详情', style: 3, url },
    ],
    replaceText: '已同意',
  },
  {
    cardType: 'vote_interaction',
    title: '投票',
    questionKey: 'q',
    several: true,
    disabled: true,
    options,
    submit,
  },
  { cardType: 'multiple_interaction', title: '选', selections: [{ questionKey: 'q', options }], submit },
];

/** The JSON body read back from the XML: lists are repeated elements, numbers and booleans bare. */
function flattened(element: XmlElement): string[] {
  if (element.children.length === 0) return [`${element.name}=${element.text}`];
  return element.children.flatMap((child) => flattened(child).map((path) => `${element.name}/${path}`));
}

function flattenedJson(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => flattenedJson(name, item));
  if (typeof value !== 'object' || value === null) return [`${name}=${String(value)}`];
  return Object.entries(value).flatMap(([key, item]) =>
    flattenedJson(key, item).map((path) => `${name}/${path}`),
  );
}

describe('cardXml', () => {
  it.each(cards)('$cardType says what the JSON of an update says', (card) => {
    const sameName = (path: string): string =>
      path.replaceAll(/_(?=[^=]*=)/g, '').replace(/^[^=]*/, (p) => p.toLowerCase());
    const xml = flattened(readXml(cardXml(card))).map(sameName);
    expect(xml).toEqual(flattenedJson('templatecard', updateBody(card)).map(sameName));
  });

  it.each(cards)('$cardType uses only names of page 90241', (card) => {
    const used = [...cardXml(card).matchAll(/<(\w+)>/g)].map((found) => found[1] ?? '');
    expect(used.filter((name) => !NAMES.has(name))).toEqual([]);
    expect(used).not.toContain('TaskId');
  });

  it('writes texts as CDATA, numbers and booleans bare', () => {
    const xml = cards.map(cardXml).join('');
    expect(xml).toContain('<Title><![CDATA[a]]]]><![CDATA[>b]]></Title>');
    expect(xml).toContain('<DescColor>2</DescColor>');
    expect(xml).toContain('<AspectRatio>1.5</AspectRatio>');
    expect(xml).toContain('<Disable>true</Disable>');
    expect(xml).toContain('<IsChecked>false</IsChecked>');
    expect(xml).toContain('<Mode>1</Mode>');
  });
});
