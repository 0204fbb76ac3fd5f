import { linkPieces } from './message-links.ts';

export { hasMarkup } from './message-markup.ts';

/** What stands in a line of a message. The text of a link is its address as written: a link cannot pose as another. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; text: string }
  | { type: 'break' };

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; ordered: boolean; items: Inline[][] };

/** A quote of a quote of a quote …: deeper ones are text. */
const deepestQuote = 4;

/**
 * The formatting that people type without learning it, after Markdown: `**bold**`, `*italic*` or `_italic_`,
 * `~~strike~~`, `` `code` ``, blocks of code between lines of ``` ``` ```, `> quote`, `- list`, `1. list`, and addresses
 * as links. What is not closed or stands inside a word (`2*3*4`, `a_b_c`) is plain text. Nothing is lost but the marks.
 *
 * Takes time linear in the length: a message may be made to be slow.
 *
 * @example
 * parseMessage('**Hi** there');
 * // [{ type: 'paragraph', children: [{ type: 'bold', children: [{ type: 'text', text: 'Hi' }] }, { type: 'text', text: ' there' }] }]
 */
export function parseMessage(text: string): Block[] {
  return blocksOf(text.replace(/\r\n?/g, '\n').split('\n'), 0);
}

/**
 * The words of a message on one line and without its marks: for lists, titles and notices.
 *
 * @example
 * plainText('**Hi** there\n- one\n- two'); // 'Hi there one two'
 */
export function plainText(text: string): string {
  return parseMessage(text).map(wordsOf).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOf(part: Block | Inline): string {
  switch (part.type) {
    case 'break':
      return ' ';
    case 'quote':
      return part.children.map(wordsOf).join(' ');
    case 'list':
      return part.items.map((item) => item.map(wordsOf).join('')).join(' ');
    default:
      return 'text' in part ? part.text : part.children.map(wordsOf).join('');
  }
}

/** With the name of a language behind it, which is not shown. */
const fence = /^ {0,3}```(?:[a-z][\w+#.-]*)?\s*$/;
const fenceEnd = /^ {0,3}```\s*$/;
const quoted = /^ {0,3}>(?: (.*)|$)/;
const bullet = /^ {0,3}[-*•] +(\S.*)$/;
const numbered = /^ {0,3}(\d{1,3})[.)] +(\S.*)$/;

function blocksOf(lines: readonly string[], quoteDepth: number): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  /** No fence closes after a line that found none. */
  let hasFence = true;

  function endParagraph() {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: inlinesOf(paragraph.join('\n')) });
    paragraph = [];
  }
  /** Lines from `index` on, as far as `read` takes them. */
  function run(index: number, read: (line: string, count: number) => string | undefined): string[] {
    const taken: string[] = [];
    for (let at = index; at < lines.length; at += 1) {
      const found = read(lines[at] ?? '', taken.length);
      if (found === undefined) break;
      taken.push(found);
    }
    return taken;
  }
  function add(block: Block) {
    endParagraph();
    blocks.push(block);
  }

  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    if (hasFence && fence.test(line)) {
      let end = index + 1;
      while (end < lines.length && !fenceEnd.test(lines[end] ?? '')) end += 1;
      hasFence = end < lines.length;
      if (hasFence) {
        add({ type: 'code', text: lines.slice(index + 1, end).join('\n') });
        index = end + 1;
        continue;
      }
    }
    const quote = quoteDepth < deepestQuote ? run(index, (one) => quotedWords(one)) : [];
    if (quote.length > 0) {
      add({ type: 'quote', children: blocksOf(quote, quoteDepth + 1) });
      index += quote.length;
      continue;
    }
    const points = run(index, (one) => bullet.exec(one)?.[1]);
    // A number that does not count from 1 belongs to the sentence: "2. is better" keeps its 2.
    const steps = points.length > 0 ? points : run(index, (one, count) => step(one, count + 1));
    if (steps.length > 0) {
      add({ type: 'list', ordered: points.length === 0, items: steps.map(inlinesOf) });
      index += steps.length;
      continue;
    }
    if (line.trim() === '') endParagraph();
    else paragraph.push(line);
    index += 1;
  }
  endParagraph();
  return blocks;
}

function quotedWords(line: string): string | undefined {
  const match = quoted.exec(line);
  return match ? (match[1] ?? '') : undefined;
}

function step(line: string, number: number): string | undefined {
  const match = numbered.exec(line);
  return match && Number(match[1]) === number ? match[2] : undefined;
}

const marks = { '**': 'bold', '*': 'italic', _: 'italic', '~~': 'strike' } as const;
type Mark = keyof typeof marks;

