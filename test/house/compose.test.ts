import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { ROOT } from './source-files.ts';

/** The Compose specification's own schema, as dclint carries it. */
const SCHEMA_PATH = join(
  dirname(createRequire(import.meta.url).resolve('dclint/package.json')),
  'schemas',
  'compose.schema.json',
);

const servicesSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      ports: z.array(z.string()).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      healthcheck: z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
    }),
  ),
});

function readCompose(): unknown {
  return parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });
}

function problemsOf(compose: unknown): readonly string[] {
  // The schema names its draft without the closing "#", under which ajv does not know it.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(SCHEMA_PATH, 'utf8'));
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return validate(compose) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const { services } = servicesSchema.parse(readCompose());

describe('docker-compose.yml', () => {
  it('fits the schema of the Compose specification', () => {
    expect(problemsOf(readCompose())).toEqual([]);
  });

  it('would not fit with a key or a condition that Compose does not know', () => {
    const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const unknownKey = parse(text.replace('healthcheck:', 'helthcheck:'), { merge: true });
    expect(problemsOf(unknownKey).join('\n')).toContain('/services/temporal must NOT have additional properties');
    const unknownCondition = parse(text.replace('service_healthy', 'service_fine'), { merge: true });
    expect(problemsOf(unknownCondition).join('\n')).toContain('/services/setup/depends_on');
  });

  it('has Temporal, Postgres, the sandbox, a worker and a one-shot set-up', () => {
    expect(Object.keys(services).sort()).toEqual(['postgres', 'sandbox', 'setup', 'temporal', 'worker']);
  });

  it.each(Object.entries(services))('pins the image of %s', (_name, { image }) => {
    expect(image).toMatch(/^[a-z-]+(\/[a-z-]+)?:(\d+\.\d+|local$)/);
  });

  it.each(Object.entries(services))('opens ports of %s to this machine only', (_name, { ports = [] }) => {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('checks the health of every service that stays up', () => {
    const unchecked = Object.entries(services).filter(([, { healthcheck }]) => healthcheck?.test === undefined);
    expect(unchecked.map(([name]) => name)).toEqual(['setup']);
  });

  it('waits only for services that can become what is waited for', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(services[name]).toBeDefined();
        if (condition === 'service_healthy') expect(services[name]?.healthcheck?.test).toBeDefined();
      }
    }
  });

  it('commits no secret: those of the sandbox come from the environment or are made up', () => {
    const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const secrets = [...text.matchAll(/^\s*(\w*(?:SECRET|TOKEN|PASSWORD)\w*): (.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:-(for-local-use-only)?\}$/);
  });

  it('leaves the search attributes to the set-up, so that no list of them can fall behind', () => {
    const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    expect(Object.keys(SEARCH_ATTRIBUTES).filter((name) => text.includes(name))).toEqual([]);
  });
});
