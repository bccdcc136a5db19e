import { Tokens } from '../../sandbox/graph/tokens.ts';
import { viewOf } from '../../sandbox/graph/views/index.ts';
import type { NodeKind, WorldNode } from '../../sandbox/world/nodes.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { WorldState } from '../../sandbox/world/state.ts';
import { CLASS_OF } from './recorder.ts';
import { SECRETS, WORLD } from './world.ts';

/** One object of the example's world, as the sandbox would show it. */
export interface ShownNode {
  readonly id: string;
  readonly className: string;
  readonly typeName: string;
  /** Fields that hold data or another node. */
  readonly plain: readonly string[];
  /** Fields that are lists with parameters of their own. */
  readonly edges: readonly string[];
  /** The Page whose token reads it; the system user's without one. */
  readonly pageId: string | undefined;
}

const KINDS: readonly NodeKind[] = [
  'account',
  'ad',
  'ad-set',
  'campaign',
  'comment',
  'creative',
  'instagram',
  'media',
  'page',
  'post',
];

/** Every object of the example's world with the fields that its view has. */
export function shownNodes(): readonly ShownNode[] {
  const now = Date.now();
  const state = new WorldState(worldSchema.parse(WORLD), now);
  const tokens = new Tokens(state, SECRETS);
  const scene = {
    call: { method: 'GET', path: '', params: {}, token: SECRETS.systemUserToken, base: '' },
    state,
    tokens,
    access: tokens.recognise(SECRETS.systemUserToken),
    now,
    commit: () => undefined,
    nextDigits: () => '1',
  } as const;
  return KINDS.flatMap((kind) => [...state.all(kind)]).map((node: WorldNode) => {
    const view = viewOf(node, scene);
    const isEdge = (name: string) => view.fields[name]?.().is === 'edge';
    const names = Object.keys(view.fields);
    return {
      id: node.record.id,
      className: classOf(node),
      typeName: view.typeName,
      plain: names.filter((name) => !isEdge(name)),
      edges: names.filter(isEdge),
      pageId: pageIdOf(node, state),
    };
  });
}

function classOf(node: WorldNode): string {
  const kind = node.kind === 'comment' ? `${node.record.network}-comment` : node.kind;
  return CLASS_OF[kind] ?? kind;
}

function pageIdOf(node: WorldNode, state: WorldState): string | undefined {
  switch (node.kind) {
    case 'post':
    case 'media':
      return state.pageOfThread(node)?.record.id;
    case 'comment': {
      const thread = state.threadOf(node.record);
      return thread && state.pageOfThread(thread)?.record.id;
    }
    case 'page':
      return node.record.id;
    default:
      return undefined;
  }
}
