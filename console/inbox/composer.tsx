import { SendHorizontal } from 'lucide';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversations.ts';
import { newClientId } from '../random-id.ts';
import { Button } from '../ui/button.tsx';
import { createTypingMark } from './typing-mark.ts';
import './composer.css';

/** From here on the remaining characters are counted. */
const countedFromChars = maxMessageChars - 500;

export interface ComposerProps {
  item: Conversation;
  visitorName: string;
  inputRef: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ item, visitorName, inputRef }: ComposerProps) {
  const { store } = useConsole();
  const { conversations } = store;
  const [text, setText] = useState(() => store.draft(item.id));
  const mark = useMemo(
    () => createTypingMark((typing) => conversations.tellTyping(item.id, typing)),
    [conversations, item.id],
  );
  useEffect(() => () => mark.stop(), [mark]);

  // A message that could not be sent comes back here to be changed.
  const returned = store.returned.value;
  useEffect(() => {
    if (returned?.conversationId !== item.id) return;
    setText((now) => (now.trim() === '' ? returned.text : `${now}\n${returned.text}`));
    store.takeReturned();
    inputRef.current?.focus();
  }, [returned, item.id, store, inputRef]);
  useEffect(() => store.keepDraft(item.id, text), [store, item.id, text]);

  // With a mouse there is a keyboard; on a phone the focus would throw up half a screen of keys.
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) inputRef.current?.focus({ preventScroll: true });
  }, [inputRef]);

  useLayoutEffect(() => {
    const element = inputRef.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight + 2}px`;
  }, [text, inputRef]);

  const trimmed = text.trim();
  const rest = maxMessageChars - trimmed.length;
  const canSend = trimmed !== '' && rest >= 0;

  const send = () => {
    if (!canSend) return;
    store.outbox.add({ clientId: newClientId(), conversationId: item.id, text: trimmed });
    mark.stop();
    setText('');
    inputRef.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion; Safari tells only by the key code.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      inputRef.current?.blur();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={inputRef}
          class="composer-input scrolls"
          rows={1}
          dir="auto"
          value={text}
          placeholder="Write a reply…"
          aria-label={`Reply to ${visitorName}`}
          aria-invalid={rest < 0 || undefined}
          aria-describedby="composer-rest"
          enterkeyhint="send"
          onKeyDown={onKeyDown}
          onBlur={() => mark.stop()}
          onInput={(event) => {
            const value = event.currentTarget.value;
            setText(value);
            if (value.trim() === '') mark.stop();
            else mark.touch();
          }}
        />
        <Button look="primary" type="submit" icon={SendHorizontal} label="Send" disabled={!canSend} />
      </div>
      <p class="composer-foot">
        <span
          id="composer-rest"
          class={rest < 0 ? 'composer-over' : ''}
          role={rest < 0 ? 'alert' : undefined}
        >
          {trimmed.length < countedFromChars
            ? ''
            : rest < 0
              ? `${-rest} characters too many. Send it in two messages.`
              : `${rest} characters left`}
        </span>
        <span class="composer-keys">
          <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a line
        </span>
      </p>
    </form>
  );
}
