/** Pictures full screen. Vant's preview is fetched when a picture is first touched. */
export async function showImages(images: string[], startPosition: number): Promise<void> {
  const { showImagePreview } = await import('./image-preview.ts');
  showImagePreview({ images, startPosition, closeable: true, closeOnPopstate: true });
}
