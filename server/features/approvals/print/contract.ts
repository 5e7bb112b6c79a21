/** A request on paper, and the page its QR code opens. */
import { z } from 'zod';
import { Fact, InstanceStatus, SignatureStand } from '../contract.ts';

export const PrintAnswer = z.object({
  /** What the QR code on the page opens, without a session. */
  url: z.string(),
  code: z.string(),
  printedAt: z.number(),
  printedBy: z.string(),
  /** As on the request's page, with the year in every date: paper outlives it. */
  facts: z.array(Fact),
  /** Of each signature on the page, of a decision or in the form: whether the picture that is kept is the one it was given with. */
  signatures: z.array(z.object({ fileId: z.string(), stand: SignatureStand })),
});
export type PrintAnswer = z.infer<typeof PrintAnswer>;

export const ByCode = z.strictObject({ code: z.string().min(1).max(80) });

const Row = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  stateWords: z.string(),
  onBehalfOf: z.string().nullable(),
  at: z.number().nullable(),
  /** 手写签名: whether its picture is the one that was signed with; its digits stand on the paper. */
  signature: z.object({ stand: SignatureStand, mark: z.string() }).optional(),
});
const FormSignature = z.object({
  label: z.string(),
  name: z.string(),
  at: z.number().nullable(),
  how: z.enum(['drawn', 'typed']),
  stand: SignatureStand,
  mark: z.string(),
});
const Stand = z.object({ code: InstanceStatus, words: z.string() });

/** `unknown`: nothing here has this code; the page is forged, or its code was read wrongly. */
export const VerifyAnswer = z.discriminatedUnion('result', [
  z.object({ result: z.literal('unknown') }),
  z.object({
    result: z.literal('genuine'),
    number: z.string(),
    title: z.string(),
    templateTitle: z.string(),
    applicant: z.object({ name: z.string(), unitName: z.string() }),
    /** As it was when it was printed; what was written in comments stays on the paper. */
    printed: Stand,
    rows: z.array(Row),
    /** 签名 that stood in the form, but for fields that some reader of the request may not see. */
    formSignatures: z.array(FormSignature),
    now: Stand,
    /** Acts that followed the printing. */
    later: z.number(),
  }),
]);
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;
