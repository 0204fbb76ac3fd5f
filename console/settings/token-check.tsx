import { useState } from 'preact/hooks';
import { TextField } from '../ui/field.tsx';
import { Strip } from '../ui/notice.tsx';
import { nowMs } from '../ui/now.ts';
import { spanWords } from '../ui/time-words.ts';
import { readToken } from './identity-token.ts';
import { SettingsGroup } from './settings-group.tsx';

/** Says of a pasted token what the server would refuse. It stays in this page. */
export function TokenCheck({ siteKey, kids }: { siteKey: string; kids: readonly string[] }) {
  const [text, setText] = useState('');
  const reading = text.trim() === '' ? null : readToken(text, { siteKey, kids, nowMs: nowMs.value });
  return (
    <SettingsGroup
      title="Check a token"
      about="Paste one that your server made. It is read here and sent nowhere; only its signature cannot be checked without the secret."
    >
      <TextField label="Token" value={text} onValue={setText} rows={3} mono spellcheck={false} />
      {reading === null ? null : reading.ok ? (
        <Strip tone="positive">
          For customer “{reading.id}”{reading.name ? `, called ${reading.name}` : ', without a name'}
          {reading.email ? `, ${reading.email}` : ''}. Good for {spanWords(Math.max(0, reading.leftMs))} more,
          if the signature is right.
        </Strip>
      ) : (
        <Strip tone="danger">
          {reading.problems.length === 1 ? (
            reading.problems[0]
          ) : (
            <ul class="token-problems">
              {reading.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
        </Strip>
      )}
    </SettingsGroup>
  );
}
