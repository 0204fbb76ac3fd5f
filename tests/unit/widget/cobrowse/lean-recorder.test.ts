import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { leanRecorder } from '../../../../widget/cobrowse/lean-recorder.ts';

const entry = createRequire(import.meta.url).resolve('@rrweb/record');
const source = readFileSync(join(dirname(entry), 'record.js'), 'utf8');

it('finds every place in the installed recorder, and leaves a fifth less', () => {
  const lean = leanRecorder(source);
  expect(lean.length).toBeLessThan(source.length * 0.8);
  for (const gone of ['postMessage', 'new FontFace', 'jsContent']) expect(lean).not.toContain(gone);
  expect(lean).toContain('export {\n  record\n}');
});

it('fails loudly when the recorder is not the one it knows', () => {
  expect(() => leanRecorder(source.replace('class CanvasManager {', 'class Canvas {'))).toThrow(
    'CanvasManager',
  );
  expect(() => leanRecorder(source.replace('const jsContent =', 'const worker ='))).toThrow('any more');
});
