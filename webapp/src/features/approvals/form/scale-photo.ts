const longestSide = 1600;
const keepBelow = 400 * 1024;

/** The size a photo is drawn at, or null when it is small enough. */
export function scaledSize(
  width: number,
  height: number,
  longest = longestSide,
): { width: number; height: number } | null {
  const share = longest / Math.max(width, height);
  if (share >= 1) return null;
  return { width: Math.round(width * share), height: Math.round(height * share) };
}

/**
 * Photos go up with at most 1600 px on the long side unless told otherwise. Whatever cannot be drawn here (an odd format, no memory)
 * goes up as it is.
 */
export async function scalePhoto(file: File, longest = longestSide, keep = keepBelow): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < keep) return file;
  try {
    const picture = await createImageBitmap(file);
    const size = scaledSize(picture.width, picture.height, longest);
    if (!size) return file;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height);
    const small = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/jpeg', 0.85));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}
