import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that are ours, in the checkout's root. */
export const topFolders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  .map((entry) => entry.name)
  .filter((name) => !['node_modules', 'dist', 'data', 'test-results'].includes(name));

export interface SourceImport {
  /** As written: `../shared/errors.ts`, `hono`. */
  specifier: string;
  /** Path in the checkout for a relative import, the package's name for others (`hono`, `@rrweb/record`, `node:fs`). */
  target: string;
  /** Leaves nothing in the built program: `import type`, `export type`. */
  typeOnly: boolean;
  isRelative: boolean;
  /** Loaded when asked for: `import()`, or a worker's address. */
  isLazy: boolean;
}

export interface Source {
  /** Path in the checkout, with `/`. */
  path: string;
  text: string;
  imports: SourceImport[];
  program: ESTree.Program;
}

/** Every file under these folders whose name ends in one of these. */
export function filesUnder(folders: string[], ending = /\.(ts|tsx|mjs|js)$/): string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(`${root}/${folder}`)) return [];
    if (statSync(`${root}/${folder}`).isFile()) return ending.test(folder) ? [folder] : [];
    return readdirSync(`${root}/${folder}`)
      .filter((name) => name !== 'node_modules')
      .flatMap((name) => filesUnder([`${folder}/${name}`], ending));
  });
}

export const readSource = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

export const sourcesUnder = (folders: string[]): Source[] =>
  filesUnder(folders).map((path) => parseSource(path, readSource(path)));

export function parseSource(path: string, text: string): Source {
  const { module, program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const imports: SourceImport[] = [];
  const add = (specifier: string, statement: string | null) => {
    const isRelative = specifier.startsWith('.');
    const target = isRelative
      ? posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''))
      : packageOf(specifier);
    imports.push({
      specifier,
      target,
      isRelative,
      isLazy: statement === null,
      typeOnly: statement !== null && /^(import|export)\s+type\b/.test(statement),
    });
  };
  for (const { start, end, moduleRequest } of module.staticImports) {
    add(moduleRequest.value, text.slice(start, end));
  }
  for (const { start, end, entries } of module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (from) add(from.value, text.slice(start, end));
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    if (/^['"`][^$]*['"`]$/.test(written)) add(written.slice(1, -1), null);
  }
  new Visitor({
    // `new URL('./worker.ts', import.meta.url)` is how a worker is named.
    NewExpression({ callee, arguments: [address] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || address?.type !== 'Literal') return;
      if (typeof address.value === 'string' && /^\.{1,2}\/.*\.[cm]?[jt]sx?$/.test(address.value))
        add(address.value, null);
    },
  }).visit(program);
  return { path, text, imports, program };
}

/** `hono` for `hono/cors`, `node:timers` for `node:timers/promises`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
