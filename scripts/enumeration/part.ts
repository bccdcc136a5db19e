// One of the processes of `npm run enumeration`: plays every so-manyth cell, and tells its parent what it found.
import { parseArgs } from 'node:util';
import { enumerate, type Part } from '../../test/enumeration/enumerate.ts';
import { openTheatre } from '../../test/enumeration/theatre.ts';

const { values: given } = parseArgs({
  options: {
    database: { type: 'string', default: '' },
    part: { type: 'string', default: '0' },
    parts: { type: 'string', default: '1' },
    scenario: { type: 'string', multiple: true, default: [] },
    cell: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});

const EVERY = 250;
const theatre = await openTheatre(given.database, Number(given.part));
const found: Part = await enumerate(theatre, {
  scenarios: given.scenario,
  cell: given.cell,
  list: given.list,
  part: Number(given.part),
  parts: Number(given.parts),
  onPlayed: ({ id, breaches }, done, of) => {
    if (breaches.length > 0) process.stderr.write(`  broken: ${id}\n`);
    if (done % EVERY === 0 && !given.list) process.stderr.write(`  process ${Number(given.part) + 1}: ${done} of ${of} cells\n`);
  },
});
await theatre.close();
// Only when it has arrived: a process whose parent is gone ends at once.
process.send?.(found, () => process.exit());
