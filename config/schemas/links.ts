import { z } from 'zod';
import { fitting } from '../shape.ts';
import { text } from './fields.ts';

const parameter = z.strictObject({
  name: fitting(/^[a-z][a-z0-9_]*$/, 'a parameter name in lower case, such as utm_source').meta({
    description: 'The name of the parameter. utm_source, utm_medium, utm_campaign and utm_content are needed.',
    examples: ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'],
  }),
  value: text.meta({
    description:
      'Literal and lower case. Placeholders that we fill: {source}, {market}, {pattern}, {version}. No macros of a platform.',
    examples: ['{source}', 'paid', 'first-comment-{market}', 'fc_{pattern}_{version}'],
  }),
});

export const linksSchema = z
  .strictObject({
    parameters: z
      .array(parameter)
      .min(1)
      .meta({ description: "The parameters that follow the landing page's own, in this order." }),
    keyParameter: fitting(/^[a-z][a-z0-9_]*$/, 'a parameter name in lower case, such as fcid').meta({
      description: 'The parameter that carries the key of the post or media that the comment stands under.',
      examples: ['fcid'],
    }),
    sources: z
      .strictObject({
        'facebook-post': text.meta({ description: 'What {source} stands for under Facebook posts.', examples: ['facebook'] }),
        'instagram-media': text.meta({ description: 'What {source} stands for under Instagram media.', examples: ['instagram'] }),
      })
      .meta({ description: 'What {source} stands for.' }),
  })
  .meta({
    title: 'links.yaml',
    description: 'How links are built: the landing page of the ad plus these parameters. Nobody types a link by hand.',
  });
