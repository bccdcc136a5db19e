// `node scripts/complete-lockfile.mjs`: run after a change of dependencies.
//
// npm leaves an optional platform package out of the lockfile when the registry at hand lacks it, and then refuses that
// lockfile on every platform (`npm ci`: "Missing … from lock file"). This adds the entries. Version and platform follow from
// the parent's exact wish and the package's name; without an integrity hash, npm takes the one of the registry it asks.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl' };

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
for (const [parentPath, parent] of Object.entries(lock.packages)) {
  for (const [name, wish] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (isLocked(parentPath, name)) continue;
    lock.packages[path] = entryFor(name, wish, parent.dev === true);
    added.push(path);
  }
}
if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(added.length === 0 ? 'The lockfile is complete.\n' : `Added: ${added.join(', ')}\n`);

/** Looks where npm looks: in the parent's own node_modules, then outwards. */
function isLocked(parentPath, name) {
  for (let base = parentPath; ; base = base.slice(0, base.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    if (lock.packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}

function entryFor(name, version, dev) {
  if (!/^\d+\.\d+\.\d+/.test(version))
    throw new Error(`${name} is wished as "${version}": only an exact version can be filled in.`);
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  if (os === undefined) throw new Error(`${name} does not tell its platform; add its lockfile entry by hand.`);
  const libc = LIBRARIES[words.at(-1)];
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
}
