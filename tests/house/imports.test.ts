import { describe, expect, it } from 'vitest';
import {
  parseSource,
  type Source,
  type SourceImport,
  sourcesUnder,
  topFolders,
} from '../support/source-files.ts';

interface Rule {
  name: string;
  /** Why this import may not stand in this file; null when it may. */
  refusal(found: SourceImport, path: string): string | null;
  /** A file that breaks the rule, so that the rule is known to bite. */
  broken: { path: string; text: string };
}

const isUnder = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isUnderAny = (path: string, folders: string[]) => folders.some((folder) => isUnder(path, folder));
/** `inbox` for `console/inbox/row.tsx` in `console`; null for files beside the features. */
const featureOf = (path: string, program: string) =>
  new RegExp(`^${program}/([^/]+)/`).exec(path)?.[1] ?? null;

/** A program's own files, `shared/`, and nothing else of ours. */
function programRule(program: string, allowed: string[], broken: string): Rule {
  return {
    name: `${program}/ imports only from ${[program, ...allowed].map((folder) => `${folder}/`).join(' and ')}`,
    refusal: (found, path) =>
      isUnder(path, program) && found.isRelative && !isUnderAny(found.target, [program, ...allowed])
        ? 'belongs to another program'
        : null,
    broken: { path: `${program}/some-file.ts`, text: `import { thing } from '${broken}';` },
  };
}

/** A package that only some files may import. */
function doorRule(packages: string[], doors: string[], options: { typesEverywhere?: boolean } = {}): Rule {
  return {
    name: `${packages.join(', ')} only in ${doors.join(', ')}`,
    refusal: (found, path) =>
      packages.includes(found.target) &&
      !isUnder(path, 'tests') &&
      !(options.typesEverywhere && found.typeOnly) &&
      !doors.some((door) => path === door || isUnder(path, door))
        ? 'has another door'
        : null,
    broken: { path: 'shared/some-file.ts', text: `import { thing } from '${packages[0]}';` },
  };
}

/** A layer of the server that may not know another one, not even by type. */
function layerRule(layer: string, hidden: string[]): Rule {
  return {
    name: `server/${layer} does not know ${hidden.join(', ')}`,
    refusal: (found, path) =>
      isUnder(path, `server/${layer}`) &&
      isUnderAny(
        found.target,
        hidden.map((name) => `server/${name}`),
      )
        ? 'is above or beside this layer'
        : null,
    broken: {
      path: `server/${layer}/some-file.ts`,
      text: `import type { Thing } from '../${hidden[0]}/thing.ts';`,
    },
  };
}

