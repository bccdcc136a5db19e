import type { ExampleAd, ExampleAds } from '../../config/example-ads.ts';
import { formatAd } from '../../domain/ad.ts';
import type { RunState } from '../../workflows/messages.ts';

/** One ad of the example beside what it should have ended as. */
export interface Checked {
  readonly ad: string;
  readonly asExpected: boolean;
  /** What was expected, in words. */
  readonly expected: string;
}

/** Holds the ends of all runs against what the example says; groups are judged as a whole. */
export function judgeExample(example: ExampleAds, ends: readonly RunState[]): readonly Checked[] {
  return example.ads.map((wanted, index) => {
    const end = ends[index];
    const ad = formatAd(wanted.ad);
    if (!end) return { ad, asExpected: false, expected: 'an end' };
    if (wanted.expected.kind === 'single') {
      const { run, surfaces, rule } = wanted.expected;
      const sides = Object.entries(surfaces);
      const fits = sides.every(([kind, outcome]) => outcomesOf(end, kind).join() === outcome);
      return {
        ad,
        asExpected: end.outcome === run && fits && (rule === null || isBlockedBy(end, rule)),
        expected: [rule ? `${run} by ${rule}` : run, ...sides.map(([kind, outcome]) => `${kind} ${outcome}`)].join(', '),
      };
    }
    const { group } = wanted.expected;
    return { ad, ...judgeGroup(example, group, ends, end) };
  });
}

function judgeGroup(example: ExampleAds, id: string, ends: readonly RunState[], end: RunState): Omit<Checked, 'ad'> {
  const group = example.groups.find((each) => each.id === id);
  if (!group) return { asExpected: false, expected: `group ${id}` };
  const members = ends.filter((_, index) => isOf(example.ads[index], id));
  const firsts = members.filter((member) => member.outcome === group.first).length;
  const rests = members.filter((member) => member.outcome === group.rest).length;
  const whole = firsts === 1 && rests === members.length - 1;
  return {
    asExpected: whole && (end.outcome === group.first || end.outcome === group.rest),
    expected: `one of ${id} ${group.first}, the rest ${group.rest}`,
  };
}

function isOf(ad: ExampleAd | undefined, group: string): boolean {
  return ad?.expected.kind === 'group' && ad.expected.group === group;
}

function isBlockedBy(end: RunState, rule: string): boolean {
  return end.surfaces.some(({ rules }) => rules.some((each) => each.rule === rule && each.verdict === 'block'));
}

function outcomesOf(end: RunState, kind: string): readonly (string | null)[] {
  return end.surfaces.filter(({ surface }) => surface.kind === kind).map(({ outcome }) => outcome);
}
