import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { COVERED_VERSIONS } from '../../config/checks/connections.ts';
import { graphApiOf, written } from '../../scripts/spec/graph-api.ts';
import { checkHash, get, PACKAGE } from '../../scripts/spec/package.ts';
import { readPythonClass } from '../../scripts/spec/python-class.ts';
import { readTarball } from '../../scripts/spec/tar.ts';
import { isWanted, keepsCall, NODES } from '../../scripts/spec/wanted.ts';
import { BEYOND } from './beyond.ts';
import { API, DATA } from './oracle.ts';

/** A page of Meta's documentation, or a file of an official package. */
const SOURCE = /^(https:\/\/developers\.facebook\.com\/docs\/\S+|facebook[\w-]+ [\d.]+: \S+)$/;

describe('the committed shapes', () => {
  it('are those of the pinned package and of the list of wanted nodes; else: npm run spec:extract', () => {
    expect(API.package).toEqual(PACKAGE);
    expect(Object.keys(API.nodes).filter((name) => !isWanted(name))).toEqual([]);
    expect(Object.keys(NODES).filter((name) => API.nodes[name] === undefined)).toEqual([]);
    for (const [name, { calls }] of Object.entries(API.nodes)) {
      const endpoints = Object.keys(calls).map((key) => key.split(' ')[1] ?? '');
      expect(endpoints.filter((endpoint) => !keepsCall(name, endpoint))).toEqual([]);
      const edges = NODES[name] ?? [];
      if (edges !== 'all') expect(edges.filter((edge) => !endpoints.includes(`/${edge}`))).toEqual([]);
    }
  });

  it('are written as the script writes them', () => {
    expect(readFileSync(join(DATA, 'graph-api.json'), 'utf8')).toBe(written(API));
  });

  it("carry the notice that the package's licence asks for", () => {
    const notice = readFileSync(join(DATA, 'NOTICE'), 'utf8');
    for (const part of [
      PACKAGE.version,
      PACKAGE.sha256,
      'Copyright (c) Meta Platforms, Inc. and affiliates.',
      'WITHOUT WARRANTY',
    ]) {
      expect(notice).toContain(part);
    }
  });

  it('know what this product stands on', () => {
    expect(API.nodes.Comment?.calls['POST /']?.params).toMatchObject({ message: 'string', is_hidden: 'bool' });
    expect(API.nodes.IGComment?.calls['POST /']?.params).toEqual({ ad_id: 'string', hide: 'bool' });
    expect(API.enums['Comment.Order']).toEqual(['chronological', 'reverse_chronological']);
    expect(API.nodes.AdSet?.fields.brand_safety_config).toBe('BrandSafetyCampaignConfig');
  });

  it('are gone beyond only with a source, each thing once', () => {
    expect(BEYOND.filter(({ source }) => !SOURCE.test(source))).toEqual([]);
    const names = BEYOND.flatMap(({ kind, what, needs }) => needs.map((side) => `${side} ${kind} ${what}`));
    expect(names).toEqual([...new Set(names)]);
  });
});

const CLASS = `
class Thing(
    AbstractCrudObject,
):

    class Field(AbstractObject.Field):
        id = 'id'
        kind = 'kind'

    class Kind:
        value_2 = '2'
        value_1 = '1'

    def get_others(self, fields=None, params=None):
        param_types = {
            'kind': 'kind_enum',
            'sizes': 'list<sizes_enum>',
        }
        enums = {
            'kind_enum': Thing.Kind.__dict__.values(),
            'sizes_enum': [
                'small',
                'big',
            ],
        }
        request = FacebookRequest(
            method='GET',
            endpoint='/others',
            target_class=Other,
        )

    _field_types = {
        'id': 'string',
        'kind': 'Kind',
    }
`;

test('the versions that a brand folder may pin are those of the data', () => {
  const [major, minor] = API.package.version.split('.');
  expect(COVERED_VERSIONS).toEqual([`v${major}.${minor}`]);
});

describe('the script', () => {
  it('reads fields, enums and calls of a generated class', () => {
    expect(readPythonClass(CLASS)).toEqual({
      name: 'Thing',
      fields: { id: 'string', kind: 'Kind' },
      untyped: [],
      enums: { Kind: ['2', '1'] },
      calls: [
        {
          method: 'GET',
          endpoint: '/others',
          params: { kind: 'kind_enum', sizes: 'list<sizes_enum>' },
          enums: { kind_enum: 'Thing.Kind', sizes_enum: ['small', 'big'] },
          returns: 'Other',
        },
      ],
    });
    expect(readPythonClass('"""nothing"""')).toBeUndefined();
  });

  it.each([
    ["endpoint='/others',", 'endpoint=others,', 'Thing.get_others names no endpoint'],
    ["'kind': 'kind_enum',", 'kind: kind_enum,', 'Thing.get_others: not a name with a type'],
    ['Thing.Kind.__dict__.values()', 'kinds()', 'Thing.get_others: not an enum'],
    ["value_1 = '1'", 'value_1 = one', 'Thing.Kind has a value that cannot be read'],
    [
      '        request = FacebookRequest(',
      '        return FacebookRequest(FacebookRequest(',
      'Thing: 2 requests, but 1 could be read',
    ],
  ])('stops where a class does not have the usual shape: %s', (usual, unusual, says) => {
    expect(() => readPythonClass(CLASS.replace(usual, unusual))).toThrow(says);
  });

  it('names enums by class, writes lists of values on one line, and sorts', () => {
    const ad = readPythonClass(CLASS.replaceAll('Thing', 'Ad'));
    if (!ad) throw new Error('a class was expected');
    const api = graphApiOf(new Map([['Ad', ad]]));
    expect(api.nodes.Ad).toEqual({
      fields: { id: 'string', kind: 'Ad.Kind' },
      calls: { 'GET /others': { params: { kind: 'Ad.Kind', sizes: 'list<enum(big|small)>' }, returns: 'Other' } },
    });
    expect(written(api)).toContain('"Ad.Kind": ["1", "2"]');
  });

  it('refuses a package with other bytes', () => {
    expect(() => checkHash(Buffer.from('other'))).toThrow('Nothing was written');
  });

  it.each([
    ['is silent', { deadlineMs: 50, mostBytes: 10 }, /did not answer within 50 ms for simple\/package/],
    ['sends without end', { deadlineMs: 30_000, mostBytes: 10 }, /sent more than 10 bytes for simple\/package/],
  ])('gives up on an index that %s', async (how, bounds, says) => {
    const server = createServer((_, response) => {
      if (how === 'is silent') return;
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(more));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    await expect(get(new URL(`http://127.0.0.1:${port}/simple/package`), {}, bounds)).rejects.toThrow(says);
  });

  it('unpacks names of every length', () => {
    const long = `${'folder/'.repeat(20)}file.py`;
    const pax = ` path=${long}\n`;
    const tar = [
      entry('a.py', '0', 'one'),
      entry('pax', 'x', `${pax.length + 3}${pax}`),
      entry('cut', '0', 'two'),
      Buffer.alloc(1024),
    ];
    const files = readTarball(gzipSync(Buffer.concat(tar)), (path) => path.endsWith('.py'));
    expect([...files]).toEqual([
      ['a.py', 'one'],
      [long, 'two'],
    ]);
  });
});

function entry(name: string, type: string, text: string): Buffer {
  const blocks = Buffer.alloc(1024);
  blocks.write(name, 0);
  blocks.write(text.length.toString(8).padStart(11, '0'), 124);
  blocks.write(type, 156);
  blocks.write(text, 512);
  return blocks;
}
