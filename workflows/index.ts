export { firstComment } from './first-comment.ts';
export { sweep } from './sweep.ts';
