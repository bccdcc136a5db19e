// `npm run spec:extract -- [--check] [--file TARBALL]`: writes Meta's published names and types, as the pinned package has them,
// to test/spec/data/. `--check` writes nothing and exits 1 when the committed data differ. Without `--file` the package is fetched.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { graphApiOf, written } from './graph-api.ts';
import { checkHash, fetchPackage, PACKAGE, PackageProblem } from './package.ts';
import { readPythonClass } from './python-class.ts';
import { readTarball } from './tar.ts';
import { isWanted, NODES } from './wanted.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'spec', 'data');
const ROOT = `${PACKAGE.name}-${PACKAGE.version}/`;

const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, file: { type: 'string' } } });
const tarball = await packageBytes(options.file);
const sources = readTarball(tarball, (path) => path === `${ROOT}LICENSE` || path.startsWith(`${ROOT}${PACKAGE.name}/adobjects/`));
const classes = new Map(
  [...sources.values()].flatMap((source) => {
    const found = readPythonClass(source);
    return found ? [[found.name, found] as const] : [];
  }),
);
const missing = Object.keys(NODES).filter((name) => !classes.has(name));
if (missing.length > 0) throw new Error(`The package has no class ${missing.join(', ')}`);
const licence = sources.get(`${ROOT}LICENSE`);
if (licence === undefined) throw new Error('The package has no LICENSE');

const files = { 'graph-api.json': written(graphApiOf(classes)), NOTICE: noticeOf(licence) };
const differing = Object.entries(files).filter(([name, text]) => textOf(name) !== text);
if (!options.check) for (const [name, text] of differing) writeFileSync(join(FOLDER, name), text);
const count = [...classes.keys()].filter(isWanted).length;
const differs = differing.map(([name]) => `test/spec/data/${name}`).join(', ');
if (differing.length === 0)
  process.stdout.write(`test/spec/data holds what ${PACKAGE.name} ${PACKAGE.version} says: ${count} nodes\n`);
else process.stdout.write(options.check ? `Differs from the package: ${differs}\n` : `Written: ${differs}\n`);
process.exitCode = options.check && differing.length > 0 ? 1 : 0;

/** Ends the program with a message instead of a stack when the user can mend it. */
async function packageBytes(file: string | undefined): Promise<Buffer> {
  try {
    const bytes = file === undefined ? await fetchPackage(process.env.PIP_INDEX_URL) : readFileSync(file);
    checkHash(bytes);
    return bytes;
  } catch (error) {
    if (!(error instanceof PackageProblem) && (error as { code?: unknown }).code !== 'ENOENT') throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

function textOf(name: string): string | undefined {
  try {
    return readFileSync(join(FOLDER, name), 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The package's licence asks that its whole notice goes with substantial portions of it. */
function noticeOf(licence: string): string {
  const about =
    `graph-api.json holds names and types taken from the Python package ${PACKAGE.name} ${PACKAGE.version} (sha256\n` +
    `${PACKAGE.sha256}), by scripts/spec/extract.ts. The package's\nnotice:\n`;
  return `${about}\n${licence.trimEnd()}\n`;
}
