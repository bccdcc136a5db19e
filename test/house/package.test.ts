import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOfCheckout, ROOT } from './source-files.ts';

type LockedPackage = {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(lockText).packages;

describe('what is installed', () => {
  it('has an exact version for every dependency', () => {
    const wishes = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });
    expect(wishes.length).toBeGreaterThan(20);
    expect(wishes.filter(([, wish]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(wish)))).toEqual([]);
  });

  it('comes from whatever registry the user has: the lockfile names none', () => {
    expect(lockText).not.toContain('"resolved"');
    expect(lockText).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  it('is checked against a hash, but for platform packages that the registry at hand lacked', () => {
    const unchecked = Object.entries(locked).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(unchecked.filter(([, { optional, os }]) => optional !== true || os === undefined)).toEqual([]);
  });

  it('names every optional package of every package, without which npm ci refuses (scripts/complete-lockfile.mjs)', () => {
    const names = new Set(
      Object.keys(locked).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    );
    const missing = Object.values(locked).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it('says of every package with an install script whether the script may run', () => {
    const withScript = Object.entries(locked)
      .filter(
        ([path, { hasInstallScript, os }]) =>
          path !== '' && hasInstallScript === true && (os === undefined || os.includes('linux')),
      )
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(withScript.length).toBeGreaterThan(0);
    const undecided = withScript.filter((name) => manifest.allowScripts[name] === undefined && !EXOTIC.test(name));
    expect(undecided).toEqual([]);
  });
});

/** Platforms that the embedded Postgres has, but Temporal's SDK has not. */
const EXOTIC = /linux-(?:arm|ia32|ppc64)$/;

describe('what is committed', () => {
  it('names no path of the machine it was written on', () => {
    const machinePath = new RegExp(
      ['/wor' + 'k/(?:main|shared)', '/roo' + 't/', '/Users/\\w', '/home/(?!temporal\\b|node\\b)\\w', '[A-Z]:\\\\\\\\Users'].join(
        '|',
      ),
    );
    const named = filesOfCheckout(['.ts', '.mjs', '.json', '.yaml', '.yml', '.md', 'Dockerfile', '.npmrc', 'run'])
      .filter(({ path }) => path !== 'test/house/package.test.ts')
      .flatMap(({ path, text }) => machinePath.exec(text)?.map((found) => `${path}: ${found}`) ?? []);
    expect(named).toEqual([]);
  });
});
