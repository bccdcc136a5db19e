import { z } from 'zod';
import { MULTI_COUNTRY, MULTI_LANGUAGE } from '../../domain/brand.ts';
import { fitting } from '../shape.ts';
import { id, patternId, platform, severity, text } from './fields.ts';

const account = z
  .strictObject({
    platform,
    accountId: fitting(/^act_\d{1,20}$/, 'the ad account with its prefix, such as act_100200').meta({
      description: 'The ad account as the ads manager shows it, with act_ before the digits.',
      examples: ['act_100200'],
    }),
    name: text.meta({ description: 'What people call this account.', examples: ['Brightloom EU'] }),
  })
  .meta({ description: 'One ad account of the brand.' });

const patternChoice = z
  .strictObject({
    default: patternId.meta({ description: 'The pattern of every ad for which no rule below fits.' }),
    byCampaign: z
      .array(
        z.strictObject({
          campaignName: text.meta({
            description: 'The name of a campaign; * stands for anything. Capitals count. Put it in quotes.',
            examples: ['*_LAUNCH_*', 'DE_*'],
          }),
          pattern: patternId,
        }),
      )
      .default([])
      .meta({ description: "Rules by the campaign's name. The first one that fits wins." }),
  })
  .meta({ description: 'Which pattern an ad gets.' });

const policy = z
  .strictObject({
    commentPausedAds: z
      .strictObject({
        pipeline: z.boolean().meta({ description: 'When a pipeline starts the run of a new ad.' }),
        backfill: z.boolean().meta({ description: 'When a whole account is brought under cover.' }),
      })
      .default({ pipeline: true, backfill: false })
      .meta({ description: 'Whether ads that do not run now (paused, with issues, billing) may be commented.' }),
    multiCountry: z.enum(MULTI_COUNTRY).default('skip').meta({
      description:
        "What becomes of an ad set that targets several countries: skip leaves it alone, landing-market comments it for the landing page's market.",
    }),
    multiLanguage: z.enum(MULTI_LANGUAGE).default('skip').meta({
      description:
        'What becomes of an ad that speaks several languages: skip leaves it alone, default-language comments it in the language that everybody else reads.',
    }),
    severities: z
      .record(
        z.string(),
        z.strictObject({
          brand: severity.optional().meta({ description: 'For all markets that are not named below.' }),
          markets: z
            .record(z.string(), severity)
            .optional()
            .meta({ description: 'For single markets, by their id.', examples: [{ 'it-IT': 'hold' }] }),
        }),
      )
      .default({})
      .meta({
        description:
          'How strict the soft rules are, by the id of the rule. Hard rules cannot be changed. See docs/guardrails.md.',
        examples: [{ 'first-in-thread': { brand: 'note' } }],
      }),
  })
  .meta({ description: 'What the brand decides itself.' });

export const brandSchema = z
  .strictObject({
    id: id.meta({
      description:
        "The brand's short name in keys and links. Never change it once comments are out: their keys are made from it.",
      examples: ['brightloom'],
    }),
    name: text.meta({ description: "The brand's name as people write it.", examples: ['Brightloom'] }),
    accounts: z.array(account).min(1).meta({
      description:
        'The ad accounts of the brand. An ad of any other account is refused before anything is asked of the platform.',
    }),
    patternChoice,
    policy,
  })
  .meta({
    title: 'brand.yaml',
    description: 'Who the brand is, which ad accounts it runs, which pattern an ad gets, and how strict the soft rules are.',
  });
