import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import type { TemplateFault } from '../../shared/model/template.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { newClientId } from '../random-id.ts';
import { refusalWords } from '../refusal-words.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { Company } from './company.tsx';
import { ComposerBar } from './composer-bar.tsx';
import { ComposerFaults } from './composer-faults.tsx';
import { ComposerHead } from './composer-head.tsx';
import { type Draft, emptyDraft, type WritingMode } from './drafts.ts';
import { mentionedIn } from './mentions.ts';
import { fillKnown } from './template-filling.ts';
import type { MessageItem } from './timeline.ts';
import { createTypingMark } from './typing-mark.ts';
import { useComposerFiles } from './use-composer-files.ts';
import type { ConversationActions } from './use-conversation-actions.ts';
import { useEmojiPicker } from './use-emoji-picker.tsx';
import { useFieldCaret } from './use-field-caret.ts';
import { useOvertaking } from './use-overtaking.ts';
import { useTemplateValues } from './use-template-values.ts';
import { useTypedMenu } from './use-typed-menu.tsx';
import './composer.css';

export interface ComposerProps {
  item: Conversation;
  row: InboxRow;
  actions: ConversationActions;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  /** It takes the focus as soon as it is there. */
  takesFocus: boolean;
  mode: WritingMode;
  onMode(mode: WritingMode): void;
  /** An own message that is being changed. */
  editing: MessageItem | null;
  onEditEnd(): void;
  /** The newest own message is to be changed. */
  onEditLast(): void;
}

