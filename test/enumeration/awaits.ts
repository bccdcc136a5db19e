import { filesOfCheckout, type SourceFile } from '../house/source-files.ts';

/** A place in the code that awaits something from outside: the ledger, the platform, another run, an activity. */
export interface Await {
  readonly file: string;
  readonly line: number;
  /** The first line that is not its own any more. */
  readonly until: number;
  /** `ledger.gate`; in a workflow the policy under which an activity is asked for. */
  readonly what: string;
  /** Of a ledger's step that a workflow asks for: which one, and the words of its summary. */
  readonly step?: { readonly name: string; readonly summary: RegExp };
}

interface Port {
  readonly target: string;
  readonly file: string;
  readonly name: string;
}

const LEDGER: Port = { target: 'ledger', file: 'store/ledger.ts', name: 'Ledger' };
const PORTS: readonly Port[] = [
  LEDGER,
  { target: 'platform', file: 'platforms/platform.ts', name: 'PlatformAdapter' },
  { target: 'runs', file: 'activities/dependencies.ts', name: 'RunsPort' },
];
const POLICIES = 'workflows/policies.ts';

/**
 * Every await of the runs, read off the source: each call of a method of a port in activities/, and each use of a policy in
 * workflows/. New methods, verbs, activities and policies are among them without a word here.
 */
export function awaitsOfCode(): readonly Await[] {
  const files = filesOfCheckout(['.ts']);
  const ports = [...PORTS, ...partsOfLedger(files)];
  const methods = new Map(ports.flatMap(({ target, file, name }) => methodsOf(files, file, name).map((each) => [each, target])));
  const calls = files
    .filter(({ room }) => room === 'activities')
    .flatMap((file) =>
      found(file, /\.\s*(\w+)\s*\(/g).flatMap(({ name, line }) => {
        const target = methods.get(name);
        return target ? [{ file: file.path, line, until: line + 1, what: `${target}.${name}` }] : [];
      }),
    );
  const policies = textOf(files, POLICIES).matchAll(/^export function (\w+)\(/gm);
  const others = [...policies].flatMap(([, name = '']) => (name === 'ledger' ? [] : [name]));
  const uses = new RegExp(`(?<!function )\\b(${others.join('|')})\\(`, 'g');
  const asks = files
    .filter(({ room, path }) => room === 'workflows' && path !== POLICIES)
    .flatMap((file) => {
      const all = found(file, uses);
      return all.map(({ name, line }, index) => {
        const next = all.slice(index + 1).find((other) => other.line > line)?.line ?? Number.POSITIVE_INFINITY;
        return { file: file.path, line, until: next, what: `${name}(…)` };
      });
    });
  return [...calls, ...asks, ...stepsOfCode(files)];
}

/** `ledger('…').claim(…)`, or `const { claim } = ledger('…')`. */
const STEP = /(?:const \{ (\w+) \} = )?(?<!function )\bledger\((?:'([^']*)'|`([^`]*)`)\)(?:\s*\.\s*(\w+)\()?/g;

/**
 * The ledger's steps are asked for one after the other, so no stack tells where. Their words do; where several places say the
 * same words of the same step, a cell of one is a cell of all.
 */
function stepsOfCode(files: readonly SourceFile[]): readonly Await[] {
  return files
    .filter(({ room, path }) => room === 'workflows' && path !== POLICIES)
    .flatMap(({ path, text }) =>
      [...text.matchAll(STEP)].map((match) => {
        const [, given, plain, template, called] = match;
        const name = given ?? called ?? '';
        const words = plain ?? template ?? '';
        const parts = words.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
        const line = text.slice(0, match.index).split('\n').length;
        const summary = new RegExp(`^${parts.join('[\\s\\S]*')}$`);
        return { file: path, line, until: line + 1, what: `ledger('${words}').${name}`, step: { name, summary } };
      }),
    );
}

/** Where the step may have been asked for, `workflows/retract.ts:34`; `null` when no place says such words. */
export function placeOfStep(awaits: readonly Await[], name: string, summary: string): string | null {
  const found = awaits.find(({ step }) => step?.name === name && step.summary.test(summary));
  return found ? `${found.file}:${found.line}` : null;
}

/** Those of which none of the places is one. */
export function uncovered(awaits: readonly Await[], sites: readonly (string | null)[]): readonly Await[] {
  const places = sites.flatMap((site) => {
    const [file, line] = site?.split(':') ?? [];
    return file && line ? [{ file, line: Number(line) }] : [];
  });
  const open = awaits.filter(
    (each) => !places.some(({ file, line }) => file === each.file && line >= each.line && line < each.until),
  );
  const said = new Set(awaits.flatMap((each) => (each.step && !open.includes(each) ? [each.what] : [])));
  return open.filter(({ what }) => !said.has(what));
}

function found({ text }: SourceFile, pattern: RegExp): readonly { readonly name: string; readonly line: number }[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...code.matchAll(pattern)].map((match) => {
    const name = match[1] ?? '';
    const at = match.index + match[0].indexOf(name);
    return { name, line: code.slice(0, at).split('\n').length };
  });
}

/** The interfaces that the ledger's is put together from, each in a file of its own. */
function partsOfLedger(files: readonly SourceFile[]): readonly Port[] {
  const text = textOf(files, LEDGER.file);
  const names = /^export interface Ledger\s+extends ([\w\s,]+)\{/m.exec(text)?.[1]?.split(',') ?? [];
  return names.map((each) => {
    const name = each.trim();
    const file = new RegExp(`^import type \\{[^}]*\\b${name}\\b[^}]*\\} from '\\./([\\w-]+\\.ts)'`, 'm').exec(text)?.[1];
    if (file === undefined)
      throw new Error(`${LEDGER.file} does not import ${name}; say in test/enumeration/awaits.ts where it is`);
    return { target: LEDGER.target, file: `store/${file}`, name };
  });
}

/** Methods that answer later; what a port only tells is no await. */
function methodsOf(files: readonly SourceFile[], path: string, name: string): readonly string[] {
  const text = textOf(files, path);
  const begin = text.search(new RegExp(`^export interface ${name}\\s`, 'm'));
  if (begin < 0) throw new Error(`${path} has no interface ${name} any more; say in test/enumeration/awaits.ts where it is`);
  const body = text.slice(begin, text.indexOf('\n}\n', begin));
  return [...body.matchAll(/^ {2}(\w+)\([\s\S]*?\): (\w+)/gm)].flatMap(([, method = '', type]) =>
    type === 'Promise' ? [method] : [],
  );
}

function textOf(files: readonly SourceFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`there is no ${path} any more; say in test/enumeration/awaits.ts where it is`);
  return found.text;
}
