import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { cdata } from '../cards/cdata.ts';
import { readXml, XmlRefused, type XmlElement, type XmlFault } from './xml.ts';

function faultOf(source: string): XmlFault | 'none' {
  try {
    readXml(source);
    return 'none';
  } catch (error) {
    if (error instanceof XmlRefused) return error.fault;
    throw error;
  }
}

const textOf = (content: string): string | undefined =>
  readXml(`<xml><a>${content}</a></xml>`).children[0]?.text;

describe('xml: what is read', () => {
  it('elements, text and CDATA', () => {
    expect(readXml(' <xml>\n <A><![CDATA[ x ]]></A>\t<B> 00731 </B><C/><D></D > </xml>\n')).toEqual({
      name: 'xml',
      text: '',
      children: [
        { name: 'A', text: ' x ', children: [] },
        { name: 'B', text: '00731', children: [] },
        { name: 'C', text: '', children: [] },
        { name: 'D', text: '', children: [] },
      ],
    });
  });

  it('repeated elements stay apart and in order', () => {
    const names = readXml('<xml><i>1</i><j>2</j><i>3</i></xml>').children.map((one) => one.name + one.text);
    expect(names).toEqual(['i1', 'j2', 'i3']);
  });

  it('entities and character references once, never inside CDATA', () => {
    expect(textOf('&lt;&gt;&amp;&quot;&apos;')).toBe(`<>&"'`);
    expect(textOf('&#20013;&#x6587;&#x1F600;')).toBe('中文😀');
    expect(textOf('&amp;lt;')).toBe('&lt;');
    expect(textOf('<![CDATA[&amp;<b>]]>')).toBe('&amp;<b>');
  });

  it('CDATA in several parts, as a writer splits `]]>`', () => {
    expect(textOf('<![CDATA[a]]]]><![CDATA[>b]]>')).toBe('a]]>b');
    expect(textOf('<![CDATA[]]>')).toBe('');
  });

  it('line ends are \\n', () => {
    expect(textOf('<![CDATA[a\r\nb\rc]]>')).toBe('a\nb\nc');
  });

  it('a declaration that names UTF-8 or no encoding', () => {
    expect(faultOf('<?xml version="1.0"?><xml/>')).toBe('none');
    expect(faultOf('<?xml version="1.0" encoding="UTF-8"?>\n<xml/>')).toBe('none');
  });
});

