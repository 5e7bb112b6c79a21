import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Middleware } from 'koa';

const NAME = /^\/(WW_verify_[A-Za-z0-9]{1,64}\.txt)$/;

/**
 * 可信域名 (page 91335): 企业微信 proves the domain is ours by reading a file it gave the administrator from the root
 * of the site. Put the file into this folder as it is.
 */
export function domainProof(folder: string): Middleware {
  return async (ctx, next) => {
    const name = NAME.exec(ctx.path)?.[1];
    const text = name === undefined ? null : await readFile(join(folder, name), 'utf8').catch(() => null);
    if (text === null) return next();
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = text;
    return undefined;
  };
}
