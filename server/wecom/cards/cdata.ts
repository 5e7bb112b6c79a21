/** What XML 1.0 cannot carry in any form: control characters, non-characters and halves of surrogate pairs. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** A CDATA section; `]]>` inside is split over two. Characters XML cannot carry are left out. */
export const cdata = (text: string): string =>
  `<![CDATA[${text.replaceAll(UNWRITABLE, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
