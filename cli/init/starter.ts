import { jsonSchemas, SCHEMA_FOLDER, schemaFor } from '../../config/json-schema.ts';
import { PLACEHOLDER } from '../../config/warnings/placeholders.ts';
import type { Answers } from './answers.ts';
import { approvalsYaml, connectionsYaml, linksYaml, patternsYaml } from './starter-fixed.ts';
import { copyYaml, identitiesYaml, marketsYaml, type StarterMarket } from './starter-markets.ts';

/** One file of a folder that is about to be written. */
export interface NewFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly text: string;
}

/**
 * A brand folder that passes `check`. What only the user can know and did not say stands there as a value that fits no real
 * ad, marked for `check` to remind of it; until it is replaced no run can publish anything.
 */
export function starterFolder(answers: Answers, folderName: string): readonly NewFile[] {
  const name = answers.name ?? folderName;
  const markets = (answers.markets ?? ['en-GB']).map(
    (id, at): StarterMarket => ({
      id,
      language: id.split('-')[0] ?? '',
      country: id.split('-')[1] ?? '',
      number: at + 1,
      remark: answers.markets === null ? ` # ${PLACEHOLDER}: your market, language and country` : '',
    }),
  );
  const yaml: readonly NewFile[] = [
    { name: 'brand.yaml', text: brandYaml(name, answers) },
    { name: 'identities.yaml', text: identitiesYaml(name, markets) },
    { name: 'markets.yaml', text: marketsYaml(markets, answers.host) },
    { name: 'patterns.yaml', text: patternsYaml() },
    ...markets.map((market) => ({ name: `copy/${market.id}.yaml`, text: copyYaml(name, market) })),
    { name: 'links.yaml', text: linksYaml() },
    { name: 'approvals.yaml', text: approvalsYaml(markets[0]?.id ?? 'en-GB') },
    { name: 'connections.yaml', text: connectionsYaml() },
  ];
  return [...yaml.map(({ name, text }) => ({ name, text: `${schemaLine(name)}\n${text}` })), ...schemaFiles()];
}

/** The copies of the JSON Schemas by which editors help; they belong to the version that wrote them. */
export function schemaFiles(): readonly NewFile[] {
  return jsonSchemas().map(({ name, text }) => ({ name: `${SCHEMA_FOLDER}/${name}`, text }));
}

function schemaLine(name: string): string {
  const up = name.includes('/') ? '..' : '.';
  return `# yaml-language-server: $schema=${up}/${SCHEMA_FOLDER}/${schemaFor(name)}`;
}

function brandYaml(name: string, answers: Answers): string {
  const nameRemark = answers.name === null ? ` # ${PLACEHOLDER}: the name of your brand` : '';
  const accountRemark = answers.account === null ? ` # ${PLACEHOLDER}: your ad account, with act_ before the digits` : '';
  const { id, lost } = shortName(name);
  const idRemark = lost ? ` # ${PLACEHOLDER}: a short name of your own; letters of the name were lost in this one` : '';
  return `# Who the brand is, which ad accounts it runs, which pattern an ad gets, and how strict the soft rules are.
# The short name goes into keys and links. Never change it once comments are out.
id: ${PLAIN_WORD.test(id) ? id : `'${id}'`}${idRemark}
name: ${JSON.stringify(name)}${nameRemark}

# An ad of any other account is refused.
accounts:
  - platform: meta
    accountId: ${answers.account ?? 'act_0'}${accountRemark}
    name: ${JSON.stringify(name)}

patternChoice:
  # The pattern of every ad for which no rule below fits.
  default: next-step
  # Rules by the campaign's name: the first that fits wins, * stands for anything.
  # byCampaign:
  #   - campaignName: '*_SALE_*'
  #     pattern: offer

policy:
  # Whether ads that do not run now (paused, with issues, billing) may be commented.
  commentPausedAds:
    pipeline: true
    backfill: false
  # How strict the soft rules are. note: written down; hold: a person decides; block: nothing is published.
  severities:
    first-in-thread:
      brand: note
`;
}

/** What YAML reads as a text without quotes. */
const PLAIN_WORD = /^(?!(true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9-]*$/;

/** Letters that do not come apart into a plain one and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Lower-case letters, digits and single dashes, made from a name, and whether letters of it are missing there. */
function shortName(name: string): { readonly id: string; readonly lost: boolean } {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœøđðþłı]/g, (letter) => PLAIN[letter] ?? '');
  const id = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return { id: id || 'brand', lost: id === '' || /[^a-z0-9\P{L}]|[^a-z0-9\P{N}]/u.test(plain) };
}
