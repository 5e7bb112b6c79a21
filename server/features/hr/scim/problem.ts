import type { Context } from 'koa';
import type { AppError } from '../../../kernel/errors.ts';
import { toAppError, type Words } from '../../../platform/http/problem.ts';
import { answerJson } from './answers.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** RFC 7644, table 9. Codes of the directory are those its commands refuse a write with. */
const SCIM_TYPE: Readonly<Record<string, string>> = {
  'scim.invalid_filter': 'invalidFilter',
  'scim.too_many_members': 'tooMany',
  'scim.taken': 'uniqueness',
  'scim.former': 'uniqueness',
  'scim.former_differs': 'uniqueness',
  'directory.staff_no_taken': 'uniqueness',
  'directory.userid_taken': 'uniqueness',
  'directory.id_number_known': 'uniqueness',
  'directory.mobile_taken': 'uniqueness',
  'directory.unit_name_taken': 'uniqueness',
  'scim.mutability': 'mutability',
  'scim.main_post': 'mutability',
  'scim.invalid_syntax': 'invalidSyntax',
  'scim.invalid_path': 'invalidPath',
  'scim.unsortable': 'invalidPath',
  'scim.no_target': 'noTarget',
};

const STATUS: Readonly<Record<string, number>> = {
  'directory.unit_name_taken': 409,
  'directory.unit_not_empty': 409,
  'directory.institution_fixed': 403,
  // Named in the body, so the request is wrong, not the address.
  'directory.unknown_person': 400,
  'directory.unknown_unit': 400,
  'directory.has_left': 400,
};

/** How a failure is told to an identity system. */
export function scimProblem(error: AppError): { readonly status: number; readonly scimType: string | null } {
  const status = STATUS[error.code] ?? (error.status === 422 ? 400 : error.status);
  const fallback = status === 400 ? 'invalidValue' : null;
  return { status, scimType: SCIM_TYPE[error.code] ?? fallback };
}

/** @returns the failure as it was answered, for the log */
export function answerFailure(ctx: Context, thrown: unknown, words: Words): AppError {
  const error = toAppError(thrown);
  const { status, scimType } = scimProblem(error);
  const language = ctx.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en';
  if (status === 401) ctx.set('WWW-Authenticate', 'Bearer realm="scim"');
  if (status === 429) ctx.set('Retry-After', String(error.data.seconds));
  answerJson(ctx, status, {
    schemas: [ERROR],
    status: String(status),
    ...(scimType !== null && { scimType }),
    detail: words(error.code, error.data, language),
  });
  if (!ctx.req.complete) {
    // Too large or too slow: nothing more is read. Otherwise the rest is read off, so that a proxy gets the answer.
    if (status === 413 || status === 408) ctx.set('Connection', 'close');
    else ctx.req.resume();
  }
  return error;
}
