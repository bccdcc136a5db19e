import { moveByKeys } from './keys.js';
import { followSandbox } from './live.js';

moveByKeys(document);
followSandbox(document);
// A narrow screen shows only a part of the markets: the chosen one must be in it.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
