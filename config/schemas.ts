import { z } from 'zod';
import { PLATFORMS } from '../domain/ad.ts';
import { CAPABILITIES } from '../domain/capability.ts';
import { isAmount, isDay } from '../domain/copy/slot.ts';
import { fitting } from './shape.ts';

/** The shapes of the brand folder's files. Strict everywhere: a key that nobody reads is a mistake, not a comment. */

const id = fitting(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single dashes, such as next-step');
const marketId = fitting(/^[a-z]{2,3}-[A-Z]{2}$/, 'language and country, such as fr-FR');
const digits = fitting(/^\d{1,20}$/, 'the id as the platform shows it: digits only, in quotes');
const accountId = fitting(/^act_\d{1,20}$/, 'the ad account with its prefix, such as act_100200');
const host = fitting(
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  'a host name in lower case without scheme, port or path, such as www.example.com',
);
const pathPrefix = fitting(/^\/([^?#\s]*\/)?$/, 'a path that starts and ends with a slash, such as /fr-fr/');
const text = fitting(/\S/, 'at least one letter');
const slotName = fitting(/^[a-z][A-Za-z0-9]*$/, 'a name such as returnDays');
const instant = fitting(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/, "a UTC time such as '2026-11-16T09:30:00Z'").refine(
  (value) => !Number.isNaN(Date.parse(value)),
  { error: 'write a time that exists' },
);
const envName = fitting(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable, such as META_APP_SECRET');
const severity = z.enum(['note', 'hold', 'block']);
const platform = z.enum(PLATFORMS);
const capability = z.enum(CAPABILITIES);
const version = z.int().min(1);

export const brandSchema = z.strictObject({
  id,
  name: text,
  accounts: z.array(z.strictObject({ platform, accountId, name: text })).min(1),
  patternChoice: z.strictObject({
    default: id,
    byCampaign: z.array(z.strictObject({ campaignName: text, pattern: id })).default([]),
  }),
  policy: z.strictObject({
    commentPausedAds: z
      .strictObject({ pipeline: z.boolean(), backfill: z.boolean() })
      .default({ pipeline: true, backfill: false }),
    severities: z
      .record(z.string(), z.strictObject({ brand: severity.optional(), markets: z.record(z.string(), severity).optional() }))
      .default({}),
  }),
});

export const identitiesSchema = z.strictObject({
  identities: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ platform, kind: z.literal('facebook-page'), identityId: digits, name: text, marketId }),
        z.strictObject({
          platform,
          kind: z.literal('instagram-account'),
          identityId: digits,
          name: text,
          marketId,
          linkedPageId: digits,
        }),
      ]),
    )
    .min(1),
});

const slotValue = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text }),
  z.strictObject({
    type: z.literal('money'),
    amount: z.string().refine(isAmount, { error: "write a decimal amount, such as '149.00'" }),
  }),
  z.strictObject({
    type: z.literal('date'),
    day: z.string().refine(isDay, { error: "write a day that exists, such as '2026-12-31'" }),
  }),
]);

export const marketsSchema = z.strictObject({
  markets: z
    .array(
      z.strictObject({
        id: marketId,
        country: fitting(/^[A-Z]{2}$/, 'a country code of two capital letters, such as FR'),
        language: fitting(/^[a-z]{2,3}$/, 'a language code in lower case, such as fr'),
        currency: fitting(/^[A-Z]{3}$/, 'a currency code of three capital letters, such as EUR'),
        landing: z.array(z.strictObject({ host, pathPrefix })).min(1),
        values: z.record(slotName, slotValue).default({}),
      }),
    )
    .min(1),
});

export const patternsSchema = z.strictObject({
  patterns: z
    .array(
      z.strictObject({
        id,
        purpose: z.enum(['who-speaks', 'next-step', 'what-the-offer-is']),
        slots: z.record(slotName, z.enum(['text', 'money', 'date', 'link'])).default({}),
      }),
    )
    .min(1),
});

export const copySchema = z.strictObject({
  locale: marketId,
  copy: z.record(id, z.strictObject({ version, link: text.optional(), 'no-link': text.optional() })),
});

export const linksSchema = z.strictObject({
  parameters: z
    .array(
      z.strictObject({ name: fitting(/^[a-z][a-z0-9_]*$/, 'a parameter name in lower case, such as utm_source'), value: text }),
    )
    .min(1),
  keyParameter: fitting(/^[a-z][a-z0-9_]*$/, 'a parameter name in lower case, such as fcid'),
  sources: z.strictObject({ 'facebook-post': text, 'instagram-media': text }),
});

export const approvalsSchema = z.strictObject({
  approvals: z.array(
    z.strictObject({
      pattern: id,
      locale: marketId,
      version,
      capability,
      hash: fitting(/^[0-9a-f]{64}$/, 'the 64 digits that `first-comment copy list` prints'),
      approvedBy: text,
      approvedAt: instant,
      expiresAt: instant.optional(),
    }),
  ),
});

export const connectionsSchema = z.strictObject({
  profiles: z.record(
    id,
    z.strictObject({
      meta: z.strictObject({
        baseUrl: fitting(/^https?:\/\/[^/?#\s@]+$/, 'scheme and host without a path, such as https://graph.facebook.com'),
        graphVersion: fitting(/^v\d+\.\d+$/, 'a Graph API version, such as v26.0'),
        appId: digits,
        appSecretEnv: envName,
        systemUserTokenEnv: envName,
        sendAdIdOnInstagram: z.boolean().default(true),
      }),
      timingScale: z.number().positive().default(1),
    }),
  ),
});

export type BrandFile = z.infer<typeof brandSchema>;
export type IdentitiesFile = z.infer<typeof identitiesSchema>;
export type MarketsFile = z.infer<typeof marketsSchema>;
export type PatternsFile = z.infer<typeof patternsSchema>;
export type CopyFile = z.infer<typeof copySchema>;
export type LinksFile = z.infer<typeof linksSchema>;
export type ApprovalsFile = z.infer<typeof approvalsSchema>;
export type ConnectionsFile = z.infer<typeof connectionsSchema>;
