export { createFolderStore, type BlobStore } from './blob-store.ts';
export { fileRoutes } from './routes.ts';
export { createFiles, type FileBrief, type Files, UPLOAD_LIMIT } from './store-files.ts';
export { FileTable } from './tables.ts';
