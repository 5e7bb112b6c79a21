/** saxen ships no types; the part of it that is used here. https://github.com/nikku/saxen */
declare module 'saxen' {
  export class Parser {
    on(event: 'openTag', hook: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: 'closeTag', hook: (name: string) => void): this;
    on(event: 'text' | 'cdata' | 'attention', hook: (text: string) => void): this;
    on(event: 'error', hook: (error: Error) => void): this;
    /** Feed a piece of the document, cut anywhere. */
    write(xml: string): this;
    /** @returns what is wrong with the document, null when nothing is */
    end(): Error | null;
  }
}
