import { expect, it } from 'vitest';
import { cleanAttribute, ruleForTag } from '../../../../console/viewer/node-rules.ts';

it('a part of another drawing is shown from what the visitor’s page has sent of it', () => {
  const clean = (value: string) => cleanAttribute('use', 'href', value, []);
  expect(clean('rapport-asset:7#arrow')).toEqual({
    kind: 'place',
    name: 'href',
    template: 'rapport-asset:7#arrow',
  });
  expect(clean('#arrow')).toEqual({ kind: 'kept', name: 'href', value: '#arrow' });
  for (const other of [
    'https://evil.example/a.svg#arrow',
    'rapport-asset:7#"><script>',
    'data:image/svg+xml,x#a',
  ])
    expect(clean(other)).toEqual({ kind: 'dropped' });
});

it('a formula keeps its elements', () => {
  for (const tag of ['math', 'mrow', 'mfrac', 'msup'])
    expect(ruleForTag(tag, false)).toEqual({ tag, whole: true, blocked: false });
});
