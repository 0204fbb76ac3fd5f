import type { ComponentChildren } from 'preact';
import './marked-text.css';

export interface MarkedTextProps {
  text: string;
  /** Places to mark, `[from, to)`, in order. */
  marks: ReadonlyArray<readonly [from: number, to: number]>;
}

/** A text in which what was searched for stands out. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from < at || to <= from || to > text.length) continue;
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
