import type { Context } from 'koa';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A made .xlsx as a download, kept by nobody on the way. */
export function sendSheet(
  http: Context,
  { name, bytes }: { readonly name: string; readonly bytes: Buffer },
): void {
  http.type = XLSX;
  http.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  http.set('Cache-Control', 'no-store');
  http.body = bytes;
}
