import { readDepartments, replaceDepartments } from '../batch/departments.ts';
import { readMembers, replaceMembers, syncMembers } from '../batch/members.ts';
import type { Media } from '../state/data.ts';
import type { CallbackData, Job } from '../state/records.ts';
import { get, post } from './call.ts';
import type { ApiCall, ApiRoute } from './call.ts';
import { fail } from './envelope.ts';
import { findMedia } from './media.ts';
import type { Reader } from './reader.ts';

/** 异步导入 (pages 90979–90983): a CSV of media/upload, a job, its result by getresult and by callback. */
export const batchRoutes: ApiRoute[] = [
  post('batch/syncuser', 'contacts', (call) => {
    const file = readMembers(mediaOf(call));
    return started(call, 'sync_user', file.rows.length, () => syncMembers(call, file));
  }),
  post('batch/replaceuser', 'contacts', (call) => {
    const file = readMembers(mediaOf(call));
    return started(call, 'replace_user', file.rows.length, () => replaceMembers(call, file));
  }),
  post('batch/replaceparty', 'contacts', (call) => {
    const wanted = readDepartments(mediaOf(call));
    return started(call, 'replace_party', wanted.length, () => replaceDepartments(call, wanted));
  }),
  get('batch/getresult', 'contacts', result),
];

function mediaOf(call: ApiCall): Media {
  const id = call.body.text('media_id');
  if (id === '') throw fail(41006);
  const media = findMedia(call.world, id);
  if (media === undefined || media.webhookKey !== null) throw fail(40007);
  if (media.type !== 'file') throw fail(40004);
  return media;
}

function started(
  call: ApiCall,
  type: Job['type'],
  total: number,
  work: Parameters<ApiCall['world']['jobs']['start']>[3],
): Record<string, unknown> {
  const callback = callbackOf(call.body.obj('callback'));
  const job = call.world.jobs.start(type, total, callback, work);
  call.note(`异步导入 ${total} 行`);
  return { jobid: job.id };
}

function callbackOf(given: Reader | undefined): CallbackData | null {
  const url = given?.text('url') ?? '';
  if (given === undefined || url === '') return null;
  const [token, aesKey] = [given.text('token'), given.text('encodingaeskey')];
  const fit =
    /^https?:\/\//.test(url) && /^[A-Za-z0-9]{1,32}$/.test(token) && /^[A-Za-z0-9]{43}$/.test(aesKey);
  if (!fit) throw fail(40058, 'callback invalid. invalid Request Parameter');
  return { url, token, aesKey, verified: null };
}

function result(call: ApiCall): Record<string, unknown> {
  const { data } = call.world;
  const id = call.query['jobid'] ?? '';
  const job = data.jobs.find((kept) => kept.id === id);
  if (job === undefined) throw fail(data.cleanedJobs.includes(id) ? 40089 : 40088);
  if (job.errcode !== 0) throw fail(job.errcode);
  const { status, type, total, done, rows } = job;
  const percentage = status === 3 || total === 0 ? 100 : Math.min(99, Math.floor((done / total) * 100));
  return { status, type, total, percentage, result: status === 3 ? rows : [] };
}
