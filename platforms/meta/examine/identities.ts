import { z } from 'zod';
import type { Identity } from '../../../domain/brand.ts';
import type { Finding } from '../../examiner.ts';
import { PlatformError } from '../../platform.ts';
import { Id, maybe } from '../fields.ts';
import type { Graph } from '../graph.ts';
import { SYSTEM } from '../graph.ts';
import { pageOf, walkPages } from '../paging.ts';
import { failed, finding } from './finding.ts';

/** What the system user must be allowed to do on a Page. Source: docs: pages-api/comments-mentions. */
export const NEEDED_TASKS = ['MODERATE', 'CREATE_CONTENT'] as const;

const AssignedPage = z.object({ id: Id, tasks: z.array(z.string()).catch([]) });
const AssignedPages = pageOf(AssignedPage);

const Account = maybe(z.object({ id: Id, username: maybe(z.string()) }));
const PageNode = z.object({
  id: Id,
  name: maybe(z.string()),
  is_published: maybe(z.boolean()),
  instagram_business_account: Account,
  connected_instagram_account: Account,
});
type PageNode = z.infer<typeof PageNode>;
const PAGE_FIELDS = 'id,name,is_published,instagram_business_account{id,username},connected_instagram_account{id,username}';

const MOST_LISTS = 50;
const NO_ACCOUNT = 'doctor';

/** Whether every Page and Instagram account of the brand can speak: assigned, published, linked, under the name we know. */
export async function examineIdentities(
  graph: Graph,
  identities: readonly Identity[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const tasks = await tasksByPage(graph, signal).catch(asPlatformError);
  const pages = new Map<string, Promise<PageNode | PlatformError>>();
  const readOnce = (pageId: string) => {
    const known = pages.get(pageId) ?? readPage(graph, pageId, signal).catch(asPlatformError);
    pages.set(pageId, known);
    return known;
  };
  const findings = await Promise.all(
    identities.map(async (identity): Promise<readonly Finding[]> => {
      if (identity.kind === 'facebook-page') {
        return [role(identity, tasks), ...pageState(identity, await readOnce(identity.identityId))];
      }
      return account(identity, await readOnce(identity.linkedPageId ?? ''));
    }),
  );
  return findings.flat();
}

/** Which tasks the system user has on which Page; a Page that is not there is not assigned. */
async function tasksByPage(graph: Graph, signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  await walkPages(
    (after) => {
      const params = { fields: 'id,tasks', limit: '100', ...(after === null ? {} : { after }) };
      return graph.read(
        { node: 'me', edge: 'accounts', params, as: SYSTEM, context: { accountId: NO_ACCOUNT, signal } },
        AssignedPages,
      );
    },
    (pages) => {
      for (const page of pages) found.set(page.id, page.tasks);
      return 'go-on';
    },
    MOST_LISTS,
  );
  return found;
}

/** As the Page itself, so that its token is asked for too. */
function readPage(graph: Graph, pageId: string, signal: AbortSignal): Promise<PageNode> {
  const call = {
    node: pageId,
    params: { fields: PAGE_FIELDS },
    as: { kind: 'page', pageId },
    context: { accountId: NO_ACCOUNT, signal },
  } as const;
  return graph.read(call, PageNode);
}

function role({ identityId, name }: Identity, tasks: ReadonlyMap<string, readonly string[]> | PlatformError): Finding {
  const id = `identities.${identityId}.role`;
  const mend = `Business settings > Accounts > Pages > ${name} > add the system user, with the tasks ${NEEDED_TASKS.join(' and ')}.`;
  if (tasks instanceof PlatformError) return failed(id, 'The assigned Pages cannot be listed', tasks);
  const given = tasks.get(identityId);
  if (given === undefined) return finding(id, 'wrong', `Page ${name} (${identityId}) is not assigned to the system user.`, mend);
  const missing = NEEDED_TASKS.filter((task) => !given.includes(task));
  return missing.length === 0
    ? finding(id, 'ok', `Page ${name} (${identityId}) is assigned with ${NEEDED_TASKS.join(' and ')}.`)
    : finding(id, 'wrong', `Page ${name} (${identityId}) is assigned without ${missing.join(' and ')}.`, mend);
}

function pageState({ identityId, name }: Identity, page: PageNode | PlatformError): readonly Finding[] {
  const id = (what: string) => `identities.${identityId}.${what}`;
  if (page instanceof PlatformError) {
    const token = failed(id('token'), `Page ${name} (${identityId}) gives no token`, page);
    const says = token.state === 'not-checked' ? token.says : `Page ${identityId} cannot be read.`;
    return [token, ...['published', 'name'].map((what) => finding(id(what), 'not-checked', says))];
  }
  const publish = `Publish the Page in its settings; on an unpublished one nobody can comment.`;
  return [
    finding(id('token'), 'ok', `Page ${identityId} gives its token.`),
    page.is_published === null
      ? finding(id('published'), 'not-checked', `The platform does not say whether Page ${identityId} is published.`)
      : page.is_published
        ? finding(id('published'), 'ok', `Page ${identityId} is published.`)
        : finding(id('published'), 'wrong', `Page ${name} (${identityId}) is not published.`, publish),
    nameFits(id('name'), `Page ${identityId}`, name, page.name),
  ];
}

function account({ identityId, name, linkedPageId }: Identity, page: PageNode | PlatformError): readonly Finding[] {
  const id = (what: string) => `identities.${identityId}.${what}`;
  const whose = `Instagram account ${name} (${identityId})`;
  if (page instanceof PlatformError) {
    const why = failed(id('linked'), `${whose}: its Page cannot be read`, page);
    const says = why.state === 'not-checked' ? why.says : `${whose}: its Page ${linkedPageId} cannot be read.`;
    return ['linked', 'name'].map((what) => finding(id(what), 'not-checked', says));
  }
  const linked = [page.instagram_business_account, page.connected_instagram_account];
  const found = linked.find((each) => each?.id === identityId) ?? null;
  if (found === null) {
    const other = linked.find((each) => each !== null)?.id;
    const says = `${whose} is not linked to Page ${linkedPageId}, which is linked to ${other ?? 'none'}.`;
    const mend = 'Link them in the Page’s settings under “Linked accounts”, or correct linkedPageId in identities.yaml.';
    return [finding(id('linked'), 'wrong', says, mend), finding(id('name'), 'not-checked', `${whose} cannot be read.`)];
  }
  return [
    finding(id('linked'), 'ok', `${whose} is linked to Page ${linkedPageId}.`),
    nameFits(id('name'), `Instagram account ${identityId}`, name, found.username),
  ];
}

function nameFits(id: string, what: string, written: string, found: string | null): Finding {
  if (found === null) return finding(id, 'not-checked', `The platform does not say how ${what} is called.`);
  if (found === written) return finding(id, 'ok', `${what} is called ${written}, as in identities.yaml.`);
  const says = `${what} is called "${found.slice(0, 80)}" there, "${written}" in identities.yaml.`;
  return finding(id, 'warning', says, 'Check that the id is the right one, then correct the name in identities.yaml.');
}

function asPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  throw error;
}
