import { KeyRound, Plus, Trash2 } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import type { IdentityKey } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Strip } from '../ui/notice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TimeText } from '../ui/time-text.tsx';
import { type HostLanguage, hostLanguages, identifyCall, identitySnippet } from './identity-snippets.ts';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { TokenCheck } from './token-check.tsx';
import './identity-section.css';

const modes = [
  {
    value: 'optional',
    label: 'Optional',
    hint: 'A signed identity shows as verified. Names and addresses that visitors type count too, unverified.',
  },
  {
    value: 'required',
    label: 'Required',
    hint: 'A name, an address or an id counts only with your signature. What belongs to a signed-in customer is shown to nobody else, so a shared computer shows nothing after sign-out.',
  },
] as const;

/** Two keys live at once while hosts change from one to the other. */
const maxKeys = 2;

export function IdentitySection(props: SiteSectionProps & { siteId: string; siteKey: string }) {
  const { settings, readOnly, onChange, siteId, siteKey } = props;
  const [keys, setKeys] = useState<IdentityKey[] | Refusal | null>(null);
  const { connection } = useConsole();
  useEffect(() => {
    if (readOnly) return;
    let wanted = true;
    void connection
      .request('identity:keys', { siteId })
      .then((reply) => wanted && setKeys(reply.ok ? reply.keys : reply));
    return () => {
      wanted = false;
    };
  }, [connection, siteId, readOnly]);
  const known = Array.isArray(keys) ? keys : [];
  return (
    <>
      <SettingsGroup
        title="Signed identity"
        about="Your server signs who the customer is; agents then see that name as verified, and the customer finds the same conversations on every device. Without a signature anybody could claim to be anybody."
      >
        <fieldset class="ways" disabled={readOnly}>
          <legend class="unseen">Signed identity</legend>
          {modes.map(({ value, label, hint }) => (
            <label key={value} class="way card">
              <input
                type="radio"
                name="identity"
                checked={settings.identity.mode === value}
                onChange={() => onChange({ identity: { mode: value } })}
              />
              <span>
                <span class="field-label">{label}</span>
                <span class="field-hint">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {settings.identity.mode === 'required' && Array.isArray(keys) && keys.length === 0 ? (
          <Strip tone="warning">
            There is no key yet: nobody can be identified until your server signs with one.
          </Strip>
        ) : null}
      </SettingsGroup>
      {readOnly ? null : <Keys siteId={siteId} keys={keys} onKeys={setKeys} />}
      <Snippet siteKey={siteKey} kid={known.at(-1)?.kid ?? 'KEY_ID'} />
      {readOnly ? null : <TokenCheck siteKey={siteKey} kids={known.map(({ kid }) => kid)} />}
    </>
  );
}

interface KeysProps {
  siteId: string;
  keys: IdentityKey[] | Refusal | null;
  onKeys: (keys: IdentityKey[]) => void;
}

function Keys({ siteId, keys, onKeys }: KeysProps) {
  const { connection } = useConsole();
  const [made, setMade] = useState<{ kid: string; secret: string } | null>(null);
  const [leaving, setLeaving] = useState<IdentityKey | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function add() {
    setBusy(true);
    setFailure(null);
    const reply = await connection.request('identity:addKey', { siteId });
    setBusy(false);
    if (!reply.ok) return setFailure(`No key was made. ${refusalWords(reply)}`);
    onKeys([...(Array.isArray(keys) ? keys : []), reply.key]);
    setMade({ kid: reply.key.kid, secret: reply.secret });
  }
  async function remove(kid: string) {
    setLeaving(null);
    setFailure(null);
    const reply = await connection.request('identity:removeKey', { siteId, kid });
    if (reply.ok) onKeys(reply.keys);
    else setFailure(`The key still works. ${refusalWords(reply)}`);
  }

  return (
    <SettingsGroup
      title="Keys"
      about="A key has an id, which stands in tokens, and a secret, which only your server holds. To change keys without a gap: make a second one, let your server sign with it, then remove the first."
    >
      {failure ? <Strip tone="danger">{failure}</Strip> : null}
      {keys === null ? (
        <Skeleton width="50%" />
      ) : !Array.isArray(keys) ? (
        <Strip tone="danger">The keys did not load. {refusalWords(keys)}</Strip>
      ) : keys.length === 0 ? (
        <p class="muted">No key yet.</p>
      ) : (
        <ul class="items card">
          {keys.map((key) => (
            <li key={key.kid} class="item-row">
              <div class="item-words">
                <code>{key.kid}</code>{' '}
                <span class="muted">
                  made <TimeText atMs={key.createdAtMs} as="ago" />
                </span>
              </div>
              <Button
                look="quiet"
                icon={Trash2}
                label={`Remove key ${key.kid}`}
                onClick={() => setLeaving(key)}
              />
            </li>
          ))}
        </ul>
      )}
      <div class="settings-actions">
        <Button
          icon={Plus}
          busy={busy}
          disabled={!Array.isArray(keys) || keys.length >= maxKeys}
          onClick={() => void add()}
        >
          Make a key
        </Button>
        {Array.isArray(keys) && keys.length >= maxKeys ? (
          <p class="muted team-note">Two keys can live at once. Remove the old one first.</p>
        ) : null}
      </div>
      {made ? (
        <Dialog title="The new key" onClose={() => setMade(null)}>
          <p>
            <Strip tone="warning">
              The secret is shown only now. Put it into your server’s settings before you close this.
            </Strip>
          </p>
          <dl class="identity-key">
            <dt>Key id (kid)</dt>
            <dd>
              <code>{made.kid}</code>
              <CopyButton text={made.kid} />
            </dd>
            <dt>Secret</dt>
            <dd>
              <code class="identity-secret">{made.secret}</code>
              <CopyButton text={made.secret} />
            </dd>
          </dl>
          <div class="dialog-actions">
            <Button look="primary" onClick={() => setMade(null)}>
              I have kept it
            </Button>
          </div>
        </Dialog>
      ) : null}
      {leaving ? (
        <Dialog title="Remove this key?" onClose={() => setLeaving(null)}>
          <p>
            Tokens signed with <code>{leaving.kid}</code> are refused from then on, and the key cannot come
            back. Customers whose page still sends such a token count as not identified.
          </p>
          <div class="dialog-actions">
            <Button onClick={() => setLeaving(null)}>Keep it</Button>
            <Button look="danger" icon={KeyRound} onClick={() => void remove(leaving.kid)}>
              Remove the key
            </Button>
          </div>
        </Dialog>
      ) : null}
    </SettingsGroup>
  );
}

function Snippet({ siteKey, kid }: { siteKey: string; kid: string }) {
  const [language, setLanguage] = useState<HostLanguage>('node');
  const code = identitySnippet(language, siteKey, kid);
  return (
    <SettingsGroup
      title="On your server"
      about="Sign for whoever is signed in at your site, and answer with the token at an address of yours. Whole examples stand in docs/identity.md."
    >
      <Segmented label="Language" value={language} options={hostLanguages} onValue={setLanguage} />
      <Code code={code} />
      <h3>In your pages</h3>
      <Code code={identifyCall} />
    </SettingsGroup>
  );
}

function Code({ code }: { code: string }) {
  return (
    <div class="script-tag card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre class="script-tag-code identity-code" dir="ltr" tabIndex={0}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} />
    </div>
  );
}
