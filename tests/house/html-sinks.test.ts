import { type ESTree, Visitor } from 'vite';
import { expect, it } from 'vitest';
import { parseSource, type Source, sourcesUnder } from '../support/source-files.ts';

/** Ways to turn a string into markup or code. What a visitor or an agent writes must never reach one. */
const members = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
  'srcdoc',
  'dangerouslySetInnerHTML',
];
const globals = ['eval', 'Function'];

function sinksIn({ path, program }: Source): string[] {
  const found: string[] = [];
  const check = (name: string) => {
    if (members.includes(name)) found.push(`${path}: ${name}`);
  };
  const nameOf = (key: ESTree.Node): string => {
    if (key.type === 'Identifier' || key.type === 'PrivateIdentifier' || key.type === 'JSXIdentifier')
      return key.name;
    return key.type === 'Literal' && typeof key.value === 'string' ? key.value : '';
  };
  const checkCall = (callee: ESTree.Expression) => {
    if (callee.type === 'Identifier' && globals.includes(callee.name)) found.push(`${path}: ${callee.name}`);
    if (callee.type !== 'MemberExpression') return;
    const [owner, method] = [nameOf(callee.object), nameOf(callee.property)];
    if (owner === 'document' && ['write', 'writeln'].includes(method))
      found.push(`${path}: document.${method}`);
  };
  new Visitor({
    MemberExpression: ({ property }) => check(nameOf(property)),
    Property: ({ key }) => {
      if (nameOf(key) === 'dangerouslySetInnerHTML') check(nameOf(key));
    },
    JSXAttribute: ({ name }) => check(nameOf(name)),
    CallExpression: ({ callee, arguments: args }) => {
      checkCall(callee);
      const attribute = args[0];
      if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'setAttribute' && attribute) {
        check(nameOf(attribute));
      }
    },
    NewExpression: ({ callee }) => checkCall(callee),
  }).visit(program);
  return found;
}

const sinks: Array<[sink: string, code: string]> = [
  ['innerHTML', 'element.innerHTML = text;'],
  ['innerHTML', "element['innerHTML'] = text;"],
  ['insertAdjacentHTML', "element.insertAdjacentHTML('beforeend', text);"],
  ['dangerouslySetInnerHTML', 'export const view = <p dangerouslySetInnerHTML={{ __html: text }} />;'],
  ['dangerouslySetInnerHTML', "h('p', { dangerouslySetInnerHTML: { __html: text } });"],
  ['srcdoc', 'export const view = <iframe srcdoc={text} />;'],
  ['srcdoc', "frame.setAttribute('srcdoc', text);"],
  ['document.write', 'document.write(text);'],
  ['eval', 'eval(text);'],
  ['Function', 'new Function(text);'],
];

it.each(sinks)('%s is recognised in %s', (sink, code) => {
  expect(sinksIn(parseSource('widget/some-file.tsx', code))).toContain(`widget/some-file.tsx: ${sink}`);
});

it('a word in a list or a comment is no sink', () => {
  const code = "const refused = ['srcdoc', 'innerHTML']; // innerHTML is refused";
  expect(sinksIn(parseSource('widget/some-file.tsx', code))).toEqual([]);
});

/** An empty document in standards mode, which no other way makes; what comes into it is built node by node. */
const emptyDocuments = ['widget/cobrowse/consent-preview-frame.ts: srcdoc'];

it('no program of ours turns strings into markup or code', () => {
  expect(sourcesUnder(['widget', 'console', 'shared', 'server']).flatMap(sinksIn)).toEqual(emptyDocuments);
});
