/**
 * The small program that goes along with every package, and that `scripts/package-verify` runs as well: plain Node,
 * nothing of ours, short enough to be read before it is run. It holds the files against the manifest, and the entries
 * of the record against the links of the chain.
 */
export const CHECK_SCRIPT = `// 核验本卷宗：node check.mjs [卷宗文件夹]。只读文件，不联网。
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
const root = process.argv[2] ?? '.';
const read = (path) => readFileSync(join(root, normalize(path)));
const json = (path) => JSON.parse(read(path).toString('utf8'));
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const canonical = (value) =>
  Array.isArray(value)
    ? '[' + value.map(canonical).join(',') + ']'
    : value !== null && typeof value === 'object'
      ? '{' + Object.keys(value).sort().map((key) => JSON.stringify(key) + ':' + canonical(value[key])).join(',') + '}'
      : JSON.stringify(value);
const faults = [];
const fault = (words) => faults.push(words);

// 1. 每个文件都和清单一致，清单以外没有别的文件。
const manifest = json('manifest.json');
for (const { path, size, sha256: wanted } of manifest.files) {
  if (path.split('/').includes('..') || path.startsWith('/')) { fault('清单里有越界的路径：' + path); continue; }
  let bytes;
  try { bytes = read(path); } catch { fault('缺少文件：' + path); continue; }
  if (bytes.length !== size || sha256(bytes) !== wanted) fault('文件被改过：' + path);
}
const listed = new Set(['manifest.json', ...manifest.files.map(({ path }) => path)]);
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? filesIn(join(folder, one.name)) : [relative(root, join(folder, one.name)).split('\\\\').join('/')],
  );
for (const path of filesIn(root)) if (!listed.has(path)) fault('清单里没有的文件：' + path);

// 2. 审计记录在链上：从每一段的起点，逐条算到段末的链头。
const audit = json('audit.json');
const entries = new Map(audit.entries.map((entry) => [entry.seq, entry]));
const lines = read('chain.txt').toString('utf8').split('\\n').filter((line) => line !== '');
let at = 0;
let checked = 0;
let believed = 0;
for (const part of audit.parts) {
  let hash = part.prevHash;
  for (let seq = part.fromSeq; seq <= part.untilSeq; seq += 1) {
    const [place, link = ''] = (lines[at] ?? '').split(' ');
    at += 1;
    if (Number(place) !== seq) { fault('链上缺第 ' + seq + ' 条'); break; }
    const entry = entries.get(seq);
    if (link.startsWith('=')) {
      hash = link.slice(1);
      if (entry && entry.format > 2) fault('第 ' + seq + ' 条缺少摘要');
      else if (entry) believed += 1;
    } else {
      if (entry && sha256(canonical(entry)) !== link) fault('第 ' + seq + ' 条记录被改过');
      else if (entry) checked += 1;
      hash = sha256(hash + '\\n' + link);
    }
    entries.delete(seq);
  }
  if (hash !== part.hash) fault('第 ' + part.fromSeq + ' 到 ' + part.untilSeq + ' 条算不出链头 ' + part.hash);
}
if (at !== lines.length) fault('链上多出了记录');
believed += entries.size;

// 3. 手写签名（审批的、表单里的）：图片算出的校验值，和当时的决定或表单、操作记录里的一致。
let signatures = [];
try { signatures = json('case.json').signatures ?? []; } catch { /* 第 1 步已说明 */ }
const recorded = (after) => [after?.signature ?? [], after?.formSignatures ?? []].flat();
for (const { name, path, withheld, sha256: wanted } of signatures) {
  let picture = null;
  try { picture = path === null ? null : read(path); } catch { /* 下面说明 */ }
  if (withheld) continue;
  if (picture === null) fault('缺少签名图片：' + name);
  else if (sha256(picture) !== wanted) fault('签名图片与签名时不一致：' + name);
  if (audit.unsealed === 0 && !audit.more && !audit.entries.some(({ after }) => recorded(after).includes(wanted))) fault('操作记录里没有这个签名：' + name);
}
for (const { seq, after } of audit.entries)
  if (recorded(after).some((hash) => !signatures.some((one) => one.sha256 === hash))) fault('第 ' + seq + ' 条记录里的签名不在卷宗里');

console.log(manifest.number + '：' + manifest.files.length + ' 个文件，' + audit.entries.length + ' 条记录，其中 ' + checked + ' 条已在链上核对。' + (signatures.length > 0 ? signatures.length + ' 个签名。' : ''));
console.log('清单的 SHA-256 ' + sha256(read('manifest.json')) + '：表单和附件有没有连同清单一起换过，凭它向原单位核对导出登记。');
if (audit.more > 0) console.log('记录太多，较晚的 ' + audit.more + ' 条没有放进卷宗：请向原单位查阅。');
if (believed > 0) console.log(believed + ' 条只能由原单位核对（package-verify）。');
for (const { untilSeq, hash, anchoredAt } of audit.parts)
  console.log('链头 ' + untilSeq + ' ' + hash + (anchoredAt === null ? '（当时的末端）' : '（' + new Date(anchoredAt).toISOString() + ' 写到库外）') + '：请与原单位或留存人手里的 audit-heads.jsonl 比对。');
for (const words of faults) console.log('✗ ' + words);
if (faults.length === 0) console.log('✓ 完整');
process.exitCode = faults.length === 0 ? 0 : 1;
`;
