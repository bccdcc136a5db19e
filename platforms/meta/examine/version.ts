import type { Finding } from '../../examiner.ts';
import { API_VERSIONS, VERSIONS_SOURCE } from '../versions.ts';
import { finding } from './finding.ts';

const ID = 'credentials.version';
const SOON_DAYS = 60;

/** Holds the pinned version against the ends that Meta announced: an expired one is served by another without a word. */
export function judgeVersion(pinned: string, now: Date): Finding {
  const newest = API_VERSIONS[0]?.version ?? pinned;
  const mend = `Set graphVersion: ${newest} in connections.yaml.`;
  const known = API_VERSIONS.find(({ version }) => version === pinned);
  if (!known) {
    const says = `${pinned} is pinned; this release knows ${API_VERSIONS.map(({ version }) => version).join(', ')} (${VERSIONS_SOURCE}).`;
    return finding(ID, 'warning', says, `${mend} Or use a release of first-comment that knows ${pinned}.`);
  }
  const ends = [
    { name: 'the Graph API', until: known.graphUntil },
    { name: 'the Marketing API', until: known.marketingUntil },
  ];
  const told = ends.map(({ name, until }) => `${name} ${until === null ? 'has no announced end' : `until ${until}`}`).join(', ');
  const says = `${pinned} is pinned: ${told} (${VERSIONS_SOURCE}).`;
  const daysLeft = Math.min(...ends.map(({ until }) => (until === null ? Infinity : daysBetween(now, until))));
  if (daysLeft < 0) return finding(ID, 'wrong', says, mend);
  return daysLeft <= SOON_DAYS ? finding(ID, 'warning', says, mend) : finding(ID, 'ok', says);
}

/** Whole days until the end of that day, UTC. */
function daysBetween(now: Date, day: string): number {
  return Math.floor((Date.parse(`${day}T23:59:59Z`) - now.getTime()) / 86_400_000);
}
