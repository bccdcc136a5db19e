import { z } from 'zod';
import { PLATFORMS } from '../../domain/ad.ts';
import { CAPABILITIES } from '../../domain/capability.ts';
import { fitting } from '../shape.ts';

/**
 * Fields that several files of the brand folder share. Descriptions and examples stand here and in the schemas beside this
 * file, once: the JSON Schemas for editors are made from them.
 */

export const id = fitting(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single dashes, such as next-step');

export const patternId = id.meta({ description: 'The id of a pattern in patterns.yaml.', examples: ['next-step'] });

export const marketId = fitting(/^[a-z]{2,3}-[A-Z]{2}$/, 'language and country, such as fr-FR').meta({
  description: 'Language and country of a market: the language in lower case, a dash, the country in capitals.',
  examples: ['en-GB', 'de-DE', 'fr-FR'],
});

export const digits = fitting(/^\d{1,20}$/, 'the id as the platform shows it: digits only, in quotes');

export const text = fitting(/\S/, 'at least one letter');

export const slotName = fitting(/^[a-z][A-Za-z0-9]*$/, 'a name such as returnDays');

export const severity = z.enum(['note', 'hold', 'block']).meta({
  description:
    'What happens when the rule is broken. note: it is written down and the run goes on. hold: the run waits for a person. block: nothing is published.',
});

export const platform = z.enum(PLATFORMS).meta({ description: 'The ad network.' });

export const capability = z.enum(CAPABILITIES).meta({
  description: 'link: the text with a link, under Facebook posts. no-link: the text without, under Instagram media.',
});

export const version = z
  .int()
  .min(1)
  .meta({
    description:
      'Counts up with every change of the text. It is part of the link, so clicks of old and new text can be told apart.',
    examples: [1],
  });

export const instant = fitting(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/, "a UTC time such as '2026-11-16T09:30:00Z'").refine(
  (value) => !Number.isNaN(Date.parse(value)),
  { error: 'write a time that exists' },
);
