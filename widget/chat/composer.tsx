import { ArrowUp, Check, Paperclip, Smile } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { maxMessageChars, typingFadesMs } from '../../shared/limits.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Held } from '../actions.ts';
import * as texts from '../texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Late } from '../ui/late.tsx';
import type { ChatParts } from './chat-parts.ts';

/** From here on the composer counts down. */
const countFromChars = maxMessageChars - 500;
/** Five lines. */
const tallestPx = 120;

export interface ComposerProps {
  placeholder: string;
  draft: string;
  /** What may be attached; null: nothing, as in a change of a message. */
  files: SiteConfig['chat']['files'] | null;
  /** Files that go with the message. */
  held: Held;
  chat: ChatParts;
  onDraft(text: string): void;
  onSend(text: string): void;
  /** Repeated while the visitor writes; false when the writing stops. */
  onTyping(typing: boolean): void;
  /** Of a change: leaves the message as it is. */
  onCancel?: (() => void) | undefined;
}

export function Composer(props: ComposerProps) {
  const { placeholder, draft, held, chat, onDraft, onSend, onTyping, onCancel } = props;
  const rules = props.files?.allowed ? props.files : null;
  const [text, setText] = useState(draft);
  /** Not looked at yet; null while none were chosen here. */
  const [chosen, setChosen] = useState<readonly File[] | null>(null);
  /** The visitor has sent the message, which goes as soon as the chosen files can go with it. */
  const [waits, setWaits] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const typingToldMs = useRef(0);
  const stop = useRef(onTyping);
  stop.current = onTyping;
  const trimmed = text.trim();
  const left = maxMessageChars - trimmed.length;
  const isReading = (chosen?.length ?? 0) > 0;
  const isReady = left >= 0 && (trimmed !== '' || isReading || (rules && held.files.length > 0));

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, tallestPx)}px`;
    area.style.overflowY = area.scrollHeight > tallestPx ? 'auto' : 'hidden';
  }, [text]);

  useLayoutEffect(() => {
    if (onCancel) toEndOfText();
    return stopTyping;
  }, []);

  useEffect(() => {
    if (waits && !isReading) send();
  }, [waits, isReading]);

  // Files may be dropped anywhere on the panel; without this the browser would leave the page for them.
  useEffect(() => {
    const panel = form.current?.closest<HTMLElement>('.panel');
    if (!panel || !rules) return;
    const onDrag = (event: DragEvent) => {
      const { dataTransfer, type, relatedTarget } = event;
      if (!dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDropping(
        type === 'dragover' || (type === 'dragleave' && panel.contains(relatedTarget as Node | null)),
      );
      if (type === 'drop') add(dataTransfer.files);
    };
    const types = ['dragover', 'dragleave', 'drop'] as const;
    for (const type of types) panel.addEventListener(type, onDrag);
    return () => {
      for (const type of types) panel.removeEventListener(type, onDrag);
    };
  }, [rules]);

  function toEndOfText() {
    const area = box.current;
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  }

  function add(list: FileList | null | undefined) {
    const all = [...(list ?? [])];
    if (all.length === 0) return;
    setChosen((before) => [...(before ?? []), ...all]);
    box.current?.focus();
  }

  function stopTyping() {
    if (typingToldMs.current === 0) return;
    typingToldMs.current = 0;
    stop.current(false);
  }

  function change(next: string) {
    setText(next);
    setWaits(false);
    onDraft(next);
    if (next.trim() === '') return stopTyping();
    const nowMs = Date.now();
    if (nowMs - typingToldMs.current < typingFadesMs / 2) return;
    typingToldMs.current = nowMs;
    onTyping(true);
  }

  function send() {
    setWaits(isReading);
    if (!isReady || isReading) return;
    typingToldMs.current = 0;
    setText('');
    onDraft('');
    onSend(trimmed);
    box.current?.focus();
  }

  function insert(sign: string) {
    const area = box.current;
    setPicking(false);
    if (!area) return;
    area.focus();
    area.setRangeText(sign, area.selectionStart, area.selectionEnd, 'end');
    change(area.value);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && onCancel && !event.isComposing) {
      // The panel would close.
      event.stopPropagation();
      return onCancel();
    }
    // 229: Safari ends an input method's composition with an Enter that no longer says so.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      ref={form}
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isDropping && (
        <Late part={chat.files} isQuiet>
          {({ DropZone }) => <DropZone />}
        </Late>
      )}
      {isPicking && (
        <Late part={chat.emoji}>
          {({ EmojiPicker }) => (
            <EmojiPicker
              memory={chat.emojiMemory}
              onPick={insert}
              onClose={() => {
                setPicking(false);
                box.current?.focus();
              }}
            />
          )}
        </Late>
      )}
      {rules && (chosen || held.files.length > 0) && (
        <Late part={chat.files}>
          {({ FileTray }) => (
            <FileTray
              held={held}
              chosen={chosen ?? []}
              rules={rules}
              onChecked={(areGood) => {
                setChosen([]);
                if (!areGood) setWaits(false);
              }}
              onRemove={() => box.current?.focus()}
            />
          )}
        </Late>
      )}
      {onCancel && (
        <Late part={chat.menu} isQuiet>
          {({ EditingBar }) => <EditingBar onCancel={onCancel} />}
        </Late>
      )}
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
          onPaste={(event) => {
            if (!rules || !event.clipboardData?.files.length) return;
            event.preventDefault();
            add(event.clipboardData.files);
          }}
        />
        <button
          type="button"
          class="utility"
          aria-label={texts.emoji}
          title={texts.emoji}
          aria-expanded={isPicking}
          onClick={() => setPicking(!isPicking)}
        >
          <Icon of={Smile} />
        </button>
        {rules && (
          <>
            <button
              type="button"
              class="utility"
              aria-label={texts.attach}
              title={texts.attach}
              onClick={() => chooser.current?.click()}
            >
              <Icon of={Paperclip} />
            </button>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              tabIndex={-1}
              aria-label={texts.attach}
              onChange={(event) => {
                add(event.currentTarget.files);
                // The same file can be picked again after it was removed.
                event.currentTarget.value = '';
              }}
            />
          </>
        )}
        <button
          type="submit"
          class="send"
          aria-label={onCancel ? texts.saveChange : texts.send}
          title={onCancel ? texts.saveChange : texts.sendKey}
          disabled={!isReady}
        >
          <Icon of={onCancel ? Check : ArrowUp} />
        </button>
      </div>
      <div id="composer-count" class="count" role="status">
        {left < 0 ? texts.charsOver(-left) : trimmed.length > countFromChars ? texts.charsLeft(left) : ''}
      </div>
    </form>
  );
}
