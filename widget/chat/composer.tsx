import { ArrowUp } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { maxMessageChars, typingFadesMs } from '../../shared/limits.ts';
import { texts } from '../texts.ts';
import { Icon } from '../ui/icon.tsx';

/** From here on the composer counts down. */
const countFromChars = maxMessageChars - 500;
const tallestPx = 140;

export interface ComposerProps {
  placeholder: string;
  draft: string;
  onDraft(text: string): void;
  onSend(text: string): void;
  /** Repeated while the visitor writes; false when the writing stops. */
  onTyping(typing: boolean): void;
}

export function Composer({ placeholder, draft, onDraft, onSend, onTyping }: ComposerProps) {
  const [text, setText] = useState(draft);
  const box = useRef<HTMLTextAreaElement>(null);
  const typingToldMs = useRef(0);
  const stop = useRef(onTyping);
  stop.current = onTyping;
  const trimmed = text.trim();
  const left = maxMessageChars - trimmed.length;

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, tallestPx)}px`;
    area.style.overflowY = area.scrollHeight > tallestPx ? 'auto' : 'hidden';
  }, [text]);

  useEffect(() => () => stopTyping(), []);

  function stopTyping() {
    if (typingToldMs.current === 0) return;
    typingToldMs.current = 0;
    stop.current(false);
  }

  function change(next: string) {
    setText(next);
    onDraft(next);
    if (next.trim() === '') return stopTyping();
    const nowMs = Date.now();
    if (nowMs - typingToldMs.current < typingFadesMs / 2) return;
    typingToldMs.current = nowMs;
    onTyping(true);
  }

  function send() {
    if (trimmed === '' || left < 0) return;
    typingToldMs.current = 0;
    setText('');
    onDraft('');
    onSend(trimmed);
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    // 229: Safari ends an input method's composition with an Enter that no longer says so.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class={`field${left < 0 ? ' over' : ''}`}>
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          value={text}
          placeholder={placeholder}
          aria-label={texts.write}
          aria-invalid={left < 0}
          aria-describedby="composer-count"
          enterkeyhint="send"
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={stopTyping}
        />
        <button
          type="submit"
          class="send"
          aria-label={texts.send}
          title={texts.sendKey}
          disabled={trimmed === '' || left < 0}
        >
          <Icon of={ArrowUp} />
        </button>
      </div>
      <div id="composer-count" class="count" role="status">
        {left < 0 ? texts.charsOver(-left) : trimmed.length > countFromChars ? texts.charsLeft(left) : ''}
      </div>
    </form>
  );
}
