import { z } from 'zod';
import { isAmount, isDay } from '../../domain/copy/slot.ts';
import { fitting } from '../shape.ts';
import { marketId, slotName, text } from './fields.ts';

const slotValue = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('text'),
      text: text.meta({ description: 'Stands in the comment as it is.', examples: ['60'] }),
    }),
    z.strictObject({
      type: z.literal('money'),
      amount: z
        .string()
        .refine(isAmount, { error: "write a decimal amount, such as '149.00'" })
        .meta({
          description:
            "An amount in the market's currency, with a point and in quotes. It is written as people of the market write it.",
          examples: ['149.00'],
        }),
    }),
    z.strictObject({
      type: z.literal('date'),
      day: z
        .string()
        .refine(isDay, { error: "write a day that exists, such as '2026-12-31'" })
        .meta({
          description: 'A day: year, month, day, in quotes. It is written as people of the market write it.',
          examples: ['2026-12-31'],
        }),
    }),
  ])
  .meta({ description: 'The value of one slot, of the type that patterns.yaml gives the slot.' });

const landing = z.strictObject({
  host: fitting(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'a host name in lower case without scheme, port or path, such as www.example.com',
  ).meta({
    description: 'The host, compared exactly: www.example.com and example.com are two hosts.',
    examples: ['www.brightloom.example'],
  }),
  pathPrefix: fitting(/^\/([^?#\s]*\/)?$/, 'a path that starts and ends with a slash, such as /fr-fr/').meta({
    description: "Where this market's pages begin. / alone means the whole host. No two markets may overlap.",
    examples: ['/fr-fr/', '/'],
  }),
});

const market = z.strictObject({
  id: marketId,
  country: fitting(/^[A-Z]{2}$/, 'a country code of two capital letters, such as FR').meta({
    description: 'The country that ads of this market target: ISO 3166, two capital letters. The United Kingdom is GB.',
    examples: ['FR'],
  }),
  language: fitting(/^[a-z]{2,3}$/, 'a language code in lower case, such as fr').meta({
    description: 'The language that people of this market are spoken to in: ISO 639, lower case.',
    examples: ['fr'],
  }),
  currency: fitting(/^[A-Z]{3}$/, 'a currency code of three capital letters, such as EUR').meta({
    description: 'The currency in which money is written: ISO 4217, three capital letters.',
    examples: ['EUR', 'GBP'],
  }),
  landing: z.array(landing).min(1).max(20, { error: 'list at most 20' }).meta({
    description: "Where this market's ads may lead. An ad that leads elsewhere gets no comment.",
  }),
  values: z
    .record(slotName, slotValue)
    .default({})
    .meta({
      description: "Values of the slots that this market's copy uses, by the name of the slot.",
      examples: [{ returnDays: { type: 'text', text: '60' }, price: { type: 'money', amount: '149.00' } }],
    }),
});

export const marketsSchema = z
  .strictObject({
    markets: z.array(market).min(1).max(300, { error: 'list at most 300' }).meta({ description: 'All markets of the brand.' }),
  })
  .meta({
    title: 'markets.yaml',
    description: 'A market is a country and a language: where its ads may lead, its currency, and the values its copy needs.',
  });
