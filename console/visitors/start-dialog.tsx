import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { maxMessageChars } from '../../shared/limits.ts';
import { fillTemplate } from '../../shared/model/template.ts';
import type { CannedReply } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import { newClientId } from '../random-id.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { Strip } from '../ui/notice.tsx';
import './start-dialog.css';

export interface StartDialogProps {
  siteId: string;
  to: { liveId: string } | { visitorId: string };
  /** As lists show it. */
  shownName: string;
  /** Null: not known; nothing is filled in for it. */
  name: string | null;
  onClose: () => void;
}

/** Writes first. What is written is kept until it is sent, also when the dialog is closed. */
export function StartDialog({ siteId, to, shownName, name, onClose }: StartDialogProps) {
  const { store, connection } = useConsole();
  const { route } = useLocation();
  const key = `begin ${'liveId' in to ? to.liveId : to.visitorId}`;
  const [text, setText] = useState(() => store.draft(key));
  const [error, setError] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // A repeat after a lost answer is the same message.
  const clientId = useRef(newClientId());
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const canned = store.workspaceOf(siteId).value?.canned ?? [];

  useLayoutEffect(() => area.current?.focus(), []);

  function write(next: string) {
    if (next !== text) clientId.current = newClientId();
    setText(next);
    store.keepDraft(key, next);
    setError(null);
  }
  function insert(reply: CannedReply) {
    const agentName = store.agent.value?.name ?? '';
    const filled = fillTemplate(reply.text, {
      'visitor.name': name,
      'visitor.firstName': name?.split(' ')[0] ?? null,
      'visitor.email': null,
      'agent.name': agentName,
      'agent.firstName': agentName.split(' ')[0] ?? null,
      'site.name': store.current.value?.site.settings.name ?? null,
      'conversation.id': null,
    });
    if (filled.ok) write(text.trim() === '' ? filled.text : `${text.trimEnd()}\n${filled.text}`);
    else
      setError(
        `/${reply.shortcut} needs what is not known here: ${filled.faults.map(({ found }) => found).join(', ')}.`,
      );
    area.current?.focus();
  }
  async function send() {
    const words = text.trim();
    if (words === '') return setError('Write a message first.');
    setBusy(true);
    setFailure(null);
    const reply = await connection.request('conversation:begin', {
      siteId,
      to,
      clientId: clientId.current,
      text: words,
    });
    setBusy(false);
    if (!reply.ok) {
      return setFailure(
        reply.error === 'not_found'
          ? 'The visitor has left the site, and there is no way to write any more. Your text is kept here.'
          : `Not sent. ${refusalWords(reply)}`,
      );
    }
    store.keepDraft(key, '');
    onClose();
    route(`/console/inbox/${reply.row.conversation.id}`);
  }

  return (
    <Dialog title={`Start a conversation with ${shownName}`} onClose={onClose}>
      <form
        class="start"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {failure ? <Strip tone="danger">{failure}</Strip> : null}
        <div class="field">
          <div class="start-head">
            <label class="field-label" for={id}>
              Message
            </label>
            {canned.length > 0 ? (
              <Menu
                label="Canned replies"
                align="end"
                button={{ look: 'quiet', children: 'Canned reply' }}
                choices={canned.map((reply) => ({
                  id: reply.id,
                  words: `/${reply.shortcut}`,
                  name: reply.shortcut,
                  onChoose: () => insert(reply),
                }))}
              />
            ) : null}
          </div>
          <p class="field-hint" id={`${id}-hint`}>
            It shows in the chat of {shownName}, and the conversation is yours.
          </p>
          <textarea
            id={id}
            ref={area}
            class="input"
            rows={5}
            dir="auto"
            value={text}
            maxLength={maxMessageChars}
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
            onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
              event.preventDefault();
              void send();
            }}
          />
          <p class="field-error" id={`${id}-error`} role="alert">
            {error}
          </p>
        </div>
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={busy} keys="Control+Enter">
            {busy ? 'Sending…' : 'Send'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
