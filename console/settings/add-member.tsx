import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { agentNameSchema, emailSchema, type Role, type TeamMember } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Strip } from '../ui/notice.tsx';

type Added = { member: TeamMember; password: string | null };

/** Adds a person to the site. The first password is random and can be read here only, once. */
export function AddMember({ siteId, onClose }: { siteId: string; onClose: () => void }) {
  const { connection, store } = useConsole();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [errors, setErrors] = useState<{ name?: string; email?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);

  async function add(event: Event) {
    event.preventDefault();
    const checkedName = v.safeParse(agentNameSchema, name);
    const checkedEmail = v.safeParse(emailSchema, email);
    if (!checkedName.success || !checkedEmail.success) {
      return setErrors({
        ...(checkedName.success ? {} : { name: 'Enter a name, at most 80 characters.' }),
        ...(checkedEmail.success ? {} : { email: 'Enter an address like ada@shop.example.' }),
      });
    }
    setErrors({});
    setBusy(true);
    const reply = await connection.request('team:add', {
      siteId,
      name: checkedName.output,
      email: checkedEmail.output,
      role,
    });
    setBusy(false);
    if (!reply.ok) {
      if (reply.error === 'already_exists')
        return setErrors({ email: 'This person is in the team already.' });
      return setErrors({ form: refusalWords(reply) });
    }
    setAdded(reply);
    void store.loadTeam();
  }

  if (added) {
    return (
      <Dialog title={`${added.member.name} is in the team`} onClose={onClose}>
        {added.password === null ? (
          <p>There was an account with this address already: it works with the password that it has.</p>
        ) : (
          <>
            <p>
              Give this first password to {added.member.name}. It is shown only now; it can be changed under
              Settings, Your account.
            </p>
            <div class="script-tag card">
              <pre class="script-tag-code" dir="ltr">
                <code>{added.password}</code>
              </pre>
              <CopyButton text={added.password} />
            </div>
          </>
        )}
        <div class="dialog-actions">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Add a person" onClose={onClose}>
      <form class="settings-group" noValidate onSubmit={add}>
        {errors.form ? <Strip tone="danger">Nobody was added. {errors.form}</Strip> : null}
        <TextField
          label="Name"
          hint="Visitors see it beside the answers."
          value={name}
          onValue={setName}
          error={errors.name}
          maxLength={80}
        />
        <TextField label="E-mail" type="email" value={email} onValue={setEmail} error={errors.email} />
        <SelectField
          label="Role"
          value={role}
          options={[
            { value: 'agent', label: 'Agent: answers visitors' },
            { value: 'owner', label: 'Owner: also changes the site and the team' },
          ]}
          onValue={setRole}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={busy}>
            {busy ? 'Adding…' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
