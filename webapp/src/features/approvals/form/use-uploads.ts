import { reactive } from 'vue';
import { asFailure } from '../../../api/failure.ts';
import { upload } from '../../../api/http.ts';
import type { FileBrief } from '../../../api/shapes.ts';
import { t } from '../../../phrases/zh-CN.ts';
import { scalePhoto } from './scale-photo.ts';

export interface Upload {
  key: number;
  name: string;
  /** 0 to 1 */
  share: number;
  state: 'going' | 'failed' | 'done';
  problem: string;
  file: FileBrief | null;
}

export interface Uploads {
  list: Upload[];
  add: (files: Iterable<File>) => void;
  retry: (key: number) => void;
  remove: (key: number) => void;
}

const largest = 20 * 1024 * 1024;

/** Uploads start at once, one after the other, so that a slow line carries one file at full speed. */
export function useUploads(
  start: readonly FileBrief[],
  maxFiles: number,
  changed: (files: FileBrief[]) => void,
  say: (words: string) => void,
): Uploads {
  let counter = 0;
  const list = reactive<Upload[]>(
    start.map((file) => ({ key: ++counter, name: file.name, share: 1, state: 'done', problem: '', file })),
  );
  const sources = new Map<number, { file: File; stop: AbortController }>();
  let line: Promise<void> = Promise.resolve();

  const tell = (): void => changed(list.flatMap((entry) => (entry.file ? [entry.file] : [])));
  const find = (key: number): Upload | undefined => list.find((entry) => entry.key === key);

  async function send(key: number): Promise<void> {
    const source = sources.get(key);
    const entry = find(key);
    if (!source || !entry) return;
    try {
      const body = await scalePhoto(source.file);
      entry.file = await upload<FileBrief>(
        '/api/files',
        body,
        source.file.name,
        (share) => {
          entry.share = share;
        },
        source.stop.signal,
      );
      entry.state = 'done';
      tell();
    } catch (error) {
      entry.state = 'failed';
      entry.problem = asFailure(error).message;
    }
  }

  function go(key: number, file: File): void {
    sources.set(key, { file, stop: new AbortController() });
    line = line.then(() => send(key));
  }

  return {
    list,
    add(files) {
      for (const file of files) {
        if (list.length >= maxFiles) return say(t.form.fileTooMany(maxFiles));
        if (file.size > largest) {
          say(t.form.fileTooBig(file.name));
          continue;
        }
        const key = ++counter;
        list.push({ key, name: file.name, share: 0, state: 'going', problem: '', file: null });
        go(key, file);
      }
    },
    retry(key) {
      const source = sources.get(key);
      const entry = find(key);
      if (!source || !entry) return;
      Object.assign(entry, { state: 'going', share: 0, problem: '' });
      go(key, source.file);
    },
    remove(key) {
      sources.get(key)?.stop.abort();
      sources.delete(key);
      const at = list.findIndex((entry) => entry.key === key);
      if (at >= 0) list.splice(at, 1);
      tell();
    },
  };
}
