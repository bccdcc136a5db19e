import { z } from 'zod';
import { fitting } from '../shape.ts';
import { capability, instant, marketId, patternId, text, version } from './fields.ts';

const approval = z.strictObject({
  pattern: patternId,
  locale: marketId.meta({ description: 'The market of the text.' }),
  version: version.meta({ description: 'The version of the text.' }),
  capability,
  hash: fitting(/^[0-9a-f]{64}$/, 'the 64 digits that `first-comment copy list` prints').meta({
    description:
      'What `first-comment copy list` prints for the text. It binds this very wording: change a letter, and it no longer fits.',
  }),
  approvedBy: text.meta({ description: 'Who approved it: a person or a role.', examples: ['Head of Brand, Brightloom'] }),
  approvedAt: instant.meta({ description: 'When, in UTC and in quotes.', examples: ['2026-11-16T09:30:00Z'] }),
  expiresAt: instant.optional().meta({
    description: 'From when on the text may not go out any more, in UTC and in quotes. May be left out.',
    examples: ['2026-12-31T23:00:00Z'],
  }),
});

export const approvalsSchema = z
  .strictObject({
    approvals: z
      .array(approval)
      .meta({ description: 'All approvals. A text without one is no mistake; it is only not published.' }),
  })
  .meta({ title: 'approvals.yaml', description: 'Who approved which text, and when.' });
