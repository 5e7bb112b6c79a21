import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { brief, me, request, sender } from '../testing/samples.ts';
import { sendReport } from './send-report.ts';
import type { ReportDraft } from './use-report-draft.ts';

const filled = { kind: 'cancel', form: { unitId: 'u20' } } as const;
const draftOf = (part: Partial<ReportDraft> = {}): ReportDraft => ({
  kind: 'cancel',
  person: { personId: 'p9', name: '吴敏', unitName: '', title: '' },
  values: {},
  letter: { number: '信工函 1 号', fileId: null },
  unitNames: {},
  files: {},
  requestId: null,
  stoodBefore: null,
  ...part,
});
const act = (outcome: string) => ({ body: { requestId: 'r1', outcome, missing: [], status: 'submitted' } });
const server = (more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/accounts/requests': () => ({
      body: { items: [], next: null, counts: { waiting: 2, mine: 5, all: 9 }, can: { report: true } },
    }),
    'POST /api/accounts/requests': () => act('done'),
    'PUT /api/accounts/requests/r1/form': () => act('done'),
    'GET /api/accounts/requests/r1': () => ({ body: request('r1', { can: { submit: ['u20'] } }) }),
    'POST /api/accounts/requests/r1/submit': () => act('done'),
    ...more,
  });

beforeEach(() => forgetMe());
afterEach(() => vi.unstubAllGlobals());

describe('sending a report in', () => {
  it('makes the request, asks the server for which unit, and sends it in with the letter', async () => {
    const api = server();
    const draft = draftOf();
    expect(await sendReport(draft, filled, '')).toMatchObject({ outcome: 'sent' });
    expect(api.of('POST /api/accounts/requests')[0]?.body).toEqual({ personId: 'p9', filled, submit: null });
    expect(api.of('POST /api/accounts/requests/r1/submit')[0]?.body).toEqual({
      unitId: 'u20',
      letter: draft.letter,
    });
  });

  it('fills the same request the second time instead of making another one', async () => {
    const api = server();
    await sendReport(draftOf({ requestId: 'r1' }), filled, '');
    expect(api.of('POST /api/accounts/requests')).toEqual([]);
    expect(api.of('PUT /api/accounts/requests/r1/form')[0]?.body).toEqual({ filled });
  });

  it('takes up the request it made when the answer was lost', async () => {
    let made = false;
    const api = server({
      'GET /api/accounts/requests': () => ({
        body: {
          items: [brief('old'), ...(made ? [brief('r1')] : [])],
          next: null,
          counts: { waiting: 2, mine: 5, all: 9 },
          can: { report: true },
        },
      }),
      'POST /api/accounts/requests': () => {
        made = true;
        return () => Promise.reject(new TypeError('reset'));
      },
    });
    const draft = draftOf();
    await expect(sendReport(draft, filled, '')).rejects.toMatchObject({ unanswered: true });
    await sendReport(draft, filled, '');
    expect(api.of('POST /api/accounts/requests')).toHaveLength(1);
    expect(draft.requestId).toBe('r1');
  });

  it('makes it anew when the server refused the first time: nothing stood', async () => {
    let round = 0;
    const api = server({
      'POST /api/accounts/requests': () => {
        round += 1;
        return round === 1 ? problem(422, 'accounts.no_sender', '请先选单位。') : act('done');
      },
    });
    const draft = draftOf();
    await expect(sendReport(draft, filled, '')).rejects.toMatchObject({ code: 'accounts.no_sender' });
    await sendReport(draft, filled, '');
    expect(api.of('POST /api/accounts/requests')).toHaveLength(2);
  });

  it('S3-2.3: who may send for both units is asked for which one', async () => {
    const units = [sender(), sender({ unitId: 'u30', unitName: '经济管理学院', role: 'host' })];
    const both = { body: request('r1', { senders: units, can: { submit: ['u20', 'u30'] } }) };
    const api = server({ 'GET /api/accounts/requests/r1': () => both });
    expect(await sendReport(draftOf(), filled, '')).toEqual({
      outcome: 'askUnit',
      units: [
        { value: 'u20', label: '信息工程学院' },
        { value: 'u30', label: '经济管理学院' },
      ],
    });
    await sendReport(draftOf({ requestId: 'r1' }), filled, 'u30');
    expect(api.of('POST /api/accounts/requests/r1/submit')[0]?.body).toMatchObject({ unitId: 'u30' });
  });

  it('says that it stands when another unit sends it', async () => {
    server({ 'GET /api/accounts/requests/r1': () => ({ body: request('r1') }) });
    expect(await sendReport(draftOf(), filled, '')).toEqual({ outcome: 'begun' });
  });
});
