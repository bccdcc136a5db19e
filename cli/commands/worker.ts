import { type Command, InvalidArgumentError } from 'commander';
import type { RunCommand } from '../run-command.ts';

/** `worker`: carries runs until it is told to stop. */
export function addWorker(program: Command, run: RunCommand): void {
  program
    .command('worker')
    .description('Carry runs until stopped (SIGINT or SIGTERM); what is under way is finished first')
    .option('--health-port <port>', 'serve /live and /ready there', portFrom)
    .option('--metrics <address>', 'serve Prometheus metrics there, for example 0.0.0.0:9464')
    .action((options: { healthPort?: number; metrics?: string }) =>
      run(async (context) => {
        const { carryRuns } = await import('../carry-runs.ts');
        return carryRuns(context, options);
      }),
    );
}

function portFrom(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('write a port number, 0 to 65535.');
  return port;
}
