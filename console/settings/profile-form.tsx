import { ImageUp, Trash2 } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import type { Refusal } from '../../shared/errors.ts';
import { agentNameSchema } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { useKeptState } from './kept-state.ts';
import { squarePicture } from './picture-file.ts';
import './profile-form.css';

/** The agent's own name and picture, as visitors and colleagues see them. */
export function ProfileForm() {
  const { store, connection, toasts } = useConsole();
  const agent = store.agent.value;
  const [typed, setTyped] = useKeptState<string | null>('own name', null);
  const [error, setError] = useState<string | undefined>();
  const [pictureError, setPictureError] = useState<string | undefined>();
  const [busy, setBusy] = useState<'name' | 'picture' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  if (!agent) return null;
  const name = typed ?? agent.name;

  async function saveName(event: Event) {
    event.preventDefault();
    const checked = v.safeParse(agentNameSchema, name);
    if (!checked.success) return setError('Enter a name, at most 80 characters.');
    setBusy('name');
    const reply = await connection.request('agent:update', { name: checked.output });
    setBusy(null);
    if (!reply.ok) return setError(refusalWords(reply));
    store.takeAgent(reply.agent);
    setTyped(() => null);
    void store.loadTeam();
    toasts.tell('Your name is changed. It stands under what you write from now on.');
  }

  async function setPicture(avatar: string | null): Promise<boolean> {
    const reply = await connection.request('agent:update', { avatar });
    if (!reply.ok) {
      setPictureError(refusalWords(reply));
      return false;
    }
    store.takeAgent(reply.agent);
    void store.loadTeam();
    return true;
  }
  async function upload(file: File) {
    setPictureError(undefined);
    setBusy('picture');
    const picture = await squarePicture(file);
    const sent = picture.ok ? await uploadPicture(picture.blob, connection) : picture;
    if (!sent.ok) setPictureError(sent.error);
    else if (await setPicture(sent.avatar)) toasts.tell('Your picture is changed.');
    setBusy(null);
  }
  async function removePicture(before: string) {
    setPictureError(undefined);
    if (!(await setPicture(null))) return;
    toasts.tell('Your picture is removed.', { undo: () => void setPicture(before) });
  }

  return (
    <>
      <div class="profile-picture">
        <Avatar name={agent.name} color={agent.color} avatar={agent.avatar} sizePx={64} />
        <div class="profile-tools">
          <div class="settings-actions">
            <Button icon={ImageUp} busy={busy === 'picture'} onClick={() => input.current?.click()}>
              {busy === 'picture' ? 'Uploading…' : agent.avatar ? 'Change the picture' : 'Choose a picture'}
            </Button>
            {agent.avatar ? (
              <Button
                look="quiet"
                icon={Trash2}
                label="Remove the picture"
                onClick={() => agent.avatar && void removePicture(agent.avatar)}
              />
            ) : null}
          </div>
          <p class="field-hint" id={`${id}-hint`}>
            Any size: the square in its middle is taken. Without one, visitors see your initials.
          </p>
          <p class="field-error" role="alert">
            {pictureError}
          </p>
        </div>
        <input
          ref={input}
          class="unseen"
          type="file"
          accept="image/png,image/jpeg,image/webp,image/avif,image/gif"
          tabIndex={-1}
          aria-label="Picture"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file may be chosen again after a failure.
            event.currentTarget.value = '';
            if (file) void upload(file);
          }}
        />
      </div>
      <form class="profile-name" noValidate onSubmit={saveName}>
        <TextField
          label="Name"
          hint="Visitors and colleagues see it."
          value={name}
          onValue={(value) => {
            setTyped(() => (value === agent.name ? null : value));
            setError(undefined);
          }}
          error={error}
          maxLength={80}
          autoComplete="name"
        />
        {typed === null ? null : (
          <div class="settings-actions">
            <Button look="primary" type="submit" busy={busy === 'name'}>
              {busy === 'name' ? 'Saving…' : 'Save the name'}
            </Button>
            <Button
              onClick={() => {
                setTyped(() => null);
                setError(undefined);
              }}
            >
              Discard
            </Button>
          </div>
        )}
      </form>
    </>
  );
}

type Uploaded = { ok: true; avatar: string } | { ok: false; error: string };

async function uploadPicture(blob: Blob, connection: { accessToken(): Promise<string> }): Promise<Uploaded> {
  try {
    const answer = await fetch('/api/agent/avatar', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await connection.accessToken()}`,
        'content-type': 'application/octet-stream',
      },
      body: blob,
    });
    const reply = (await answer.json()) as { ok: true; avatar: string } | Refusal;
    return reply.ok ? reply : { ok: false, error: refusalWords(reply) };
  } catch {
    // No answer, or one that is not Rapport's: the picture is still chosen in the agent's folder.
    return { ok: false, error: refusalWords({ error: 'unavailable' }) };
  }
}
