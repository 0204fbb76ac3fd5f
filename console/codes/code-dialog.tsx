import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Refusal } from '../../shared/errors.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import './code-dialog.css';

const digits = 6;

/** The agent types what the visitor reads out, and lands where the visitor's page will show. */
export function CodeDialog({ onClose }: { onClose: () => void }) {
  const { connection } = useConsole();
  const { route } = useLocation();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const code = typed.replace(/\D/g, '');

  async function look() {
    if (busy) return;
    if (code.length !== digits) {
      setError('A code has six digits.');
      field.current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    const reply = await connection.request('cobrowse:redeem', { code });
    setBusy(false);
    if (!reply.ok) {
      setError(codeRefusal(reply));
      field.current?.select();
      return;
    }
    onClose();
    route(`/console/cobrowse/${reply.session.id}`);
  }

  return (
    <Dialog title="Look at a caller’s page" onClose={onClose}>
      <form
        class="code-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <TextField
          label="The visitor’s code"
          hint="Six digits, from the chat’s menu “Code for a call with us”. The visitor is then asked to share the page with you."
          value={typed}
          onValue={setTyped}
          error={error}
          inputRef={field}
          maxLength={20}
          placeholder="000 000"
          mono
          spellcheck={false}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={busy}>
            Ask to see the page
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function codeRefusal(reply: Refusal): string {
  if (reply.error === 'not_found') {
    return 'There is no such code now. It may be mistyped, used already, or older than ten minutes.';
  }
  return refusalWords(reply);
}
