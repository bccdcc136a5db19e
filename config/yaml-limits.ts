import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node } from 'yaml';

/** Whoever has more of these in one file mends the first ones first. */
const MOST = 100;

/** No file of the folder needs more than eight. */
const DEEPEST = 50;

/** Something that YAML allows and a brand folder does not, at an offset of the file's text. */
export interface Refused {
  readonly offset: number;
  readonly problem: string;
  readonly mend: string;
}

/**
 * Aliases, keys that stand twice, keys that are no plain word, and nesting without end: the first hundred. Goes through a document once,
 * without recursion, so that nothing a file holds can make it slow or break it.
 */
export function refusedIn(document: Document): readonly Refused[] {
  const found: Refused[] = [];
  const open: { readonly node: unknown; readonly depth: number }[] = [{ node: document.contents, depth: 0 }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { node, depth } = entry;
    if (isAlias(node)) {
      // What an alias stands for is written elsewhere, so nothing in it would have a place of its own.
      found.push(at(node, `the alias *${node.source} is not read here`, 'write the value out where it is needed'));
    } else if (depth > DEEPEST && (isMap(node) || isSeq(node))) {
      found.push(at(node, `this is nested more than ${DEEPEST} deep`, 'write it flatter'));
    } else if (isMap(node)) {
      found.push(...keysOf(node.items));
      for (const { key, value } of node.items) open.push({ node: value, depth: depth + 1 }, { node: key, depth: depth + 1 });
    } else if (isSeq(node)) {
      for (const item of node.items) open.push({ node: isPair(item) ? item.value : item, depth: depth + 1 });
    }
  }
  return found.sort((one, other) => one.offset - other.offset).slice(0, MOST);
}

function keysOf(pairs: readonly { readonly key: unknown }[]): readonly Refused[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    if (!isNode(key) || isAlias(key)) return [];
    if (!isScalar(key)) return [at(key, 'a block or a list stands where a key belongs', 'write a plain word as the key')];
    const name = String(key.value);
    // It would not become a key of the object that is read, and so nobody would miss it.
    if (name === '__proto__') return [at(key, '"__proto__" is not known here', 'remove it')];
    if (seen.has(name)) return [at(key, `the key ${JSON.stringify(name)} stands here twice`, 'keep one of the two')];
    seen.add(name);
    return [];
  });
}

function at(node: Node, problem: string, mend: string): Refused {
  return { offset: node.range?.[0] ?? 0, problem, mend };
}
