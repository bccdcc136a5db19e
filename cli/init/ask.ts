import type { Readable, Writable } from 'node:stream';
import { intro, isCancel, text } from '@clack/prompts';
import { type Answers, accountId, checkAccount, checkHost, checkMarkets, checkName, splitMarkets } from './answers.ts';

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

interface Question {
  readonly message: string;
  readonly placeholder: string;
  /** Whether an empty answer leaves a placeholder in the folder. */
  readonly optional: boolean;
  readonly check: (answer: string | undefined) => string | undefined;
}

/** Asks for what the flags did not say. `null` when the user gave up. */
export async function askFor(given: Answers, terminal: Terminal): Promise<Answers | null> {
  intro('A starter folder for a new brand. Every answer can be changed in the files later.', { output: terminal.output });
  const name = given.name ?? (await ask(terminal, NAME));
  if (name === GAVE_UP) return null;
  const markets = given.markets ?? (await ask(terminal, MARKETS));
  if (markets === GAVE_UP) return null;
  const account = given.account ?? (await ask(terminal, ACCOUNT));
  if (account === GAVE_UP) return null;
  const host = given.host ?? (await ask(terminal, HOST));
  if (host === GAVE_UP) return null;
  return {
    name,
    markets: typeof markets === 'string' ? splitMarkets(markets) : markets,
    account: account === null ? null : accountId(account),
    host,
  };
}

const NAME: Question = {
  message: "What is the brand's name?",
  placeholder: 'Brightloom',
  optional: false,
  check: checkName,
};
const MARKETS: Question = {
  message: 'Which markets? Language and country, with commas between them.',
  placeholder: 'en-GB, de-DE, fr-FR',
  optional: false,
  check: checkMarkets,
};
const ACCOUNT: Question = {
  message: 'Which ad account? Leave it empty if you do not know it yet.',
  placeholder: 'act_100200',
  optional: true,
  check: checkAccount,
};
const HOST: Question = {
  message: 'On which host are the landing pages? Leave it empty if you do not know it yet.',
  placeholder: 'www.example.com',
  optional: true,
  check: checkHost,
};

const GAVE_UP: unique symbol = Symbol('gave up');

async function ask(
  terminal: Terminal,
  { message, placeholder, optional, check }: Question,
): Promise<string | null | typeof GAVE_UP> {
  const answer = await text({
    ...terminal,
    message,
    placeholder,
    validate: (value) => (optional && (value ?? '').trim() === '' ? undefined : check(value)),
  });
  if (isCancel(answer)) return GAVE_UP;
  return (answer ?? '').trim() === '' ? null : answer.trim();
}
