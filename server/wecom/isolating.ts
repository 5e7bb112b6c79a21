import { WeComError } from './errors.ts';

/** What became of many items that one call takes several of. */
export interface Isolated<T> {
  readonly done: readonly T[];
  /** Refused alone, so it is this item that is wrong. */
  readonly refused: readonly { readonly item: T; readonly error: WeComError }[];
  /** Not tried, or (when `stoppedBy.maybeSent`) perhaps done without an answer. */
  readonly left: readonly T[];
  /** What made trying more pointless: a limit, the secret, the line. */
  readonly stoppedBy: WeComError | undefined;
}

/**
 * D8: for calls that fail wholly on one bad item. A refused call is halved until the bad ones stand alone, so n items
 * with k bad ones cost about n / max + 2k·log2(max) calls. Anything but a refusal of content stops the whole.
 */
export async function isolating<T>(
  items: readonly T[],
  max: number,
  act: (chunk: readonly T[]) => Promise<void>,
): Promise<Isolated<T>> {
  const open = chunksOf(items, max).reverse();
  const done: T[] = [];
  const refused: { item: T; error: WeComError }[] = [];
  for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
    const error = await failureOf(() => act(chunk));
    const [first] = chunk;
    if (error === undefined) done.push(...chunk);
    else if (!isAboutContent(error)) {
      return { done, refused, left: [...chunk, ...open.reverse().flat()], stoppedBy: error };
    } else if (chunk.length === 1 && first !== undefined) refused.push({ item: first, error });
    else open.push(...chunksOf(chunk, Math.ceil(chunk.length / 2)).reverse());
  }
  return { done, refused, left: [], stoppedBy: undefined };
}

function chunksOf<T>(items: readonly T[], size: number): (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

async function failureOf(work: () => Promise<void>): Promise<WeComError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof WeComError) return error;
    throw error;
  }
}

/** 60011: this one lies outside what the secret may touch. */
function isAboutContent({ reason, handling, errcode }: WeComError): boolean {
  if (reason !== 'errcode' && reason !== 'input') return false;
  return handling === 'fixData' || handling === 'permanent' || errcode === 60011;
}
