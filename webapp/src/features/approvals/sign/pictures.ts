import { reactive } from 'vue';

/** Pictures of signatures that were given on this page and not sent yet, by file: the server shows them to nobody so far. */
const pictures = reactive(new Map<string, string>());

export const showPicture = (fileId: string, blob: Blob): void =>
  void pictures.set(fileId, URL.createObjectURL(blob));

export const pictureOf = (fileId: string): string => pictures.get(fileId) ?? '';
