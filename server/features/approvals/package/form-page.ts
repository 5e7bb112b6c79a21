/** The request as a person reads it: one page without a script, that shows offline and prints. Pure. */
import { dateOf, timeOf } from '../../../kernel/dates.ts';
import type { Fact, TimelineRow } from '../contract.ts';
import { escapeHtml as e } from './escape.ts';

export interface FormPage {
  readonly number: string;
  readonly templateTitle: string;
  readonly title: string;
  readonly stateWords: string;
  readonly applicant: { readonly name: string; readonly unitName: string };
  readonly facts: readonly Fact[];
  readonly timeline: readonly TimelineRow[];
  /** Where a file of the form lies in the package; null: it is not in it. */
  readonly pathOf: (fileId: string) => string | null;
  /** A signature by its picture, and whether that is the one it was given with. */
  readonly signatureOf: (
    fileId: string,
  ) => { readonly path: string | null; readonly sha256: string; readonly words: string } | null;
  /** Every attachment, also what no field names. */
  readonly attachments: readonly { readonly name: string; readonly path: string }[];
  readonly takenBy: string;
  readonly takenAt: number;
  readonly verifyUrl: string;
}

const STYLE = `body{max-width:800px;margin:24px auto;padding:0 16px;font:15px/1.7 sans-serif;color:#1d2129;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}th,td{padding:6px 8px;border:1px solid #c9ced6;text-align:left;vertical-align:top;white-space:pre-line}
th{font-weight:500;width:8em}small,footer{color:#4a5160}h1{font-size:20px}h2{font-size:16px}thead th{width:auto}`;

export const momentOf = (at: number): string => `${dateOf(at)} ${timeOf(at)}`;

export function formPage(page: FormPage): string {
  const facts: [string, string][] = [
    ['申请人', e(page.applicant.name)],
    ['部门', e(page.applicant.unitName)],
    ...page.facts.map((fact): [string, string] => [fact.label, valueOf(fact, page)]),
  ];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<meta name="viewport" content="width=device-width"><title>${e(`${page.number} ${page.title}`)}</title><style>${STYLE}</style></head>
<body><h1>${e(page.templateTitle)}</h1><p>编号 ${e(page.number)} · ${e(page.stateWords)}</p><h2>${e(page.title)}</h2>
<table><tbody>${facts.map(([label, value]) => `<tr><th scope="row">${e(label)}</th><td>${value}</td></tr>`).join('')}</tbody></table>
<h2>办理过程</h2><table><thead><tr><th>谁</th><th>结果</th><th>时间</th></tr></thead><tbody>${page.timeline.map((row) => rowOf(row, row.signature ? page.signatureOf(row.signature.fileId) : null, page.pathOf)).join('')}</tbody></table>
${page.attachments.length === 0 ? '' : `<h2>附件</h2><ul>${page.attachments.map(linkOf).join('')}</ul>`}
<footer><p>${e(page.takenBy)} 于 ${momentOf(page.takenAt)} 导出。在线核对：${e(page.verifyUrl)}</p></footer></body></html>
`;
}

function valueOf(fact: Fact, { pathOf, signatureOf }: FormPage): string {
  if (fact.signature) return signedIn(fact.signature, fact.note, signatureOf(fact.signature.fileId));
  if (fact.files) return fact.files.map((file) => fileOf(file, pathOf)).join('<br>');
  if (fact.table) return tableOf(fact.table);
  return `${e(fact.value)}${fact.note === undefined ? '' : `<br><small>${e(fact.note)}</small>`}`;
}

/** In the form: who signed, when, and what was changed since. */
const signedIn = (
  { name, at }: NonNullable<Fact['signature']>,
  note: string | undefined,
  signature: ReturnType<FormPage['signatureOf']>,
): string =>
  [
    `${e(name)} ${momentOf(at)}`,
    ...(note === undefined ? [] : [`<small>${e(note)}</small>`]),
    ...(signature === null ? [] : [signedBy(signature, '签名图片').replace(/^<br>/, '')]),
  ].join('<br>');

function fileOf({ fileId, name }: { fileId: string; name: string }, pathOf: FormPage['pathOf']): string {
  const path = pathOf(fileId);
  return path === null ? e(name) : anchor(path, name);
}

const tableOf = ({ columns, rows }: NonNullable<Fact['table']>): string =>
  `<table><thead><tr>${columns.map((column) => `<th>${e(column)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${e(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

const rowOf = (
  { name, role, stateWords, comment, files = [], onBehalfOf, at }: TimelineRow,
  signature: ReturnType<FormPage['signatureOf']>,
  pathOf: FormPage['pathOf'],
): string =>
  `<tr><td>${e(name)}${onBehalfOf === null ? '' : `（代 ${e(onBehalfOf)}）`}<br><small>${e(role)}</small></td><td>${e(
    stateWords,
  )}${comment === null ? '' : `<br>${e(comment)}`}${files.map((file) => `<br>${fileOf(file, pathOf)}`).join('')}${signature === null ? '' : signedBy(signature)}</td><td>${at === null ? '' : momentOf(at)}</td></tr>`;

/** The digits are those of the whole picture, so that whoever has it can hash it themselves. */
const signedBy = (
  { path, sha256, words }: NonNullable<ReturnType<FormPage['signatureOf']>>,
  name = '手写签名',
): string =>
  `<br>${path === null ? name : anchor(path, name)}<br><small>${e(words)}。SHA-256 ${e(sha256)}</small>`;

const linkOf = ({ name, path }: { name: string; path: string }): string => `<li>${anchor(path, name)}</li>`;

/** Relative, each part encoded: a name is never an address. */
const anchor = (path: string, name: string): string =>
  `<a href="${e(path.split('/').map(encodeURIComponent).join('/'))}">${e(name)}</a>`;
