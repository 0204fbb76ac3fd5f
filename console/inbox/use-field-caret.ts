import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface FieldCaret {
  caret: number;
  /** The field tells where its caret is. */
  note(field: HTMLTextAreaElement): void;
  /** Where the caret goes once the next text is drawn. */
  put(index: number): void;
}

/** The caret of a field whose text is set from outside; the field grows with its text. */
export function useFieldCaret(field: RefObject<HTMLTextAreaElement | null>, text: string): FieldCaret {
  const [caret, setCaret] = useState(0);
  const next = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
    if (next.current === null) return;
    element.setSelectionRange(next.current, next.current);
    setCaret(next.current);
    next.current = null;
  }, [text, field]);
  const note = useCallback(({ selectionStart }: HTMLTextAreaElement) => setCaret(selectionStart), []);
  const put = useCallback((index: number) => {
    next.current = index;
  }, []);
  return { caret, note, put };
}
