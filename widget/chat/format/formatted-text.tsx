import type { ComponentChildren } from 'preact';
import { type Block, type Inline, parseMessage } from '../../../shared/model/message-format.ts';
import { linkPieces } from '../../../shared/model/message-links.ts';

const tags = { bold: 'b', italic: 'i', strike: 's' } as const;

/** A message with its formatting, as elements: no string of it is ever markup. */
export function FormattedText({ text }: { text: string }) {
  return <>{parseMessage(text).map((block) => blockView(block, 'auto'))}</>;
}

/** A message without formatting, every line and space of it, with its addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return <>{linkPieces(text).map(({ text: shown, href }) => (href ? linkView(href, shown) : shown))}</>;
}

function linkView(href: string, text: string): ComponentChildren {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {text}
    </a>
  );
}

/**
 * `dir` stands at the outermost block alone: of what has a direction of its own, "auto" around it reads nothing, and
 * bullets and the line beside a quote would stand on the wrong side.
 */
function blockView(block: Block, dir?: 'auto'): ComponentChildren {
  switch (block.type) {
    case 'paragraph':
      return <p dir={dir}>{block.children.map(inlineView)}</p>;
    case 'code':
      return (
        // Wide lines scroll, which the keyboard can do only in what takes the focus.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <pre dir="ltr" tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'quote':
      return <blockquote dir={dir}>{block.children.map((inner) => blockView(inner))}</blockquote>;
    case 'list': {
      const items = block.items.map((item) => <li>{item.map(inlineView)}</li>);
      return block.ordered ? <ol dir={dir}>{items}</ol> : <ul dir={dir}>{items}</ul>;
    }
  }
}

function inlineView(inline: Inline): ComponentChildren {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'break':
      return <br />;
    case 'code':
      return <code>{inline.text}</code>;
    case 'link':
      return linkView(inline.href, inline.text);
    default: {
      const Tag = tags[inline.type];
      return <Tag>{inline.children.map(inlineView)}</Tag>;
    }
  }
}

export const styles = `
.bubble :is(p,pre,blockquote,ul,ol){margin:0;padding:0}
.bubble>*+*,.bubble blockquote>*+*{margin-top:6px}
.bubble :is(ul,ol){padding-inline-start:20px;list-style:disc}
.bubble ol{list-style:decimal}
.bubble li::marker{font-variant-numeric:tabular-nums}
.bubble blockquote{border-inline-start:3px solid;padding-inline-start:8px}
.bubble :is(code,pre){font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em;border-radius:4px;background:color-mix(in srgb,currentColor 10%,transparent)}
.bubble code{padding:1px 4px}
.bubble pre{padding:6px 8px;overflow-x:auto;white-space:pre;overflow-wrap:normal}
@supports not (color:color-mix(in srgb,red,red)){.bubble :is(code,pre){background:none;outline:1px solid}}
`;
