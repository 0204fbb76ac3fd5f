import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './choice-menu.css';
import './typed-menu.css';

export interface TypedChoice {
  id: string;
  words: ComponentChildren;
  detail?: ComponentChildren;
  lead?: ComponentChildren;
  /** What it would put into the text. */
  preview?: ComponentChildren;
  onChoose(): void;
}

export interface TypedMenuProps {
  id: string;
  label: string;
  choices: readonly TypedChoice[];
  activeIndex: number;
  onActive(index: number): void;
}

/** List over the composer for what is being typed. The text field keeps the focus and moves in it by arrows. */
export function TypedMenu({ id, label, choices, activeIndex, onActive }: TypedMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeIndex, choices]);
  const current = choices[activeIndex];
  return (
    <div class="typed-menu">
      <div ref={list} id={id} class="typed-list scrolls" role="listbox" aria-label={label}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: chosen by keyboard in the text field, which keeps the focus
          <div
            key={choice.id}
            id={`${id}-${choice.id}`}
            class="choice"
            role="option"
            tabIndex={-1}
            aria-selected={index === activeIndex}
            onPointerMove={() => onActive(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={choice.onChoose}
          >
            {choice.lead}
            <span class="choice-words">{choice.words}</span>
            {choice.detail ? <span class="choice-detail ellipsis">{choice.detail}</span> : null}
          </div>
        ))}
      </div>
      {current?.preview ? (
        <div class="typed-preview scrolls" dir="auto">
          {current.preview}
        </div>
      ) : null}
    </div>
  );
}
