import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Import
 * @property {string} spec what is written between the quotes
 * @property {number} line from 1
 * @property {boolean} typeOnly erased at build
 * @property {boolean} dynamic `import()`
 * @property {string | null} target path of our own file from the root; null for packages and for nothing there
 * @property {string | null} pkg package name, or `node:…`; null for own files
 *
 * @typedef {{ what: string, line: number }} Mention a look at the clock, chance or the environment
 * @typedef {{ path: string, imports: Import[], mentions: Mention[] }} SourceFile
 * @typedef {{ root: string, files: Map<string, SourceFile>, dirs: (path: string) => string[],
 *   dependencies: Set<string>, devDependencies: Set<string> }} Tree
 */

const FOLDERS = ['server', 'webapp', 'scripts', 'test'];
const SOURCE = /\.(ts|mts|js|mjs|vue)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.tmp', 'data']);

/** Every source file with its imports, parsed once. @returns {Tree} */
export function readTree(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = new Map();
  for (const folder of FOLDERS) {
    for (const path of walk(root, folder)) files.set(path, readSource(root, path));
  }
  return {
    root,
    files,
    dirs: (path) => listDirs(join(root, path)),
    dependencies: new Set(Object.keys(manifest.dependencies ?? {})),
    devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
  };
}

const listDirs = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

function walk(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

function readSource(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const parts = path.endsWith('.vue') ? scriptsOf(text) : [{ text, line: 0 }];
  const file = { path, imports: [], mentions: [] };
  for (const part of parts) {
    const kind = /\.m?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
    const source = ts.createSourceFile(path, part.text, ts.ScriptTarget.ESNext, false, kind);
    const lineOf = (node) => part.line + source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    visit(source, (node) => {
      const found = importOf(node);
      if (found) file.imports.push({ ...found, line: lineOf(node), ...resolve(root, path, found.spec) });
      const what = mentionOf(node, source);
      if (what) file.mentions.push({ what, line: lineOf(node) });
    });
  }
  return file;
}

/** The script blocks of a .vue file, each with the number of lines above it. */
function scriptsOf(text) {
  return [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => {
    const start = match.index + match[0].indexOf('>') + 1;
    return { text: match[1], line: text.slice(0, start).split('\n').length - 1 };
  });
}

function visit(node, see) {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

const isText = (node) => node !== undefined && ts.isStringLiteralLike(node);

function importOf(node) {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && isText(node.moduleSpecifier))
    return { spec: node.moduleSpecifier.text, typeOnly: erased(node), dynamic: false };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && isText(node.argument.literal))
    return { spec: node.argument.literal.text, typeOnly: true, dynamic: false };
  if (!ts.isCallExpression(node) || !isText(node.arguments[0])) return null;
  const spec = node.arguments[0].text;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return { spec, typeOnly: false, dynamic: true };
  if (isRequire(node.expression)) return { spec, typeOnly: false, dynamic: false };
  return null;
}

/** `import type …`, or every single name marked `type`. */
function erased(node) {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node;
  if (clause === undefined) return false;
  if (clause.isTypeOnly || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (ts.isImportDeclaration(node) && clause.name) return false;
  const names = ts.isImportDeclaration(node) ? clause.namedBindings : clause.exportClause;
  const elements = names?.elements;
  return elements !== undefined && elements.length > 0 && elements.every((element) => element.isTypeOnly);
}

/** `require('x')` and `createRequire(import.meta.url)('x')`. */
function isRequire(callee) {
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  return (
    ts.isCallExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'createRequire'
  );
}

const CLOCK_AND_CHANCE = new Set(['Date.now', 'Math.random', 'performance.now', 'process.hrtime']);
const GLOBAL_CALLS = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);

function mentionOf(node, source) {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return memberMention(node, source);
  if (ts.isNewExpression(node) && isName(node.expression, 'Date') && !node.arguments?.length)
    return 'new Date()';
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const name = node.expression.text;
  if (name === 'Date' && node.arguments.length === 0) return 'Date()';
  if (name === 'readConfig' && node.arguments.some((one) => one.getText(source) === 'process.env'))
    return 'readConfig(process.env)';
  return GLOBAL_CALLS.has(name) ? `${name}()` : null;
}

function memberMention(node, source) {
  const object = node.expression.getText(source).replace(/^globalThis\./, '');
  const member = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : node.argumentExpression.getText(source).slice(1, -1);
  const name = `${object}.${member}`;
  if (name === 'process.env' || CLOCK_AND_CHANCE.has(name)) return name;
  return object === 'crypto' && /^(randomUUID|getRandomValues)$/.test(member) ? name : null;
}

const isName = (node, text) => ts.isIdentifier(node) && node.text === text;

function resolve(root, from, spec) {
  if (spec.startsWith('.'))
    return { target: existing(root, posix.join(posix.dirname(from), spec.replace(/\?.*$/, ''))), pkg: null };
  if (isBuiltin(spec)) return { target: null, pkg: spec.startsWith('node:') ? spec : `node:${spec}` };
  const [first, second] = spec.split('/');
  return { target: null, pkg: first.startsWith('@') ? `${first}/${second}` : first };
}

const existing = (root, path) => {
  const full = join(root, path);
  return existsSync(full) && statSync(full).isFile() && dirname(full).startsWith(root) ? path : null;
};
