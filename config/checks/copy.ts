import type { Market, SlotType } from '../../domain/brand.ts';
import { CAPABILITIES, type Capability } from '../../domain/capability.ts';
import { renderCopy } from '../../domain/copy/render.ts';
import { readCopySource } from '../../domain/copy/source.ts';
import { suggest } from '../did-you-mean.ts';
import type { Folder } from '../folder.ts';
import { formatPath, type Problem } from '../problem.ts';
import { placeInText, problemAt, type YamlFile } from '../yaml-file.ts';

/** Every pattern has its text for every market and capability, and every text can be rendered there. */
export function checkCopy(files: Folder): readonly Problem[] {
  return [...missingCopy(files), ...files.copy.flatMap(({ file, value }) => textsOf(file, value.locale, files))];
}

function missingCopy({ markets, patterns, copy, brokenCopy }: Folder): readonly Problem[] {
  return (markets?.value.markets ?? []).flatMap(({ id: locale }) => {
    const name = `copy/${locale}.yaml`;
    if (brokenCopy.includes(name)) return [];
    const part = copy.find(({ value }) => value.locale === locale);
    if (!part) {
      return [
        {
          place: `${name}:1:1`,
          path: '',
          problem: `market ${locale} has no copy`,
          mend: `create ${name} with a text for each pattern`,
        },
      ];
    }
    return (patterns?.value.patterns ?? []).flatMap(({ id }) =>
      CAPABILITIES.filter((capability) => part.value.copy[id]?.[capability] === undefined).map((capability) =>
        problemAt(
          part.file,
          ['copy', id],
          `pattern ${id} has no ${capability} text in ${locale}`,
          `add "${capability}:" with its text`,
        ),
      ),
    );
  });
}

interface Text {
  readonly file: YamlFile;
  readonly path: readonly PropertyKey[];
  readonly source: string;
  readonly capability: Capability;
  readonly slots: Readonly<Record<string, SlotType>>;
  readonly market: Market | undefined;
}

function textsOf(file: YamlFile, locale: string, { markets, patterns, copy }: Folder): readonly Problem[] {
  const part = copy.find((each) => each.file === file);
  const market = markets?.value.markets.find(({ id }) => id === locale);
  return Object.entries(part?.value.copy ?? {}).flatMap(([pattern, texts]) => {
    const slots = patterns?.value.patterns.find(({ id }) => id === pattern)?.slots;
    return CAPABILITIES.flatMap((capability) => {
      const source = texts[capability];
      const path = ['copy', pattern, capability];
      if (source === undefined) return [];
      const syntax = syntaxOf(file, path, source);
      if (syntax || !slots) return syntax ?? [];
      return problemsOf({ file, path, source, capability, slots, market });
    });
  });
}

function syntaxOf(file: YamlFile, path: readonly PropertyKey[], source: string): readonly Problem[] | null {
  const read = readCopySource(source);
  if (read.ok) return null;
  const mend = 'correct the MessageFormat 2 text; a slot is written {$name}';
  return [
    {
      place: placeInText(file, path, read.offset),
      path: formatPath(path),
      problem: `not valid MessageFormat 2: ${read.problem}`,
      mend,
    },
  ];
}

function problemsOf(text: Text): readonly Problem[] {
  const { file, path, source, capability, slots, market } = text;
  const read = readCopySource(source);
  if (!read.ok) return [];
  const at = (variable: string, problem: string, mend: string): Problem => ({
    place: placeInText(file, path, Math.max(0, source.indexOf(`$${variable}`))),
    path: formatPath(path),
    problem,
    mend,
  });
  const unknown = read.variables
    .filter((name) => !Object.hasOwn(slots, name))
    .map((name) => at(name, `{$${name}} is not a slot of the pattern`, suggest(name, Object.keys(slots))));
  const links = read.variables.filter((name) => slots[name] === 'link');
  const linking =
    capability === 'no-link'
      ? links.map((name) => at(name, `a no-link text cannot carry {$${name}}`, 'name the next step in words'))
      : links.length === 0
        ? [problemAt(file, path, 'a link text has no link', 'add {$link} where the link belongs')]
        : links
            .filter((name) => !standsAlone(source, name))
            .map((name) => at(name, `{$${name}} touches other text`, 'leave a blank on both sides'));
  const empty = read.variables
    .filter((name) => Object.hasOwn(slots, name) && slots[name] !== 'link' && market && !Object.hasOwn(market.values, name))
    .map((name) =>
      at(name, `{$${name}} has no value in market ${market?.id}`, `add ${name} to the values of ${market?.id} in markets.yaml`),
    );
  const found = [...unknown, ...linking, ...empty];
  return found.length > 0 || !market ? found : rendered(text, market);
}

/** What is left shows in a trial: unknown functions, values that do not fit, an empty text. */
function rendered({ file, path, source, slots, market: given, capability }: Text, market: Market): readonly Problem[] {
  if (!given || Object.entries(market.values).some(([name, { type }]) => Object.hasOwn(slots, name) && slots[name] !== type))
    return [];
  const link = capability === 'link' ? 'https://example.invalid/' : null;
  const rendering = renderCopy({ source, slots, market, link });
  return rendering.ok ? [] : [problemAt(file, path, `the text cannot be rendered: ${rendering.problem}`, 'correct the text')];
}

/** A link that touches a full stop would be tapped with the full stop. */
function standsAlone(source: string, name: string): boolean {
  return source.split(/\s+/u).includes(`{$${name}}`);
}
