import { useState } from 'preact/hooks';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { mentionedIn } from './mentions.ts';
import { NoteField } from './note-field.tsx';
import type { ConversationActions } from './use-conversation-actions.ts';
import './date-time-fields.css';

export interface TransferDialogProps {
  row: InboxRow;
  actions: ConversationActions;
  onClose: () => void;
}

/**
 * Gives the conversation on, with a note of what the next one must know: both are done or nothing is. The note is kept
 * until that has happened, also when the dialog is closed.
 */
export function TransferDialog({ row, actions, onClose }: TransferDialogProps) {
  const { store } = useConsole();
  const { id: conversationId, siteId, assignee } = row.conversation;
  const key = `transfer ${conversationId}`;
  const everybody = store.teamOf(siteId).value ?? [];
  const members = everybody.filter(({ id }) => id !== assignee?.id);
  const teams = store.workspaceOf(siteId).value?.teams ?? [];
  const options = [
    { value: '', label: 'Choose…' },
    ...members.map(({ id, name, presence }) => ({ value: id, label: `${name} (${presence})` })),
    ...teams.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
  ];
  const [to, setTo] = useState('');
  const [note, setNote] = useState(() => store.draft(key));
  const [problems, setProblems] = useState<{ to?: string; note?: string }>({});
  const write = (next: string) => {
    setNote(next);
    store.keepDraft(key, next);
  };

  const submit = () => {
    const member = members.find(({ id }) => id === to);
    const team = teams.find(({ id }) => id === to);
    const found = {
      ...(member || team ? {} : { to: 'Choose who goes on.' }),
      ...(note.trim() === '' ? { note: 'Write what the next one must know.' } : {}),
    };
    setProblems(found);
    if (found.to || found.note) return;
    const text = note.trim();
    const mentions = mentionedIn(text, everybody);
    onClose();
    void actions
      .assign({
        ...(member ? { agent: { id: member.id, name: member.name } } : { agent: null }),
        ...(team ? { team: { id: team.id, name: team.name } } : {}),
        note: { text, mentions },
      })
      .then((refusal) => {
        // What was begun anew in the meantime stays.
        if (refusal === null && store.draft(key) === note) store.keepDraft(key, '');
      });
  };

  return (
    <Dialog title="Transfer with a note" onClose={onClose}>
      <form
        class="date-time"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SelectField label="To" value={to} options={options} onValue={setTo} error={problems.to} />
        <NoteField row={row} value={note} onValue={write} error={problems.note} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Transfer
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
