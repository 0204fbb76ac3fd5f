import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Block, type Inline, parseMessage } from '../../shared/model/message-format.ts';
import { type Mentionable, mentionParts } from './mentions.ts';
import './message-text.css';

export interface MessageTextProps {
  text: string;
  /** Agents whose `@Name` is highlighted. */
  mentioned?: readonly Mentionable[];
  /** The agent who reads: mentions of oneself stand out. */
  meId?: string | undefined;
}

/** The words of a message with their formatting. Every part is a text node or an element made here. */
export function MessageText({ text, mentioned = [], meId }: MessageTextProps) {
  const blocks = useMemo(() => parseMessage(text), [text]);
  const words = (part: string): ComponentChildren =>
    mentioned.length === 0
      ? part
      : mentionParts(part, mentioned).map((piece, index) =>
          piece.agent ? (
            <mark key={index} class={piece.agent.id === meId ? 'mention mention-me' : 'mention'}>
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        );
  return (
    <>
      {blocks.map((block, index) => (
        <TextBlock key={index} block={block} words={words} />
      ))}
    </>
  );
}

interface TextBlockProps {
  block: Block;
  words(text: string): ComponentChildren;
}

function TextBlock({ block, words }: TextBlockProps) {
  switch (block.type) {
    case 'paragraph':
      return <p dir="auto">{inlines(block.children, words)}</p>;
    case 'code':
      return (
        <pre class="message-code scrolls" dir="ltr">
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote class="message-quote" dir="auto">
          {block.children.map((child, index) => (
            <TextBlock key={index} block={child} words={words} />
          ))}
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{inlines(item, words)}</li>);
      // The list as a whole: its numbers and dots stand on the side where it begins.
      return block.ordered ? <ol dir="auto">{items}</ol> : <ul dir="auto">{items}</ul>;
    }
  }
}

function inlines(parts: readonly Inline[], words: TextBlockProps['words']): ComponentChildren {
  return parts.map((part, index) => <TextInline key={index} part={part} words={words} />);
}

function TextInline({ part, words }: { part: Inline; words: TextBlockProps['words'] }) {
  switch (part.type) {
    case 'text':
      return <>{words(part.text)}</>;
    case 'bold':
      return <strong>{inlines(part.children, words)}</strong>;
    case 'italic':
      return <em>{inlines(part.children, words)}</em>;
    case 'strike':
      return <s>{inlines(part.children, words)}</s>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
      );
    case 'break':
      return <br />;
  }
}
