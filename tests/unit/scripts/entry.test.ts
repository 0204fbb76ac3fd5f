import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isSupportedNode } from '../../../scripts/entry.mjs';

const entry = new URL('../../../scripts/entry.mjs', import.meta.url);
const commands = ['start', 'dev', 'test', 'check', 'build', 'size'];

it.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['18.20.4', false],
  ['22.1.0', true],
  ['100.0.0', true],
])('Node %s is supported: %s', (version, supported) => {
  expect(isSupportedNode(version)).toBe(supported);
});

describe('on an old Node', () => {
  it.each(commands)('"%s" says so in one line and ends with 1', (command) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });`;
    const script = fileURLToPath(new URL(`../../../scripts/${command}.mjs`, import.meta.url));
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('Rapport needs Node.js 20.19 or newer; this is 18.20.4. See https://nodejs.org\n');
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});

describe('a command that fails', () => {
  const fail = (thrown: string) => {
    const code = `import { enter } from '${entry}'; enter(async () => ({ run() { throw ${thrown}; } }));`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  };

  it('shows a known reason as one line', () => {
    const { status, stderr } = fail(`Object.assign(new Error('Port 1 is taken.'), { name: 'Failure' })`);
    expect(stderr).toBe('Port 1 is taken.\n');
    expect(status).toBe(1);
  });

  it('shows a mistake of ours with its stack', () => {
    const { status, stderr } = fail(`new TypeError('x is not a function')`);
    expect(stderr).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(status).toBe(1);
  });
});

it('passes its arguments on', () => {
  const code = `import { enter } from '${entry}'; enter(async () => ({ run: (args) => console.log(args.join()) }));`;
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', code, 'x', 'a', 'b'], { encoding: 'utf8' }),
  ).toBe('a,b\n');
});
