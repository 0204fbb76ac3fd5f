import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  hasMarkup,
  type Inline,
  parseMessage,
  plainText,
} from '../../../../shared/model/message-format.ts';

/** Short form of what was understood: `<b>`, `<i>`, `<s>`, `<code>`, `<a>`, `<br>` and blocks. */
const inlineForm = (inline: Inline): string => {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'break':
      return '<br>';
    case 'code':
      return `<code>${inline.text}</code>`;
    case 'link':
      return `<a ${inline.href}>${inline.text}</a>`;
    default: {
      const tag = { bold: 'b', italic: 'i', strike: 's' }[inline.type];
      return `<${tag}>${inline.children.map(inlineForm).join('')}</${tag}>`;
    }
  }
};
const blockForm = (block: Block): string => {
  switch (block.type) {
    case 'paragraph':
      return `<p>${block.children.map(inlineForm).join('')}</p>`;
    case 'code':
      return `<pre>${block.text}</pre>`;
    case 'quote':
      return `<quote>${block.children.map(blockForm).join('')}</quote>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${item.map(inlineForm).join('')}</li>`).join('')}</${tag}>`;
    }
  }
};
const form = (text: string) => parseMessage(text).map(blockForm).join('');
/** Of a text that is one paragraph. */
const line = (text: string) => form(text).replace(/^<p>([\s\S]*)<\/p>$/, '$1');

describe('in a line', () => {
  it.each([
    ['**Hi** there', '<b>Hi</b> there'],
    ['*now* or _then_', '<i>now</i> or <i>then</i>'],
    ['~~12~~ 10 euros', '<s>12</s> 10 euros'],
    ['run `npm **start**` now', 'run <code>npm **start**</code> now'],
    ['``a`` and ```b```', '<code>a</code> and <code>b</code>'],
    ['**bold *both* bold**', '<b>bold <i>both</i> bold</b>'],
    ['***both***', '<b><i>both</i></b>'],
    ['***both* bold**', '<b><i>both</i> bold</b>'],
    ['(**so**), "_so_"!', '(<b>so</b>), "<i>so</i>"!'],
    ['**fett**, *жирный*, _太字_', '<b>fett</b>, <i>жирный</i>, <i>太字</i>'],
    ['first\nsecond', 'first<br>second'],
    ['*over\nlines*', '<i>over<br>lines</i>'],
    ['**👍**', '<b>👍</b>'],
  ])('%j is %s', (text, shown) => {
    expect(line(text)).toBe(shown);
  });

  it.each([
    '2*3*4 and 2 * 3 * 4',
    'snake_case_name and __init__.py',
    '*not closed',
    'not opened*',
    '** spaced **',
    '5 > 3 and a<b>c</b>',
    '*_* and ~.~ and ****',
    'a `tick',
    '<script>alert(1)</script>',
    'größe_ändern_x',
  ])('%j stays as it is', (text) => {
    expect(line(text)).toBe(text);
  });

  it('an unclosed mark does not keep a later pair from its meaning', () => {
    expect(line('*a **b** c')).toBe('*a <b>b</b> c');
    expect(line('**a *b* c')).toBe('**a <i>b</i> c');
    expect(line('*a *b*')).toBe('*a <i>b</i>');
    expect(line('*a **b* c**')).toBe('<i>a **b</i> c**');
  });

  it('addresses are links, and keep their own signs', () => {
    expect(line('see https://a.example/x_y_z.')).toBe(
      'see <a https://a.example/x_y_z>https://a.example/x_y_z</a>.',
    );
    expect(line('**https://a.example/b**')).toBe('<b><a https://a.example/b>https://a.example/b</a></b>');
    expect(line('_ada@shop.example_')).toBe('<i><a mailto:ada@shop.example>ada@shop.example</a></i>');
    expect(line('`https://a.example`')).toBe('<code>https://a.example</code>');
  });

  it('no other scheme becomes a link, and a link cannot pose as another', () => {
    expect(line('javascript:alert(1) data:text/html,x')).toBe('javascript:alert(1) data:text/html,x');
    expect(line('[bank](https://evil.example)')).toBe(
      '[bank](<a https://evil.example/>https://evil.example</a>)',
    );
  });
});

