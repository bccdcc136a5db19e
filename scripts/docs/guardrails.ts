// `npm run docs:guardrails`: writes docs/guardrails.md from the rules themselves. A test compares the two.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guardrailsPage } from './guardrails-page.ts';

const file = join(dirname(dirname(import.meta.dirname)), 'docs', 'guardrails.md');
writeFileSync(file, guardrailsPage());
process.stdout.write('docs/guardrails.md\n');
