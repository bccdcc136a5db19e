export { firstComment } from './first-comment.ts';
export { retract } from './retract.ts';
