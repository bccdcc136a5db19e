import { z } from 'zod';
import { digits, marketId, platform, text } from './fields.ts';

const speaksFor = marketId.meta({ description: 'The market that this identity speaks for. Each identity speaks for one.' });
const kind = 'A Facebook Page, or the professional Instagram account that is linked to one.';

const page = z
  .strictObject({
    platform,
    kind: z.literal('facebook-page').meta({ description: kind }),
    identityId: digits.meta({ description: "The Page's id: digits only, in quotes.", examples: ['4000001'] }),
    name: text.meta({ description: "The Page's name as people see it.", examples: ['Brightloom UK'] }),
    marketId: speaksFor,
  })
  .meta({ title: 'Facebook Page' });

const instagramAccount = z
  .strictObject({
    platform,
    kind: z.literal('instagram-account').meta({ description: kind }),
    identityId: digits.meta({
      description: 'The id of the Instagram account: digits only, in quotes. It is not the user name.',
      examples: ['17840000001'],
    }),
    name: text.meta({ description: 'The user name, without @.', examples: ['brightloom_uk'] }),
    marketId: speaksFor,
    linkedPageId: digits.meta({
      description: 'The id of the Page that the account is linked to. It must speak for the same market: its token is used.',
      examples: ['4000001'],
    }),
  })
  .meta({ title: 'Instagram account' });

export const identitiesSchema = z
  .strictObject({
    identities: z
      .array(z.discriminatedUnion('kind', [page, instagramAccount]))
      .min(1)
      .meta({ description: 'All Pages and Instagram accounts of the brand.' }),
  })
  .meta({
    title: 'identities.yaml',
    description: 'Who speaks: one Page and one Instagram account per market. Under posts of anybody else nothing is published.',
  });
