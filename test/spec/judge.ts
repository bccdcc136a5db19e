import { type FieldRequest, parseFields } from '../../sandbox/graph/fields.ts';
import { elementOf, type Oracle } from './oracle.ts';
import type { Exchange } from './recorder.ts';
import { isObject, misfits, pageMisfits, shapeMisfits, textMisfits } from './values.ts';

/** What in a request stands neither in the spec nor in a line of `beyond.ts`. */
export function requestProblems(oracle: Oracle, { method, className, endpoint, params }: Exchange): readonly string[] {
  const key = `${method} ${endpoint}`;
  const at = `${className} ${key}`.trim();
  const call = oracle.call(className, key);
  if (!call) return [`${at} is not a call of the spec`];
  return Object.entries(params).flatMap(([name, text]) => {
    const type = oracle.paramType(className, key, name);
    if (type === undefined) return [`${at} has no parameter ${name}`];
    if (type === 'fields') return fieldProblems(oracle, call.returns, parseFields(text), at);
    return textMisfits(oracle, type, text, `${at}: ${name}`);
  });
}

/** What in a `fields` expansion the class does not have, at any depth. */
export function fieldProblems(
  oracle: Oracle,
  className: string,
  requests: readonly FieldRequest[],
  at: string,
): readonly string[] {
  return requests.flatMap(({ name, modifiers, sub }) => {
    const where = `${at} ${className}.${name}`;
    const type = oracle.fieldType(className, name);
    if (type !== undefined && Object.keys(modifiers).length === 0) {
      if (!sub) return [];
      const inner = elementOf(type);
      if (oracle.node(inner) === undefined) return [`${where}: the spec does not say what ${type} holds`];
      return fieldProblems(oracle, inner, sub, at);
    }
    const edge = oracle.call(className, `GET /${name}`);
    if (!edge) return [`${where}: no such field`];
    const wrong = Object.entries(modifiers).flatMap(([modifier, text]) => {
      const modifierType = oracle.paramType(className, `GET /${name}`, modifier);
      return modifierType === undefined
        ? [`${where} has no modifier ${modifier}`]
        : textMisfits(oracle, modifierType, text, `${where}.${modifier}`);
    });
    return [...wrong, ...(sub ? fieldProblems(oracle, edge.returns, sub, at) : [])];
  });
}

/** What in an answer does not fit the types of the spec, recursively. Items of a list are named alike. */
export function answerProblems(oracle: Oracle, exchange: Exchange): readonly string[] {
  const headers = exchange.headers.filter((name) => !oracle.knowsHeader(name));
  const problems = bodyProblems(oracle, exchange).map((problem) => problem.replaceAll(/\[\d+\]/g, '[]'));
  return [...problems, ...headers.map((name) => `nobody publishes the header ${name}`)];
}

function bodyProblems(oracle: Oracle, { method, className, endpoint, status, answer }: Exchange): readonly string[] {
  const at = `answer to ${`${className} ${method} ${endpoint}`.trim()}`;
  if (isObject(answer) && status >= 400) return shapeMisfits(oracle, 'Error envelope', answer, at);
  if (isObject(answer) && 'success' in answer) return shapeMisfits(oracle, 'Success', answer, at);
  if (method === 'GET' && endpoint !== '/' && className !== '')
    return pageMisfits(oracle, className, endpoint.slice(1), answer, at);
  const call = oracle.call(className, `${method} ${endpoint}`);
  return call ? misfits(oracle, call.returns, answer, at) : [`${at}: not a call of the spec`];
}