const rules: Rule[] = [
  programRule('widget', ['shared'], '../console/store.ts'),
  programRule('server', ['shared'], '../widget/store.ts'),
  programRule('console', ['shared'], '../server/config.ts'),
  programRule('shared', [], '../server/config.ts'),
  programRule('demo-site', [], '../shared/errors.ts'),
  {
    name: 'shared/ needs valibot alone: no Node, no DOM library',
    refusal: (found, path) =>
      isUnder(path, 'shared') && !found.isRelative && found.target !== 'valibot' ? 'is not pure' : null,
    broken: { path: 'shared/some-file.ts', text: `import { readFile } from 'node:fs';` },
  },
  {
    name: 'demo-site/ stands on Node alone',
    refusal: (found, path) =>
      isUnder(path, 'demo-site') &&
      !found.isRelative &&
      !found.target.startsWith('node:') &&
      !isUnder(path, 'demo-site/public')
        ? 'is not built into Node'
        : null,
    broken: { path: 'demo-site/some-file.mjs', text: `import { Hono } from 'hono';` },
  },
  {
    name: 'scripts/ start before anything is installed: packages are loaded when they are there',
    refusal: (found, path) =>
      isUnder(path, 'scripts') && !found.isRelative && !found.isLazy && !found.target.startsWith('node:')
        ? 'may not be installed yet'
        : null,
    broken: { path: 'scripts/parts/some-file.mjs', text: `import { build } from 'vite';` },
  },
  {
    name: 'commands check the version of Node before they load anything else',
    refusal: (found, path) =>
      /^scripts\/[^/]+$/.test(path) && !found.isLazy && found.target !== 'scripts/entry.mjs'
        ? 'is loaded before the check'
        : null,
    broken: { path: 'scripts/some-command.mjs', text: `import { run } from './commands/start.mjs';` },
  },
  layerRule('domain', ['http', 'realtime', 'relay']),
  layerRule('store', ['domain', 'http', 'realtime', 'relay', 'jobs']),
  layerRule('relay', ['store', 'domain', 'http', 'realtime', 'jobs']),
  layerRule('http', ['relay']),
  layerRule('files', ['domain', 'http', 'jobs', 'realtime', 'relay', 'store']),
  {
    name: 'features of the widget do not import each other',
    refusal: (found, path) => {
      const features = ['shell', 'chat', 'survey', 'cobrowse'];
      const [from, to] = [featureOf(path, 'widget'), featureOf(found.target, 'widget')];
      if (!to || !features.includes(to) || from === to) return null;
      if (from === 'page') return 'is a feature';
      return from && features.includes(from) ? 'is another feature' : null;
    },
    broken: { path: 'widget/chat/some-file.ts', text: `import('../survey/card.tsx');` },
  },
  {
    name: 'features of the console do not import each other',
    refusal: (found, path) => {
      const [from, to] = [featureOf(path, 'console'), featureOf(found.target, 'console')];
      if (!from || !to || from === to || to === 'ui') return null;
      // The two ends of the viewer's message port share its vocabulary.
      if (from === 'cobrowse' && found.target === 'console/viewer/port.ts') return null;
      return 'is another feature';
    },
    broken: { path: 'console/inbox/some-file.ts', text: `import { Page } from '../settings/page.tsx';` },
  },
  doorRule(
    ['socket.io-client'],
    [
      // Stands in the library's place in the widget's build, and fetches it where the network needs it.
      'widget/lean/socket.ts',
      'widget/lean/long-polling.ts',
      'widget/connection.ts',
      'widget/cobrowse/relay-connection.ts',
      'console/connection.ts',
      'console/cobrowse/relay-connection.ts',
    ],
  ),
  doorRule(['socket.io', 'engine.io'], ['server/realtime']),
  doorRule(['hono', '@hono/node-server'], ['server/http']),
  doorRule(['file-type', 'image-size/fromFile'], ['server/files']),
  doorRule(['kysely', 'better-sqlite3', 'pg'], ['server/store', 'scripts/parts/test-database.mjs']),
  doorRule(['@rrweb/record'], ['widget/cobrowse']),
  doorRule(['@rrweb/replay'], ['console/viewer']),
  doorRule(['@rrweb/types'], ['widget/cobrowse', 'console/viewer']),
  {
    name: 'widget/ knows schemas by type only: they would cost every visitor',
    refusal: (found, path) =>
      isUnder(path, 'widget') &&
      !found.typeOnly &&
      ['valibot', 'shared/protocol.ts', 'shared/wire.ts'].includes(found.target)
        ? 'must be a type import'
        : null,
    broken: { path: 'widget/some-file.ts', text: `import { type Wire } from '../shared/protocol.ts';` },
  },
];

function breaches(rule: Rule, sources: Source[]): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap((found) => {
      const refusal = rule.refusal(found, path);
      return refusal ? [`${path}: ${found.specifier} ${refusal}`] : [];
    }),
  );
}

describe('what may import what', () => {
  const sources = sourcesUnder([...topFolders, 'vite.config.ts']);

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    const { path, text } = rule.broken;
    expect(breaches(rule, [parseSource(path, text)])).toHaveLength(1);
    expect(breaches(rule, sources)).toEqual([]);
  });
});
