import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../exit.ts';
import type { RunCommand } from '../run-command.ts';
import { readStackFile } from '../stack-file.ts';
import { sandboxSecretReader } from '../start/secrets.ts';
import { firstUnhandled } from '../unhandled.ts';
import { stopRequested } from '../wait-for-stop.ts';

/** `sandbox`: the platforms as we fear them, alone. */
export function addSandbox(program: Command, run: RunCommand): void {
  program
    .command('sandbox')
    .description('Serve the platform sandbox with the brand folder’s world until stopped')
    .option('--host <host>', 'address to listen on; anything but loopback is for containers', '127.0.0.1')
    .action((options: { host: string }) =>
      run(async (context) => {
        const { settings } = context;
        const unhandled = firstUnhandled();
        const { openSandbox } = await import('../start/open-sandbox.ts');
        const secret = sandboxSecretReader(settings.home, context.profile());
        const sandbox = await openSandbox({
          ...settings,
          host: options.host,
          secret,
          servedAt: readStackFile(settings.home)?.sandboxUrl ?? null,
          profile: context.profile(),
          stateDir: join(settings.home, 'sandbox'),
          onTakeOver: (says) => process.stderr.write(`${says}\n`),
        });
        const feed = `${sandbox.url}/feed`;
        process.stdout.write(
          context.json ? `${JSON.stringify({ url: sandbox.url, feed })}\n` : `sandbox  ${sandbox.url}\nfeed     ${feed}\n`,
        );
        try {
          await Promise.race([stopRequested(), unhandled]);
        } finally {
          await sandbox.close();
        }
        return EXIT.done;
      }),
    );
}
