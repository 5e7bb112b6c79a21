import { describe, expect, it } from 'vitest';
import { parseMarkdown, parseNote, parseText, parseTextcard } from './rich-text.ts';

describe('text messages', () => {
  it('knows links, bare addresses and entities', () => {
    expect(parseText('看 <a href="http://a.cn/x?y=1">这里</a>，或 https://b.cn/z。&lt;完&gt;')).toEqual([
      { kind: 'text', text: '看 ' },
      { kind: 'link', href: 'http://a.cn/x?y=1', text: '这里' },
      { kind: 'text', text: '，或 ' },
      { kind: 'link', href: 'https://b.cn/z', text: 'https://b.cn/z' },
      { kind: 'text', text: '。<完>' },
    ]);
  });

  it('never makes a link of a script or any other scheme', () => {
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '/sandbox/reset']) {
      const parts = parseText(`<a href="${href}">点</a>`);
      expect(parts.some((part) => part.kind === 'link')).toBe(false);
    }
  });
});

describe('markdown subset', () => {
  it('knows headings, bold, colours, quotes, code and links', () => {
    expect(
      parseMarkdown('## 周报\n**3** 件 <font color="warning">超时</font>\n> 说明\n`x` [看](http://a.cn)'),
    ).toEqual([
      { kind: 'heading', level: 2, parts: [{ kind: 'text', text: '周报' }] },
      {
        kind: 'line',
        parts: [
          { kind: 'strong', text: '3' },
          { kind: 'text', text: ' 件 ' },
          { kind: 'text', text: '超时', tone: 'warning' },
        ],
      },
      { kind: 'quote', parts: [{ kind: 'text', text: '说明' }] },
      {
        kind: 'line',
        parts: [
          { kind: 'code', text: 'x' },
          { kind: 'text', text: ' ' },
          { kind: 'link', text: '看', href: 'http://a.cn' },
        ],
      },
    ]);
  });

  it('needs a space after the marks of a heading, and shows unknown colours plain', () => {
    expect(parseMarkdown('#周报')[0]?.kind).toBe('line');
    expect(parseMarkdown('<font color="red">x</font>')[0]?.parts).toEqual([{ kind: 'text', text: 'x' }]);
  });
});

describe('textcard description', () => {
  it('knows br and the three classes, and drops other tags', () => {
    expect(
      parseTextcard('<div class="gray">11-23</div>你好<br>再见<b>！</b><div class="highlight">快领</div>'),
    ).toEqual([
      { text: '11-23', tone: 'gray' },
      { text: '你好', tone: 'normal' },
      { text: '再见！', tone: 'normal' },
      { text: '快领', tone: 'highlight' },
    ]);
  });
});

it('notes of the story have bold words', () => {
  expect(parseNote('换成 **林院长** 点同意')).toEqual([
    { kind: 'text', text: '换成 ' },
    { kind: 'strong', text: '林院长' },
    { kind: 'text', text: ' 点同意' },
  ]);
});
