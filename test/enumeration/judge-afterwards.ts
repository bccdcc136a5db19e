import type { Surface } from '../../domain/surface.ts';
import type { ClaimState } from '../../store/ledger.ts';
import type { Play } from './play.ts';

/** What sweeps must not leave: attempts that could be settled, and comments of ours that the ledger does not know. */
export function leftBySweeps(
  { platform }: Play,
  surface: Surface,
  {
    known,
    open,
    told,
    mayStand,
  }: { readonly known: readonly string[]; readonly open: number; readonly told: boolean; readonly mayStand: boolean },
): readonly string[] {
  const ours = platform.ours(surface.surfaceId).map(({ id }) => id);
  const honest = !platform.absenceProvable(surface.kind) && told;
  return [
    ...(open > 0 && !honest ? [`${open} attempt(s) of unknown outcome are left, and no person is told`] : []),
    ...ours.filter((id) => !known.includes(id) && !mayStand).map((id) => `the ledger does not know ${id}, which is there`),
    ...known.filter((id) => !ours.includes(id)).map((id) => `the ledger says that ${id} stands, and it is not there`),
  ];
}

/** What is left of ours under a withdrawal order, and whether whoever carried it out says so (protocol i). */
export function leftByOrder(
  { platform, retracted, executions }: Play,
  surface: Surface,
  { mayStand, open, state }: { readonly mayStand: boolean; readonly open: number; readonly state: ClaimState | null },
): readonly string[] {
  const ours = platform.ours(surface.surfaceId).length;
  const wasThere = platform.comments.some((each) => each.surfaceId === surface.surfaceId);
  const breaches = [
    ...(ours > 0 && !mayStand ? [`${ours} comment(s) of ours stand under a withdrawal order`] : []),
    ...(wasThere && !mayStand && state !== 'withdrawn' ? [`the surface is ${state ?? 'nobody’s'}, and not withdrawn`] : []),
  ];
  if (!executions.some(({ id }) => id.type === 'retract')) return breaches;
  const unprovable = open > 0 && (mayStand || !platform.absenceProvable(surface.kind));
  switch (retracted?.outcome ?? null) {
    case 'withdrawn':
      if (ours > 0) breaches.push('the retract ended as withdrawn, and ours is there');
      if (open > 0) breaches.push(`the retract ended as withdrawn, with ${open} attempt(s) of unknown outcome`);
      return breaches;
    case 'not-removed':
      return mayStand ? breaches : [...breaches, 'the retract ended as not-removed, which is not honest here'];
    case 'unconfirmed':
      return unprovable ? breaches : [...breaches, 'the retract ended as unconfirmed, which is not honest here'];
    default:
      return [...breaches, `the retract ended as ${retracted?.outcome ?? 'nothing'}`];
  }
}
