export { contentHash, type BlobStore } from './blob-store.ts';
export { createFolderStore } from './folder-store.ts';
export { fileRoutes } from './routes.ts';
export { createS3Store, type S3Settings } from './s3-store.ts';
export { pictureOf, type Picture } from './picture.ts';
export { readUpload, UPLOAD_LIMIT } from './read-upload.ts';
export { createFiles, type FileBrief, type Files, type HashedFile } from './store-files.ts';
export { FileTable } from './tables.ts';
