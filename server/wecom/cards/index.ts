export { sendBody, updateBody } from './build.ts';
export { cardXml } from './card-xml.ts';
export * from './content.ts';
export { cutBytes, cutGraphemes } from './cut.ts';
export { isTaskId } from './task-id.ts';
export type { WireCard } from './wire.ts';
