import type { Guardrail } from '../../domain/guardrail.ts';
import { GUARDRAILS } from '../../domain/rules/index.ts';

const HEAD = `# Guardrails

<!-- Written by \`npm run docs:guardrails\` from domain/rules. Change the rules, not this page. -->

A guardrail is a named rule. It looks at the recorded facts of one surface and at the brand folder, at nothing else, and says
whether it is kept. The same facts give the same answer at any time. The facts, the answers and the evidence stay in the ledger;
\`first-comment explain AD\` prints them.

A rule that is kept answers \`pass\`. A breach answers with the rule's severity:

| verdict | what follows |
|---|---|
| \`note\` | nothing; it is written down |
| \`hold\` | the run waits for a person, up to 7 days (\`holdExpiresMs\`); nobody's word means \`blocked\` |
| \`block\` | nothing is published on this surface; its outcome is the worst that a blocking rule leads to |

It fails closed: a rule that cannot be checked blocks, and facts that the platform leaves out are a \`hold\`, whatever the
severity. **Hard** rules can be neither lowered nor waived. The severity of a **soft** rule can be chosen in \`brand.yaml\` (\`policy.severities\`), for the brand or for single markets, down to its mildest one.

**Placement** is decided before the rules, when the ad is resolved ([domain/placements.ts](../domain/placements.ts)). A post or media
on which the ad is not shown with a thread – stories, the right column, a network that the ad set leaves out – is no surface of the
ad and is never judged. One on which it is shown but where nothing can be written – deleted, a variant of which nobody knows the
post, a partner's – is a surface that ends as \`not-commentable\`, so such a run is not \`visible\` because of its other side. Both stay
with the resolution in the ledger; the run's details, \`first-comment status AD\` and \`first-comment explain AD\` say which and why:

| it reads | it means |
|---|---|
| \`not a surface of this ad: Instagram media 179…: the ad is not shown on Instagram …\` | nobody reads this ad there; it changes no outcome |
| \`not a surface of this ad: a catalogue ad is put together for each viewer …\` | there is no post or media at all; without another surface the run ends as \`not-commentable\` |
| \`cannot be commented: Instagram media 179…: media 179… is gone …\` (in \`explain\`; elsewhere among the surfaces) | people see the ad there, and we cannot write; the run ends as \`not-commentable\` |

Some things end a surface before any rule is asked: a Page or account that is none of the brand's (\`blocked\`), a partner's post in a
partnership ad, or one of which nobody says whose it is, an Instagram account that only stands in for a Page, a surface that the
platform no longer knows (\`not-commentable\`), and a read that it refuses for good (\`refused\`).

## The rules, in the order in which they are read
`;

/** The page about the guardrails, made from the rules. */
export function guardrailsPage(): string {
  const table = [
    '| rule | protects | kind | a breach is | mildest choice | outcome when blocked |',
    '|---|---|---|---|---|---|',
    ...GUARDRAILS.map(row),
  ];
  return `${HEAD}\n${table.join('\n')}\n`;
}

function row({ id, protects, hard, severity, mildest, leadsTo }: Guardrail): string {
  const choice = hard ? '–' : `\`${mildest ?? 'note'}\``;
  return `| \`${id}\` | ${protects.replaceAll('|', '\\|')} | ${hard ? 'hard' : 'soft'} | \`${severity}\` | ${choice} | \`${leadsTo}\` |`;
}
