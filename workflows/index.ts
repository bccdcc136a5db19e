export { firstComment } from './first-comment.ts';
