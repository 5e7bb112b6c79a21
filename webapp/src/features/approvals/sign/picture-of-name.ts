/** A typed name as a picture of the same kind as a drawn one. The time keeps two of them apart: none is used twice. */
export function pictureOfName(name: string, at = new Date()): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 200;
  const ink = canvas.getContext('2d');
  if (!ink) return Promise.resolve(null);
  ink.fillStyle = '#fff';
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.fillStyle = '#1d2129';
  ink.font = '64px KaiTi, STKaiti, serif';
  ink.fillText(name, 24, 110, 592);
  ink.font = '20px sans-serif';
  ink.fillText(`键盘签名 ${at.toISOString()}`, 24, 176, 592);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