/** What has been opened and waits for its end; the outermost one has no mark. */
interface Frame {
  mark: Mark | null;
  fromIndex: number;
  children: Inline[];
}

const wordChar = /[\p{L}\p{N}\p{M}]/u;
const hasSubstance = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

function inlinesOf(text: string): Inline[] {
  const stack: Frame[] = [{ mark: null, fromIndex: 0, children: [] }];
  const top = () => stack.at(-1) as Frame;

  function addText(piece: string) {
    for (const [index, line] of piece.split('\n').entries()) {
      if (index > 0) top().children.push({ type: 'break' });
      if (line === '') continue;
      const last = top().children.at(-1);
      if (last?.type === 'text') last.text += line;
      else top().children.push({ type: 'text', text: line });
    }
  }
  /** What was opened last turns out to be plain text. Each kind is open once at most, so this is done a few times a node. */
  function giveUp() {
    const frame = stack.pop() as Frame;
    addText(frame.mark ?? '');
    for (const child of frame.children) {
      if (child.type === 'text') addText(child.text);
      else top().children.push(child);
    }
  }
  function mark(found: Mark, index: number) {
    const before = charBefore(text, index);
    const after = charAfter(text, index + found.length);
    const canOpen = !isWord(before) && isInk(after);
    const canClose = isInk(before) && !isWord(after);
    const openAt = stack.findIndex((frame) => frame.mark === found);
    const opened = stack[openAt];
    if (canClose && opened && hasSubstance.test(text.slice(opened.fromIndex, index))) {
      while (stack.length - 1 > openAt) giveUp();
      stack.pop();
      top().children.push({ type: marks[found], children: opened.children });
    } else if (canOpen) {
      while (openAt > 0 && stack.length > openAt) giveUp();
      stack.push({ mark: found, fromIndex: index + found.length, children: [] });
    } else {
      addText(found);
    }
  }

  for (const token of tokensOf(text)) {
    if (token.type === 'mark') {
      // Of three stars the inner one closes first.
      const isTriple = token.text === '***';
      const order = isTriple && top().mark === '*' ? ['*', '**'] : isTriple ? ['**', '*'] : [token.text];
      let { index } = token;
      for (const one of order) {
        mark(one as Mark, index);
        index += one.length;
      }
    } else if (token.type === 'text') {
      addText(token.text);
    } else {
      top().children.push(token);
    }
  }
  while (stack.length > 1) giveUp();
  return top().children;
}

type Token =
  | Extract<Inline, { type: 'text' | 'code' | 'link' }>
  | { type: 'mark'; text: string; index: number };

/** Code first, in which nothing counts; then addresses, whose signs are their own; then marks. */
function* tokensOf(text: string): Generator<Token> {
  const code = /(?<!`)(`{1,3})(?!`)([^`\n]+)\1(?!`)/g;
  let fromIndex = 0;
  for (const match of text.matchAll(code)) {
    yield* linkTokens(text.slice(fromIndex, match.index), fromIndex);
    yield { type: 'code', text: match[2] ?? '' };
    fromIndex = match.index + match[0].length;
  }
  yield* linkTokens(text.slice(fromIndex), fromIndex);
}

function* linkTokens(text: string, fromIndex: number): Generator<Token> {
  let index = fromIndex;
  for (const { text: piece, href } of linkPieces(text)) {
    if (href) yield { type: 'link', text: piece, href };
    else yield* markTokens(piece, index);
    index += piece.length;
  }
}

function* markTokens(text: string, fromIndex: number): Generator<Token> {
  let at = 0;
  for (const { 0: found, index } of text.matchAll(/\*+|_+|~+/g)) {
    if (!(found in marks) && found !== '***') continue;
    if (index > at) yield { type: 'text', text: text.slice(at, index) };
    yield { type: 'mark', text: found, index: fromIndex + index };
    at = index + found.length;
  }
  if (at < text.length) yield { type: 'text', text: text.slice(at) };
}

/** The sign that ends before `index`, whole also when it takes two code units; '' at the start. */
function charBefore(text: string, index: number): string {
  const unit = text.slice(Math.max(0, index - 1), index);
  return /[\udc00-\udfff]/.test(unit) ? text.slice(Math.max(0, index - 2), index) : unit;
}

function charAfter(text: string, index: number): string {
  const point = text.codePointAt(index);
  return point === undefined ? '' : String.fromCodePoint(point);
}

const isWord = (char: string) => wordChar.test(char);
const isInk = (char: string) => char.trim() !== '';
