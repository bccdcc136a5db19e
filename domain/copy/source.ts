import { MessageSyntaxError, parseMessage, validate } from 'messageformat';

/** What a MessageFormat 2 source needs and whether it can be read at all. */
export type CopySource =
  | { readonly ok: true; readonly variables: readonly string[]; readonly functions: readonly string[] }
  /** `offset` counts UTF-16 units from the source's start. */
  | { readonly ok: false; readonly problem: string; readonly offset: number };

const WORDS: Readonly<Record<string, string>> = {
  'parse-error': 'something stands here that MessageFormat 2 does not know',
  'missing-syntax': 'a closing brace or a blank is missing',
  'extra-content': 'there is text after the end of the message',
  'bad-escape': 'only \\{, \\}, \\| and \\\\ may follow a backslash',
  'empty-token': 'a name or a value is missing',
  'missing-fallback': 'the variants need one that fits everything (*)',
};

/** Reads a MessageFormat 2 source: the variables and functions it names, sorted, or the first mistake. */
export function readCopySource(source: string): CopySource {
  try {
    const { variables, functions } = validate(parseMessage(source));
    return { ok: true, variables: [...variables].sort(), functions: [...functions].sort() };
  } catch (error) {
    if (!(error instanceof MessageSyntaxError)) throw error;
    return { ok: false, problem: WORDS[error.type] ?? error.type.replaceAll('-', ' '), offset: Math.max(0, error.start) };
  }
}
