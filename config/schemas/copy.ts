import { z } from 'zod';
import { id, marketId, text, version } from './fields.ts';

const texts = z.strictObject({
  version,
  link: text.optional().meta({
    description:
      'The text under Facebook posts, as MessageFormat 2. Slots are written {$name}. {$link} stands alone between blanks, best at the end.',
    examples: ['Brightloom here. This link opens our UK shop. {$link}'],
  }),
  'no-link': text.optional().meta({
    description:
      'The text under Instagram media, where nobody can tap a link: name the next step in words, such as the button on the ad.',
    examples: ['Brightloom here. The button on this ad opens our UK shop.'],
  }),
});

export const copySchema = z
  .strictObject({
    locale: marketId.meta({ description: 'The market of these texts. The file is named after it: copy/de-DE.yaml.' }),
    copy: z
      .record(id, texts)
      .meta({ description: 'The texts by the id of their pattern. Each pattern needs both texts in each market.' }),
  })
  .meta({
    title: 'copy/<market>.yaml',
    description: 'What the brand says in one market. A text goes out only when somebody approved exactly this wording.',
  });
