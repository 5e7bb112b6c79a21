export { deleteRows, numberIn } from './delete-rows.ts';
export { kept, type Ending, type Keeping } from './keeping.ts';
