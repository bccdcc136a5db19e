import type { Brand } from '../../domain/brand.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** What may be meant as it is, yet deserves a look. The names are stable: pipelines may tell them apart by them. */
export const WARNINGS = [
  'placeholder',
  'no-identity',
  'never-chosen',
  'rule-never-wins',
  'approval-ends',
  'last-day',
  'approval-outlives-offer',
  'behind-the-fold',
  'unused-value',
  'unused-slot',
  'unread-file',
  'old-json-schema',
] as const;

export interface Warning extends Problem {
  readonly warning: (typeof WARNINGS)[number];
}

/** What a warning may look at. */
export interface Looked {
  /** The folder's path. */
  readonly folder: string;
  readonly files: Folder;
  /** `null` while the folder has mistakes. */
  readonly brand: Brand | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}
