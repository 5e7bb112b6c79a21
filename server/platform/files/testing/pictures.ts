/** The heads of pictures: enough to be told apart and measured. */

export function png(width: number, height: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([head, size, Buffer.alloc(300, 7)]);
}

/** With an application segment before the frame, as cameras write. */
export function jpeg(width: number, height: number): Buffer {
  const head = Buffer.from('ffd8ffe0000a4a46494600010100ffc0001108', 'hex');
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([head, size, Buffer.alloc(300, 7)]);
}
