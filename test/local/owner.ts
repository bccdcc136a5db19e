// A process that has a dev server, for tests that kill it. Arguments: state folder, port, UI port.
import { ensureTemporalServer } from '../../cli/local/temporal-server.ts';

const [stateDir = '', port, uiPort] = process.argv.slice(2);
const server = await ensureTemporalServer({
  stateDir,
  port: Number(port),
  uiPort: Number(uiPort),
  searchAttributes: { FcAd: 'Keyword' },
  onProgress: () => {},
});
process.stdout.write(`${JSON.stringify({ address: server.address, adopted: server.adopted })}\n`);
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
setInterval(() => {}, 60_000);
