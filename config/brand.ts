import type { Brand, Copy, CopyApproval, Identity } from '../domain/brand.ts';
import { CAPABILITIES } from '../domain/capability.ts';
import { copyHash } from '../domain/copy/hash.ts';
import { canonicalJson, sha256Hex } from '../domain/hash.ts';
import { checkApprovals } from './checks/approvals.ts';
import { checkConnections } from './checks/connections.ts';
import { checkCopy } from './checks/copy.ts';
import { checkIdentities } from './checks/identities.ts';
import { checkLinks } from './checks/links.ts';
import { checkMarkets } from './checks/markets.ts';
import { checkReferences } from './checks/references.ts';
import { checkSeverities } from './checks/severities.ts';
import { checkValues } from './checks/values.ts';
import { type Folder, isFolder, noFolder, readFolder } from './folder.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { placeOf } from './yaml-file.ts';

export type LoadedBrand =
  | { readonly ok: true; readonly brand: Brand }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const CHECKS: readonly ((files: Folder) => readonly Problem[])[] = [
  checkReferences,
  checkIdentities,
  checkMarkets,
  checkValues,
  checkCopy,
  checkLinks,
  checkApprovals,
  checkSeverities,
  checkConnections,
];

/** All that a folder holds: what could be read, what is wrong, and the brand when nothing is. */
export interface Inspection {
  /** `null` when there is no such folder. */
  readonly files: Folder | null;
  /** In the order of files and lines. */
  readonly problems: readonly Problem[];
  readonly brand: Brand | null;
  /** Enough of a folder with mistakes to look at its texts; never to judge or publish by. `null` when it is not. */
  readonly sketch: Brand | null;
}

/** Reads and checks a brand folder. All mistakes of all files come back together. */
export function inspectBrand(folder: string): Inspection {
  if (!isFolder(folder)) return { files: null, brand: null, sketch: null, problems: [noFolder(folder)] };
  const { files, problems } = readFolder(folder);
  const all = [...problems, ...CHECKS.flatMap((check) => check(files))];
  if (all.length > 0) return { files, problems: inReadingOrder(all), brand: null, sketch: sketchOf(files) };
  const content = assemble(files);
  if (!content) throw new Error(`The brand folder ${folder} has no problems, yet a file of it is missing. This is a defect.`);
  const whole = { ...content, digest: digestOf(content) };
  return { files, problems: [], brand: whole, sketch: whole };
}

/** The brand of a folder, or all its mistakes. */
export function loadBrand(folder: string): LoadedBrand {
  const { brand, problems } = inspectBrand(folder);
  return brand ? { ok: true, brand } : { ok: false, problems };
}

type Content = Omit<Brand, 'digest'>;

/** Files on which no text depends are taken as empty; a market whose texts cannot be read is left out. */
function sketchOf(files: Folder): Brand | null {
  const { markets, approvals, connections } = files;
  const content = assemble({
    ...files,
    approvals: approvals ?? (markets && { ...markets, value: { approvals: [] } }),
    connections: connections ?? (markets && { ...markets, value: { profiles: {} } }),
  });
  if (!content) return null;
  const readable = content.markets.filter(({ id }) => !files.brokenCopy.includes(`copy/${id}.yaml`));
  return { ...content, markets: readable, digest: '' };
}

function assemble({ brand, identities, markets, patterns, links, approvals, connections, copy }: Folder): Content | null {
  if (!brand || !identities || !markets || !patterns || !links || !approvals || !connections) return null;
  const { id, name, accounts, patternChoice, policy } = brand.value;
  return {
    id,
    name,
    accounts,
    patternChoice,
    identities: identities.value.identities.map(
      (identity): Identity => ({
        ...identity,
        linkedPageId: identity.kind === 'instagram-account' ? identity.linkedPageId : null,
      }),
    ),
    markets: markets.value.markets,
    patterns: patterns.value.patterns,
    copy: copy.flatMap(({ file, value }) =>
      Object.entries(value.copy).flatMap(([patternId, texts]) =>
        CAPABILITIES.flatMap((capability): readonly Copy[] => {
          const source = texts[capability];
          const slots = patterns.value.patterns.find((pattern) => pattern.id === patternId)?.slots;
          if (source === undefined || !slots) return [];
          const place = placeOf(file, ['copy', patternId, capability]);
          return [
            { patternId, locale: value.locale, version: texts.version, capability, source, hash: copyHash(source, slots), place },
          ];
        }),
      ),
    ),
    approvals: approvals.value.approvals.map(
      ({ pattern, expiresAt, ...rest }): CopyApproval => ({ ...rest, patternId: pattern, expiresAt: expiresAt ?? null }),
    ),
    link: links.value,
    policy: { ...policy, severities: withoutGaps(policy.severities) },
    profiles: Object.fromEntries(
      Object.entries(connections.value.profiles).map(([key, profile]) => [key, { name: key, ...profile }]),
    ),
  };
}

type Severities = Brand['policy']['severities'];
type ChosenSeverities = NonNullable<Folder['brand']>['value']['policy']['severities'];

function withoutGaps(severities: ChosenSeverities): Severities {
  return Object.fromEntries(
    Object.entries(severities).map(([rule, { brand, markets }]) => [
      rule,
      { ...(brand ? { brand } : {}), ...(markets ? { markets } : {}) },
    ]),
  );
}

/** Over what was loaded, so that comments and blanks do not count; places are left out, they move with every line. */
function digestOf(content: Content): string {
  return sha256Hex(canonicalJson({ ...content, copy: content.copy.map(({ place: _, ...copy }) => copy) }));
}
