import { z } from 'zod';
import { id, slotName } from './fields.ts';

const slotType = z.enum(['text', 'money', 'date', 'link']).meta({
  description:
    "text: as it is. money: an amount in the market's currency. date: a day. link: the ad's own landing page with our parameters, filled by us.",
});

const pattern = z.strictObject({
  id: id.meta({ description: 'The short name of the pattern, used in brand.yaml, copy/ and links.', examples: ['next-step'] }),
  purpose: z.enum(['who-speaks', 'next-step', 'what-the-offer-is']).meta({
    description:
      'What the comment is for. who-speaks: it says who the brand is. next-step: it says what happens after the tap. what-the-offer-is: it says what an offer covers, what it does not, and until when.',
  }),
  slots: z
    .record(slotName, slotType)
    .default({})
    .meta({
      description: 'The places in the text that are filled per market, by name and type. In the text a slot is written {$name}.',
      examples: [{ returnDays: 'text', link: 'link' }],
    }),
});

export const patternsSchema = z
  .strictObject({
    patterns: z.array(pattern).min(1).meta({ description: 'All patterns of the brand. A few are enough.' }),
  })
  .meta({
    title: 'patterns.yaml',
    description: 'A pattern is a shape of first comment with a purpose. Its slots are typed; its texts stand in copy/.',
  });