describe('blocks', () => {
  it('empty lines part paragraphs', () => {
    expect(form('a\nb\n\n\nc')).toBe('<p>a<br>b</p><p>c</p>');
  });

  it('lines with a dash, star or dot are a list', () => {
    expect(form('Both:\n- oak\n* **ash**\n• elm\nand more')).toBe(
      '<p>Both:</p><ul><li>oak</li><li><b>ash</b></li><li>elm</li></ul><p>and more</p>',
    );
  });

  it('numbers are a list when they count from 1', () => {
    expect(form('1. open\n2) press\n4. later')).toBe('<ol><li>open</li><li>press</li></ol><p>4. later</p>');
    expect(form('2. is better')).toBe('<p>2. is better</p>');
    expect(form('2024. What a year')).toBe('<p>2024. What a year</p>');
  });

  it('quotes hold blocks, and quotes', () => {
    expect(form('> said\n> - a\n> > deeper\nanswer')).toBe(
      '<quote><p>said</p><ul><li>a</li></ul><quote><p>deeper</p></quote></quote><p>answer</p>',
    );
    expect(form('>:(')).toBe('<p>>:(</p>');
  });

  it('code between fences is taken as it is', () => {
    expect(form('so:\n```js\nif (a) {\n  **b**\n\n}\n```\ndone')).toBe(
      '<p>so:</p><pre>if (a) {\n  **b**\n\n}</pre><p>done</p>',
    );
    expect(form('```\nnever closed')).toBe('<p>```<br>never closed</p>');
    expect(form('a\r\nb\rc')).toBe('<p>a<br>b<br>c</p>');
  });
});

/** All characters of the blocks, without what stands for structure. */
function shownText(blocks: readonly Block[]): string {
  const words = (inlines: readonly Inline[]): string =>
    inlines
      .map((one) => ('children' in one ? words(one.children) : one.type === 'break' ? '' : one.text))
      .join('');
  return blocks
    .map((block) => {
      if (block.type === 'code') return block.text;
      if (block.type === 'paragraph') return words(block.children);
      return block.type === 'list' ? block.items.map(words).join('') : shownText(block.children);
    })
    .join('');
}

const messages = fc
  .array(
    fc.constantFrom(
      '*',
      '**',
      '***',
      '_',
      '~~',
      '`',
      '```',
      '\n',
      '\n> ',
      '\n- ',
      '1. ',
      ' ',
      'A',
      'ß',
      '😀',
      'https://a.example/_',
      '(',
      '.',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

describe('for any message', () => {
  it('nothing is lost but marks and white space', () => {
    const ink = (text: string) => text.replace(/[\s*_~`>•-]|1\./g, '');
    fc.assert(
      fc.property(messages, (text) => ink(shownText(parseMessage(text))) === ink(text)),
      { numRuns: 2_000 },
    );
  });

  it('one without markup is lines and links', () => {
    const isPlain = (block: Block) =>
      block.type === 'paragraph' &&
      block.children.every(({ type }) => ['text', 'link', 'break'].includes(type));
    fc.assert(
      fc.property(messages, (text) => hasMarkup(text) || parseMessage(text).every(isPlain)),
      { numRuns: 2_000 },
    );
    expect(hasMarkup('Is the oak chair in stock? 2 > 1, ok.')).toBe(false);
  });

  it('made to be slow and eight times too long, it takes no more than a moment a piece', () => {
    const slow = [
      '*a ',
      '**a *b _c ~~d ',
      '> ',
      '>',
      '`',
      '``a',
      '- a\n',
      '```\n',
      '1. a\n',
      '_*',
      '*a* ',
      '***',
      '((',
      '*. ',
      '>\n> ',
    ];
    // The processor's time, not the clock's: the machine may be busy with something else.
    const start = process.cpuUsage();
    for (const piece of slow) parseMessage(piece.repeat(64_000 / piece.length));
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(5_000);
  });
});

describe('as plain text', () => {
  it('the words stand on one line, without marks', () => {
    expect(plainText('A *light* and **very ~~soft~~** one')).toBe('A light and very soft one');
    expect(plainText('Choose:\n- red\n- `blue`\n\n> or _none_\n\n```\ncode\n```')).toBe(
      'Choose: red blue or none code',
    );
    expect(plainText('2*3*4, see https://shop.example/a_b_c')).toBe('2*3*4, see https://shop.example/a_b_c');
  });

  it('nothing of a message without marks is lost but white space', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!hasMarkup(text));
        expect(plainText(text)).toBe(text.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});
