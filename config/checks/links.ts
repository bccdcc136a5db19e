import { LINK_PLACEHOLDERS } from '../../domain/link.ts';
import { suggest } from '../did-you-mean.ts';
import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../yaml-file.ts';
import { twice } from './twice.ts';

const REQUIRED = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'];
const LITERAL = /^[a-z0-9._-]*$/;

/** The link template: every UTM parameter once, values that are literal and lower case, placeholders that we fill. */
export function checkLinks({ links }: Folder): readonly Problem[] {
  if (!links) return [];
  const { file, value } = links;
  const { parameters, keyParameter, sources } = value;
  const names = parameters.map(({ name }, at) => ({ path: ['parameters', at, 'name'], name }));
  const lacking = REQUIRED.filter((name) => !parameters.some((parameter) => parameter.name === name));
  return [
    ...twice(file, [...names, { path: ['keyParameter'], name: keyParameter }], 'parameter'),
    ...lacking.map((name) =>
      problemAt(file, ['parameters'], `the parameter ${name} is missing`, `add "- name: ${name}" with its value`),
    ),
    ...parameters.flatMap(({ value: text }, at) =>
      valueProblem(text).map((found) => problemAt(file, ['parameters', at, 'value'], ...found)),
    ),
    ...Object.entries(sources).flatMap(([kind, text]) =>
      literalProblem(text).map((found) => problemAt(file, ['sources', kind], ...found)),
    ),
  ];
}

type Found = readonly [problem: string, mend: string];

function valueProblem(value: string): readonly Found[] {
  if (/\{\{|\}\}/.test(value))
    return [[`"${value}" holds a platform's macro`, `write a literal value; we fill ${placeholders()}`]];
  const names = [...value.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = names.find((name) => !LINK_PLACEHOLDERS.some((known) => known === name));
  if (unknown !== undefined) return [[`{${unknown}} is not a placeholder of links`, suggest(unknown, [...LINK_PLACEHOLDERS])]];
  return literalProblem(value.replace(/\{[a-z]+\}/g, ''));
}

function literalProblem(value: string): readonly Found[] {
  if (/[A-Z]/.test(value)) return [[`"${value}" has upper-case letters`, `write ${value.toLowerCase()}`]];
  if (!LITERAL.test(value))
    return [[`"${value}" has letters that a link would encode`, 'use lower-case letters, digits, dot, dash and underscore']];
  return [];
}

function placeholders(): string {
  return LINK_PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
}
