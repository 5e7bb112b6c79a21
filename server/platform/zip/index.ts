export { freeName, safeName } from './safe-name.ts';
export { readZip } from './read-zip.ts';
export { zipPieces, type ZipFile } from './zip-pieces.ts';