export function Composer(props: ComposerProps) {
  const { item, row, actions, inputRef, takesFocus, mode, onMode, editing, onEditEnd, onEditLast } = props;
  const { store, desk, toasts } = useConsole();
  const { conversations } = store;
  const draft = desk.drafts.get(item.id, mode).value;
  const [changed, setChanged] = useState('');
  /** Sent once its files are there, by the mode it was written in. */
  const [waits, setWaits] = useState<{ mode: WritingMode; andClose: boolean } | null>(null);
  const [asked, setAsked] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const id = useId();
  const name = visitorName(row.visitor);
  const isNote = editing ? editing.kind === 'note' : mode === 'note';
  const text = editing ? changed : draft.text;
  const { caret, note, put: putCaret } = useFieldCaret(inputRef, text);

  const keep = (next: Draft) => desk.drafts.keep(item.id, mode, next);
  const setText = (next: string, isTemplate = draft.isTemplate) => {
    setAsked(false);
    if (editing) setChanged(next);
    else keep({ ...draft, text: next, isTemplate: isTemplate && next !== '' });
  };

  // ── typing, as the visitor and colleagues see it; a note is nobody's business ──────────────────────────────
  const mark = useMemo(
    () => createTypingMark((typing) => conversations.tellTyping(item.id, typing)),
    [conversations, item.id],
  );
  useEffect(() => () => mark.stop(), [mark]);

  const overtaking = useOvertaking(
    item,
    row.conversation.lastSeq,
    mode === 'reply' && draft.text.trim() !== '',
  );

  // ── words and variables ────────────────────────────────────────────────────────────────────────────────────
  const values = useTemplateValues(row);
  const faults = draft.isTemplate && !editing ? fillKnown(text, values).faults : [];
  const typed = useTypedMenu(row, { canned: true, mentions: isNote }, { text, caret }, (put) => {
    setText(put.text, draft.isTemplate || put.isTemplate);
    putCaret(put.caret);
    inputRef.current?.focus();
  });

  const files = useComposerFiles({
    conversationId: item.id,
    siteId: row.conversation.siteId,
    mode,
    inputRef,
    isOpen: !editing,
  });
  const { attachments } = files;

  // ── the field ──────────────────────────────────────────────────────────────────────────────────────────────
  // With a mouse there is a keyboard; on a phone the focus would throw up half a screen of keys.
  useLayoutEffect(() => {
    if (takesFocus && matchMedia('(pointer: fine)').matches) inputRef.current?.focus({ preventScroll: true });
  }, [inputRef, takesFocus]);
  useLayoutEffect(() => {
    if (!editing) return;
    setChanged(editing.text);
    putCaret(editing.text.length);
    inputRef.current?.focus();
  }, [editing, inputRef, putCaret]);

  const trimmed = text.trim();
  const rest = maxMessageChars - trimmed.length;
  const isUploading = attachments.some(({ state }) => state.phase === 'uploading');
  const hasBody = trimmed !== '' || (!editing && draft.files.length > 0);
  const canSend = (hasBody || (isUploading && !editing)) && rest >= 0;

  const showFault = (fault: TemplateFault) => {
    inputRef.current?.focus();
    inputRef.current?.setSelectionRange(fault.from, fault.to);
  };
  const send = (andClose: boolean) => {
    if (!canSend) return;
    if (editing) return void save(editing);
    if (faults[0]) {
      setAsked(true);
      return showFault(faults[0]);
    }
    if (isUploading) return setWaits({ mode, andClose });
    const filled = draft.isTemplate ? fillKnown(trimmed, values).text : trimmed;
    const members = store.teamOf(row.conversation.siteId).value ?? [];
    store.outbox.add({
      clientId: newClientId(),
      conversationId: item.id,
      kind: isNote ? 'note' : 'message',
      text: filled,
      files: draft.files,
      mentions: isNote ? mentionedIn(filled, members) : [],
    });
    mark.stop();
    setWaits(null);
    keep(emptyDraft);
    inputRef.current?.focus();
    if (andClose) actions.close();
  };
  const save = async (message: MessageItem) => {
    if (message.seq === null || isSaving) return;
    if (trimmed === message.text) return onEditEnd();
    setIsSaving(true);
    const refusal = await actions.edit({ of: message.kind, seq: message.seq }, trimmed);
    setIsSaving(false);
    // The words stay in the field: nothing that was written is lost.
    if (refusal) toasts.tell(`Not changed. ${refusalWords(refusal)}`, { tone: 'danger' });
    else onEditEnd();
  };
  const sendNow = useRef(send);
  sendNow.current = send;
  const isElsewhere = waits !== null && (waits.mode !== mode || editing !== null);
  useEffect(() => {
    if (waits === null || (isUploading && !isElsewhere)) return;
    // Something else stands in the field now. A file that was refused stays and says why; the rest goes only by another key.
    if (!isElsewhere && attachments.length === 0) sendNow.current(waits.andClose);
    setWaits(null);
  }, [waits, isUploading, isElsewhere, attachments.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion; Safari tells only by the key code.
    if (event.isComposing || event.keyCode === 229) return;
    if (typed.takesKey(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (editing) onEditEnd();
      else inputRef.current?.blur();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send((event.ctrlKey || event.metaKey) && !editing);
    } else if (event.key === 'ArrowUp' && text === '' && !editing) {
      event.preventDefault();
      onEditLast();
    }
  };
  const insert = (words: string) => {
    const element = inputRef.current;
    const from = element?.selectionStart ?? text.length;
    const to = element?.selectionEnd ?? from;
    putCaret(from + words.length);
    setText(text.slice(0, from) + words + text.slice(to));
  };
  const emoji = useEmojiPicker(insert, () => inputRef.current?.focus());

  return (
    <form
      class={`composer${isNote ? ' composer-note' : ''}${files.isOver ? ' composer-over-drop' : ''}`}
      aria-label={isNote ? 'Private note' : 'Reply'}
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <ComposerHead
        mode={mode}
        onMode={(next) => {
          onMode(next);
          inputRef.current?.focus();
        }}
        editing={editing}
        onEditEnd={onEditEnd}
        isNote={isNote}
      >
        <Company item={item} overtakenBy={overtaking.by} onSeen={overtaking.onSeen} />
      </ComposerHead>
      {asked && faults.length > 0 ? <ComposerFaults faults={faults} onShow={showFault} /> : null}
      <div class="composer-box">
        {typed.menu}
        {emoji.picker}
        <div class="composer-field">
          {faults.length > 0 ? (
            <div class="composer-marks" aria-hidden="true" dir="auto">
              <MarkedText text={text} marks={faults.map(({ from, to }) => [from, to] as const)} />
            </div>
          ) : null}
          <textarea
            ref={inputRef}
            class="composer-input scrolls"
            rows={1}
            dir="auto"
            value={text}
            placeholder={
              isNote ? 'Write a note for colleagues… @ mentions' : 'Write a reply… / for canned replies'
            }
            aria-label={isNote ? `Private note about ${name}` : `Reply to ${name}`}
            aria-invalid={rest < 0 || (asked && faults.length > 0) || undefined}
            aria-describedby={`${id}-rest`}
            {...typed.aria}
            enterkeyhint="send"
            onKeyDown={onKeyDown}
            onKeyUp={(event) => note(event.currentTarget)}
            onClick={(event) => note(event.currentTarget)}
            onBlur={() => mark.stop()}
            onPaste={(event) => {
              const pasted = [...(event.clipboardData?.files ?? [])];
              if (pasted.length === 0 || !files.rules.allowed) return;
              event.preventDefault();
              files.add(pasted);
            }}
            onInput={(event) => {
              const { value } = event.currentTarget;
              setText(value);
              note(event.currentTarget);
              typed.onInput(value);
              if (isNote || editing) return;
              if (value.trim() === '') mark.stop();
              else mark.touch();
            }}
          />
        </div>
        {editing ? null : (
          <AttachmentList
            files={draft.files}
            attachments={attachments}
            draftKey={files.draftKey}
            rules={files.rules}
            onRemove={(file) => keep({ ...draft, files: draft.files.filter((one) => one !== file) })}
          />
        )}
        <ComposerBar
          restId={`${id}-rest`}
          onFiles={files.rules.allowed && !editing ? files.add : null}
          isPickerOpen={emoji.isOpen}
          onPicker={emoji.toggle}
          onCanned={() => {
            insert(text === '' || /\s$/.test(text) ? '/' : ' /');
            inputRef.current?.focus();
          }}
          restChars={rest}
          isWaiting={waits !== null}
          isNote={isNote}
          isEditing={editing !== null}
          isSaving={isSaving}
          canSend={canSend}
        />
      </div>
      {files.isOver ? <p class="composer-drop">Drop files to attach them</p> : null}
    </form>
  );
}
