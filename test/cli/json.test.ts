import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { runCli } from './run-cli.ts';

// A mistake in the environment ends every command before it does anything: enough to see what it prints, and where.

const MISTAKE = { FIRST_COMMENT_TEMPORAL_PORT: 'seventy' };

/** Every command with the least that it must be given, as a user types it. */
function commands(parent: Command = createProgram(() => undefined), path: readonly string[] = []): string[][] {
  return parent.commands.flatMap((command) => {
    const words = [...path, command.name()];
    if (command.commands.length > 0) return commands(command, words);
    // Who orders and why are asked for by the program itself, both at once; the help says that they are required.
    const needed = command.options.filter((option) => option.mandatory || option.description.endsWith('(required)'));
    const options = needed.flatMap((option) => [option.long ?? '', option.argChoices?.[0] ?? 'x']);
    const values = command.registeredArguments.filter((argument) => argument.required).map(() => 'x');
    return [[...words, ...values, ...options]];
  });
}

test.concurrent.for(commands().map((words) => words.join(' ')))('--json may stand before and after: %s', async (line) => {
  const words = line.split(' ');
  for (const args of [
    ['--json', ...words],
    [...words, '--json'],
  ]) {
    const { code, stdout, stderr } = await runCli(args, MISTAKE);
    expect(code, stderr).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'users-mistake', error: expect.stringContaining('TEMPORAL_PORT') });
    expect(stderr).toBe('');
  }
});

test.concurrent.for(['--help', 'help', 'copy --help', 'run --help'])('%s shows help and succeeds', async (line) => {
  const { code, stdout } = await runCli(line.split(' '), MISTAKE);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: first-comment');
});

test('words that the command line does not know are one JSON value too when --json is asked for', async () => {
  for (const args of [
    ['frobnicate', '--json'],
    ['--json', 'run'],
    ['worker', '--json', '--health-port', 'x'],
  ]) {
    const { code, stdout } = await runCli(args, MISTAKE);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'users-mistake', error: expect.any(String) });
  }
});
