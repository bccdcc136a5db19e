// Are the installed dependencies the ones that package-lock.json asks for?
//
// The stamp is written after npm has finished, so an install that was cut off leaves none.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = 'node_modules/.first-comment-installed';
const NPM_RECORD = 'node_modules/.package-lock.json';

/** What the installed tree depends on: both package files and the platform whose binaries npm picked. */
export function wantedFingerprint(root) {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'package.json']) {
    hash.update(readFileSync(join(root, file))).update('\0');
  }
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

/** True when nothing has to be installed. Cheap enough to ask before every command. */
export function isInstalled(root) {
  const wanted = wantedFingerprint(root);
  if (readText(join(root, STAMP)) === wanted) return directDependenciesAreThere(root);
  if (!npmRecordMatchesLockfile(root)) return false;
  writeStamp(root);
  return true;
}

export function writeStamp(root) {
  writeFileSync(join(root, STAMP), wantedFingerprint(root));
}

/** Called before an install: from here until the stamp is written again the tree counts as broken. */
export function forgetInstall(root) {
  rmSync(join(root, STAMP), { force: true });
  rmSync(join(root, NPM_RECORD), { force: true });
}

function directDependenciesAreThere(root) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => isPackage(root, `node_modules/${name}`));
}

/** Accepts a tree that somebody installed by hand: npm's own record of it says the same as the lockfile. */
function npmRecordMatchesLockfile(root) {
  const record = readText(join(root, NPM_RECORD));
  if (record === undefined) return false;
  const installed = parsePackages(record);
  const locked = parsePackages(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  if (installed === undefined || locked === undefined || !lockfileMatchesManifest(root, locked[''])) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true && !isMadeForThisMachine(entry);
    return found.version === entry.version && found.integrity === entry.integrity && isPackage(root, path);
  });
}

function lockfileMatchesManifest(root, lockedRoot = {}) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every((kind) => {
    const wanted = Object.entries(manifest[kind] ?? {});
    const locked = lockedRoot[kind] ?? {};
    return wanted.length === Object.keys(locked).length && wanted.every(([name, range]) => locked[name] === range);
  });
}

/** Only a package that names its platform can be missed for sure: others may belong to one that does not fit here. */
function isMadeForThisMachine({ os, cpu, libc }) {
  if (libc !== undefined || (os === undefined && cpu === undefined)) return false;
  return accepts(os, process.platform) && accepts(cpu, process.arch);
}

function accepts(list, value) {
  if (list === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${value}`)) return false;
  return names.includes(value) || names.every((name) => name.startsWith('!'));
}

function isPackage(root, path) {
  return existsSync(join(root, path, 'package.json'));
}

function parsePackages(text) {
  try {
    return JSON.parse(text).packages;
  } catch {
    return undefined; // a half-written record: the tree cannot be trusted
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not there
  }
}
