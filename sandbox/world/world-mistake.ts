/** A seed, a patch or a journal line that does not fit the world. The message says where and what to do. */
export class WorldMistake extends Error {
  override readonly name = 'WorldMistake';
}