describe('xml: what is refused', () => {
  const deep = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);

  it.each<[string, string, XmlFault]>([
    ['nothing', '', 'syntax'],
    ['only spaces', ' \n', 'syntax'],
    ['plain text', 'hello', 'syntax'],
    ['a byte order mark', '\uFEFF<xml/>', 'syntax'],
    ['a document type', '<!DOCTYPE xml><xml/>', 'name'],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', 'name'],
    ['a document type inside', '<xml><!DOCTYPE x></xml>', 'syntax'],
    ['an unknown entity', '<xml><a>&e;</a></xml>', 'reference'],
    ['an HTML entity', '<xml><a>&nbsp;</a></xml>', 'reference'],
    ['a bare ampersand', '<xml><a>a & b</a></xml>', 'reference'],
    ['a reference to NUL', '<xml><a>&#0;</a></xml>', 'reference'],
    ['a reference to half a pair', '<xml><a>&#xD800;</a></xml>', 'reference'],
    ['a reference beyond Unicode', '<xml><a>&#x110000;</a></xml>', 'reference'],
    ['a NUL', '<xml><a>\0</a></xml>', 'character'],
    ['a comment', '<xml><!-- x --></xml>', 'syntax'],
    ['a processing instruction', '<xml><?php ?></xml>', 'name'],
    ['another encoding', '<?xml version="1.0" encoding="GBK"?><xml/>', 'syntax'],
    ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><xml/>', 'name'],
    ['an attribute', '<xml a="1"/>', 'syntax'],
    ['a huge attribute', `<xml a="${'x'.repeat(100_000)}"/>`, 'syntax'],
    ['a namespace prefix', '<x:xml/>', 'syntax'],
    ['a missing end', '<xml><a>1', 'syntax'],
    ['a wrong end', '<xml><a>1</b></xml>', 'syntax'],
    ['a longer end', '<xml><a>1</ab></xml>', 'syntax'],
    ['ends that cross', '<xml><a><b></a></b></xml>', 'syntax'],
    ['an end alone', '</xml>', 'name'],
    ['two roots', '<xml/><xml/>', 'syntax'],
    ['text after the root', '<xml/>x', 'syntax'],
    ['open CDATA', '<xml><a><![CDATA[x</a></xml>', 'syntax'],
    ['`]]>` in text', '<xml><a>]]></a></xml>', 'syntax'],
    ['CDATA at the top', '<![CDATA[x]]>', 'name'],
    ['text beside elements', '<xml>x<a/></xml>', 'mixed'],
    ['CDATA beside elements', '<xml><a/><![CDATA[x]]></xml>', 'mixed'],
    ['an empty name', '<xml>< a></a></xml>', 'name'],
    ['a name that starts with a digit', '<xml><1/></xml>', 'name'],
    ['a Chinese name', '<xml><名/></xml>', 'name'],
    ['__proto__', '<xml><__proto__>1</__proto__></xml>', 'name'],
    ['constructor', '<xml><constructor>1</constructor></xml>', 'name'],
    ['prototype', '<xml><prototype>1</prototype></xml>', 'name'],
    ['toString', '<xml><toString>1</toString></xml>', 'name'],
    ['a name of 65 letters', `<xml><${'n'.repeat(65)}/></xml>`, 'name'],
    ['17 levels', deep(17), 'depth'],
    ['30,000 levels', deep(30_000), 'depth'],
    ['more than 5,000 elements', `<xml>${'<a/>'.repeat(5000)}</xml>`, 'size'],
  ])('%s', (_what, source, fault) => {
    expect(faultOf(source)).toBe(fault);
  });

  it('but 16 levels and 5,000 elements pass', () => {
    expect(faultOf(deep(16))).toBe('none');
    expect(faultOf(`<xml>${'<a/>'.repeat(4999)}</xml>`)).toBe('none');
  });

  it('any text: refused as XML or read, nothing else', () => {
    const piece = fc.constantFrom(
      '<xml>',
      '</xml>',
      '<a>',
      '</a>',
      '<a/>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&',
      '<!',
      '<?',
      '中',
      ' ',
      '>',
      '"',
    );
    const soup = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (source) => {
        if (faultOf(source) === 'none') read += 1;
      }),
      { numRuns: 5000, examples: [['<xml><a/></xml>']] },
    );
    expect(read).toBeGreaterThan(0);
  });
});

describe('xml: agreement with fast-xml-parser', () => {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: true,
    parseTagValue: false,
    trimValues: true,
    processEntities: true,
    htmlEntities: true,
  });

  /** fast-xml-parser's ordered tree in our shape. */
  function theirs(nodes: readonly Record<string, unknown>[]): XmlElement[] {
    return nodes.flatMap((node) =>
      Object.entries(node)
        .filter(([name]) => name !== '#text')
        .map(([name, inner]) => {
          const content = inner as Record<string, unknown>[];
          const text = content.map((one) => one['#text'] ?? '').join('');
          return { name, text, children: theirs(content) };
        }),
    );
  }

  const name = fc.constantFrom('ToUserName', 'Content', 'MsgId', 'Location_X', 'item', 'Id2', 'X');
  const blank = fc.constantFrom('', '', ' ', '\n', '\n  ', '\t');
  const words = fc
    .array(
      fc.constantFrom('请假', '00731', '9007199254740993', 'a b', '😀', '1e5', '0x1F', 'true', '.', '-1'),
      {
        maxLength: 4,
      },
    )
    .map((parts) => parts.join(''));
  const escaped = words.map((text) => `&lt;${text}&amp;&#20013;&#x6587;&quot;${text}&gt;&apos;`);
  const wrapped = fc.oneof(words, fc.string({ unit: 'grapheme' })).map((text) => cdata(` ${text}<&>]]>`));
  const leaf = fc.tuple(blank, fc.oneof(words, escaped, wrapped), blank).map((parts) => parts.join(''));
  const document = fc.letrec<{ element: string; content: string }>((tie) => ({
    element: fc
      .tuple(name, tie('content'), fc.constantFrom('', ' '))
      .map(([n, c, s]) => `<${n}>${c}</${n}${s}>`),
    content: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .array(
          fc.tuple(blank, tie('element')).map((p) => p.join('')),
          { minLength: 1, maxLength: 6 },
        )
        .map((p) => p.join('\n')),
    ),
  }));

  it('reads every document of the subset alike', () => {
    fc.assert(
      fc.property(document.element, (element) => {
        const source = `<xml>${element}</xml>`;
        expect([readXml(source)]).toEqual(theirs(parser.parse(source) as Record<string, unknown>[]));
      }),
      { numRuns: 3000 },
    );
  });
});
