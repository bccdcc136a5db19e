import { z } from 'zod';
import { fitting } from '../shape.ts';
import { digits, id } from './fields.ts';

const envName = fitting(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable, such as META_APP_SECRET');

const meta = z
  .strictObject({
    baseUrl: fitting(/^https?:\/\/[^/?#\s@]+$/, 'scheme and host without a path, such as https://graph.facebook.com').meta({
      description: 'Where the Graph API is. Only the profile named sandbox may speak plain http.',
      examples: ['https://graph.facebook.com'],
    }),
    graphVersion: fitting(/^v\d+\.\d+$/, 'a Graph API version, such as v26.0').meta({
      description: 'The version of the Graph API.',
      examples: ['v26.0'],
    }),
    appId: digits.meta({ description: 'The id of your app at Meta: digits only, in quotes.', examples: ['900100'] }),
    appSecretEnv: envName.meta({
      description: "The name of the environment variable with the app's secret. The secret itself never stands in a file.",
      examples: ['META_APP_SECRET'],
    }),
    systemUserTokenEnv: envName.meta({
      description: "The name of the environment variable with the system user's token. The token itself never stands in a file.",
      examples: ['META_SYSTEM_USER_TOKEN'],
    }),
    sendAdIdOnInstagram: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether comments under Instagram media carry the id of the ad.' }),
  })
  .meta({ description: 'How to reach Meta.' });

export const connectionsSchema = z
  .strictObject({
    profiles: z
      .record(
        id,
        z.strictObject({
          meta,
          timingScale: z.number().positive().default(1).meta({
            description: 'Factor on every wait. Any profile but sandbox has to leave it at 1.',
          }),
        }),
      )
      .meta({ description: 'Named connection settings. FIRST_COMMENT_PROFILE picks one.' }),
  })
  .meta({
    title: 'connections.yaml',
    description: 'Where the platforms are, and the names of the secrets. Values of secrets come from the environment.',
  });
