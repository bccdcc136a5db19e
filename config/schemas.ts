import type { z } from 'zod';
import type { approvalsSchema } from './schemas/approvals.ts';
import type { copySchema } from './schemas/copy.ts';

/** The shapes of the brand folder's files. Strict everywhere: a key that nobody reads is a mistake, not a comment. */
export { approvalsSchema } from './schemas/approvals.ts';
export { brandSchema } from './schemas/brand.ts';
export { connectionsSchema } from './schemas/connections.ts';
export { copySchema } from './schemas/copy.ts';
export { identitiesSchema } from './schemas/identities.ts';
export { linksSchema } from './schemas/links.ts';
export { marketsSchema } from './schemas/markets.ts';
export { patternsSchema } from './schemas/patterns.ts';

export type CopyFile = z.infer<typeof copySchema>;
export type ApprovalsFile = z.infer<typeof approvalsSchema>;
