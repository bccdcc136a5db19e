import { moveByKeys } from './keys.js';
import { followSandbox } from './live.js';

moveByKeys(document);
followSandbox(document);
