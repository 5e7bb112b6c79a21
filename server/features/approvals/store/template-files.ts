import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkTemplate, type TemplateSurroundings } from '../check/template.ts';
import type { Template } from '../template/template.ts';

/** A shipped template that cannot be used; the message names each file and what is wrong with it. */
export class TemplateFilesError extends Error {
  override readonly name = 'TemplateFilesError';
}

/** Every template of a folder (*.yaml), checked. @throws TemplateFilesError with all faults at once */
export async function loadTemplateFiles(
  folder: string,
  around: TemplateSurroundings = {},
): Promise<Template[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const faults: string[] = [];
  const templates: Template[] = [];
  for (const name of names) {
    const check = checkTemplate(parse(await readFile(join(folder, name), 'utf8')), around);
    faults.push(...check.faults.map((fault) => `${name}: ${fault}`));
    if (check.template) templates.push(check.template);
  }
  if (faults.length > 0)
    throw new TemplateFilesError(`Templates in ${folder} have faults:\n${faults.join('\n')}`);
  return templates;
}
