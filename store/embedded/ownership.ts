import { chown, stat } from 'node:fs/promises';

/** Gives a file that root wrote to the owner of its folder, so that a normal user's checkout stays theirs after root ran in it. */
export async function likeItsFolder(file: string, folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const owner = await stat(folder);
  await chown(file, owner.uid, owner.gid);
}
