export { firstComment } from './first-comment.ts';
export { retract } from './retract.ts';
export { sweep } from './sweep.ts';
