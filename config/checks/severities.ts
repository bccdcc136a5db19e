import { GUARDRAIL_IDS, GUARDRAILS } from '../../domain/rules/index.ts';
import type { Severity } from '../../domain/verdict.ts';
import { suggest } from '../did-you-mean.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt, problemAtKey } from '../yaml-file.ts';

const MILDEST_FIRST: readonly Severity[] = ['note', 'hold', 'block'];

/** Severities name soft rules, and none goes below what its rule allows. */
export function checkSeverities({ brand }: Folder): readonly Problem[] {
  if (!brand) return [];
  return Object.entries(brand.value.policy.severities).flatMap(([id, { brand: whole, markets = {} }]) => {
    const path = ['policy', 'severities', id] as const;
    const rule = GUARDRAILS.find((guardrail) => guardrail.id === id);
    if (!rule) return [problemAtKey(brand.file, path, `there is no rule ${id}`, suggest(id, GUARDRAIL_IDS))];
    if (rule.hard) return [problemAtKey(brand.file, path, `the rule ${id} is hard; no brand can change it`, 'remove it')];
    const mildest = rule.mildest ?? 'note';
    const chosen: readonly (readonly [readonly PropertyKey[], Severity | undefined])[] = [
      [[...path, 'brand'], whole],
      ...Object.entries(markets).map(([market, severity]) => [[...path, 'markets', market], severity] as const),
    ];
    return chosen.flatMap(([at, severity]) =>
      severity === undefined || MILDEST_FIRST.indexOf(severity) >= MILDEST_FIRST.indexOf(mildest)
        ? []
        : [
            problemAt(
              brand.file,
              at,
              `the rule ${id} cannot be as mild as ${severity}`,
              mildest === 'block' ? 'write block, or leave it out' : `write ${mildest} or block`,
            ),
          ],
    );
  });
}
