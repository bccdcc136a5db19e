import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { type AdRef, formatAd, parseAd } from '../domain/ad.ts';
import { OUTCOMES, type Outcome } from '../domain/outcome.ts';
import { GUARDRAIL_IDS } from '../domain/rules/index.ts';
import type { SurfaceKind } from '../domain/surface.ts';
import { suggest } from './did-you-mean.ts';
import type { Problem } from './problem.ts';
import { checkShape, fitting } from './shape.ts';
import { problemAt, readYaml, type YamlFile } from './yaml-file.ts';

/** How one ad of the example should end. */
export type Expected =
  | {
      readonly kind: 'single';
      readonly run: Outcome;
      /** Per kind of surface, where it is said. */
      readonly surfaces: Readonly<Partial<Record<SurfaceKind, Outcome>>>;
      /** The guardrail that blocks a surface, so that the right outcome is not there for a wrong reason; `null` where none does. */
      readonly rule: string | null;
    }
  /** Shares a surface with the other ads of its group. */
  | { readonly kind: 'group'; readonly group: string };

export interface ExampleAd {
  readonly ad: AdRef;
  readonly market: string;
  readonly shape: string;
  readonly expected: Expected;
  readonly reason: string;
  /** The scripted approval of a run that is held; `null` when nobody approves. */
  readonly approve: { readonly by: string; readonly why: string } | null;
  /** What becomes of the ad once its first run has covered it; it then runs again. `null` when it stays as it is. */
  readonly edit: AdEdit | null;
}

/** An edit of an ad, as a buyer makes it: the ad gets another creative, and with it another post. */
export interface AdEdit {
  readonly creative: string;
  readonly why: string;
}

/** Ads on one surface: exactly one ends as `first`, all others as `rest`. */
export interface ExampleGroup {
  readonly id: string;
  readonly first: Outcome;
  readonly rest: Outcome;
  readonly reason: string;
}

export interface ExampleAds {
  readonly ads: readonly ExampleAd[];
  readonly groups: readonly ExampleGroup[];
}

export type LoadedExampleAds =
  | ({ readonly ok: true } & ExampleAds)
  | { readonly ok: false; readonly problems: readonly Problem[] };

const text = fitting(/\S/, 'at least one letter');
const outcome = z.enum(OUTCOMES);
const schema = z.strictObject({
  groups: z.array(z.strictObject({ id: text, first: outcome, rest: outcome, reason: text })).default([]),
  ads: z
    .array(
      z.strictObject({
        ad: text,
        market: text,
        shape: text,
        expected: z
          .strictObject({
            run: outcome,
            surfaces: z.strictObject({ 'facebook-post': outcome.optional(), 'instagram-media': outcome.optional() }).default({}),
            rule: text.optional(),
          })
          .optional(),
        group: text.optional(),
        reason: text,
        approve: z.strictObject({ by: text, why: text }).optional(),
        edit: z.strictObject({ creative: text, why: text }).optional(),
      }),
    )
    .min(1),
});
type AdsFile = z.infer<typeof schema>;

/** Reads the example's ads and what each should end as. All mistakes come back together. */
export function loadExampleAds(path: string): LoadedExampleAds {
  const { file, problems } = readYaml(dirname(path), basename(path));
  if (!file) return { ok: false, problems };
  const shaped = checkShape(file, schema);
  const all = [...shaped.problems, ...(shaped.value ? problemsOf(file, shaped.value) : [])];
  if (all.length > 0 || !shaped.value) return { ok: false, problems: all };
  return { ok: true, groups: shaped.value.groups, ads: shaped.value.ads.flatMap(exampleAd) };
}

function exampleAd(written: AdsFile['ads'][number]): readonly ExampleAd[] {
  const { ad, expected, group, approve = null, edit = null, market, shape, reason } = written;
  const parsed = parseAd(ad);
  if (!parsed.ok) return [];
  const { 'facebook-post': facebook, 'instagram-media': instagram } = expected?.surfaces ?? {};
  const surfaces = {
    ...(facebook ? { 'facebook-post': facebook } : {}),
    ...(instagram ? { 'instagram-media': instagram } : {}),
  };
  const hope: Expected | null = expected
    ? { kind: 'single', run: expected.run, surfaces, rule: expected.rule ?? null }
    : group
      ? { kind: 'group', group }
      : null;
  return hope ? [{ ad: parsed.ad, market, shape, reason, expected: hope, approve, edit }] : [];
}

function problemsOf(file: YamlFile, { ads, groups }: AdsFile): readonly Problem[] {
  const ids = groups.map(({ id }) => id);
  const seen = new Set<string>();
  const single = ads.flatMap(({ ad, expected, group }, at) => {
    const path = ['ads', at] as const;
    const parsed = parseAd(ad);
    if (!parsed.ok) return [problemAt(file, [...path, 'ad'], parsed.problem, 'write it as meta/act_100200/23851234')];
    const found: Problem[] = [];
    if (seen.has(formatAd(parsed.ad)))
      found.push(problemAt(file, [...path, 'ad'], `${ad} is listed twice`, 'keep one of the two'));
    seen.add(formatAd(parsed.ad));
    if ((expected === undefined) === (group === undefined)) {
      found.push(
        problemAt(file, path, `${ad} needs either "expected" or "group"`, 'say how its own run ends, or which group it is in'),
      );
    }
    const rule = expected?.rule;
    if (rule !== undefined && !GUARDRAIL_IDS.includes(rule)) {
      found.push(problemAt(file, [...path, 'expected', 'rule'], `there is no rule ${rule}`, suggest(rule, GUARDRAIL_IDS)));
    }
    if (group !== undefined && !ids.includes(group)) {
      found.push(problemAt(file, [...path, 'group'], `there is no group ${group}`, suggest(group, ids)));
    }
    return found;
  });
  const small = groups.flatMap(({ id }, at) =>
    ads.filter(({ group }) => group === id).length < 2
      ? [problemAt(file, ['groups', at, 'id'], `group ${id} has fewer than two ads`, 'add its ads, or remove it')]
      : [],
  );
  return [...single, ...small];
}
