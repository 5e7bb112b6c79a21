import { decodeReferences } from './xml-references.ts';

/**
 * A strict reader for the XML subset of 企业微信 callbacks: elements, text, CDATA, the five named entities and
 * character references. Attributes, DTD, comments, processing instructions and mixed content are refused, so
 * there is nothing to expand, nothing to fetch and only one way to read a document.
 *
 * Why not fast-xml-parser: it does not validate (missing end tags, attributes and repeated elements pass), so a
 * strict pass beside it is needed anyway, and that pass alone is several times faster. `xml.test.ts` proves that
 * both read every document of the subset alike; `scripts/bench/callback-crypto.ts` measures them.
 */
export interface XmlElement {
  readonly name: string;
  /** Text trimmed, CDATA as it is, joined; `''` for an element with children. Line ends are `\n`. */
  readonly text: string;
  /** A list, not a record: no element name ever becomes a property name. */
  readonly children: readonly XmlElement[];
}

export type XmlFault = 'syntax' | 'name' | 'depth' | 'size' | 'reference' | 'character' | 'mixed';

export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
  readonly fault: XmlFault;

  constructor(fault: XmlFault) {
    super('XML refused');
    this.fault = fault;
  }
}

/** The deepest documented callback (sys_approval_change) has 7 levels and some hundred elements. */
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 5000;
const MAX_NAME = 64;

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';
const DECLARATION = /^<\?xml version="1\.0"(?: encoding="utf-8")?\s*\?>/i;

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Parses a whole document and returns its root element. Throws XmlRefused. */
export function readXml(source: string): XmlElement {
  if (source.includes('\0')) throw new XmlRefused('character');
  return new Reader(source.includes('\r') ? source.replaceAll(/\r\n?/g, '\n') : source).document();
}

class Reader {
  readonly #source: string;
  readonly #open: Open[] = [];
  #at = 0;
  #elements = 0;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    this.#skipSpace();
    this.#skipDeclaration();
    this.#skipSpace();
    let root = this.#startTag();
    while (root === null) root = this.#next();
    this.#skipSpace();
    if (this.#at !== this.#source.length) throw new XmlRefused('syntax');
    return root;
  }

  /** Reads one tag, CDATA section or run of text. Returns the root once it is closed. */
  #next(): XmlElement | null {
    const source = this.#source;
    if (source.charCodeAt(this.#at) !== LESS_THAN) return this.#text();
    const second = source.charCodeAt(this.#at + 1);
    if (second === SLASH) return this.#endTag();
    if (second === EXCLAMATION) return this.#cdata();
    return this.#startTag();
  }

  #startTag(): XmlElement | null {
    if (this.#source.charCodeAt(this.#at) !== LESS_THAN) throw new XmlRefused('syntax');
    this.#at += 1;
    const name = this.#name();
    this.#skipSpace();
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) throw new XmlRefused('size');
    if (this.#open.length >= MAX_DEPTH) throw new XmlRefused('depth');
    this.#open.push({ name, text: '', children: [] });
    if (this.#take('>')) return null;
    if (this.#take('/>')) return this.#close();
    throw new XmlRefused('syntax');
  }

  #endTag(): XmlElement | null {
    const name = this.#current().name;
    this.#at += 2;
    if (!this.#take(name)) throw new XmlRefused('syntax');
    this.#skipSpace();
    if (!this.#take('>')) throw new XmlRefused('syntax');
    return this.#close();
  }

  #close(): XmlElement | null {
    const done = this.#current();
    if (done.children.length > 0 && done.text !== '') throw new XmlRefused('mixed');
    this.#open.pop();
    const parent = this.#open.at(-1);
    if (parent === undefined) return done;
    parent.children.push(done);
    return null;
  }

  #cdata(): null {
    if (!this.#take(CDATA_START)) throw new XmlRefused('syntax');
    this.#current().text += this.#until(CDATA_END);
    this.#at += CDATA_END.length;
    return null;
  }

  #text(): null {
    const text = this.#until('<').trim();
    if (text.includes(CDATA_END)) throw new XmlRefused('syntax');
    if (text !== '') this.#current().text += text.includes('&') ? decoded(text) : text;
    return null;
  }

  #name(): string {
    const start = this.#at;
    while (isNameCharacter(this.#source.charCodeAt(this.#at))) this.#at += 1;
    const name = this.#source.slice(start, this.#at);
    if (name === '' || name.length > MAX_NAME || !isLetter(name.charCodeAt(0))) throw new XmlRefused('name');
    // Callers may still turn a generic event into an object: names that every object has never get that far.
    if (name in Object.prototype || name === 'prototype') throw new XmlRefused('name');
    return name;
  }

  #until(mark: string): string {
    const end = this.#source.indexOf(mark, this.#at);
    if (end < 0) throw new XmlRefused('syntax');
    const text = this.#source.slice(this.#at, end);
    this.#at = end;
    return text;
  }

  #take(expected: string): boolean {
    if (!this.#source.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #skipSpace(): void {
    while (isSpace(this.#source.charCodeAt(this.#at))) this.#at += 1;
  }

  /** A declaration that names UTF-8 or nothing is harmless; any other encoding would be a lie. */
  #skipDeclaration(): void {
    if (!this.#source.startsWith('<?', this.#at)) return;
    const declaration = DECLARATION.exec(this.#source.slice(this.#at, this.#at + 100));
    if (declaration === null) throw new XmlRefused('syntax');
    this.#at += declaration[0].length;
  }

  #current(): Open {
    const current = this.#open.at(-1);
    if (current === undefined) throw new XmlRefused('syntax');
    return current;
  }
}

function decoded(text: string): string {
  const value = decodeReferences(text);
  if (value === null) throw new XmlRefused('reference');
  return value;
}

const LESS_THAN = 0x3c;
const SLASH = 0x2f;
const EXCLAMATION = 0x21;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09;

const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

const isNameCharacter = (code: number): boolean =>
  isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
