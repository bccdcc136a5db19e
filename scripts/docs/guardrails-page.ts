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

A post or media on which the ad is not shown with a thread (stories, the right column, a network that the ad set leaves out) is no
surface of the ad and is never judged. Some things end a surface before any rule is asked: a Page or account that is none of the
brand's (\`blocked\`), a partner's post in a partnership ad, an Instagram account that only stands in for a Page, a surface that the
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
