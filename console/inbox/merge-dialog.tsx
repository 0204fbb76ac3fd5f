import { Merge } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Visitor, visitorName } from '../../shared/model/visitor.ts';
import type { FoundCustomer } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { locale } from '../ui/now.ts';
import { fullTime } from '../ui/time-words.ts';
import './merge-dialog.css';

/** Pause after a key before the server is asked. */
const searchDelayMs = 250;

export interface MergeDialogProps {
  visitor: Visitor;
  /** Records that are this person already. */
  sameIds: readonly string[];
  onMerge(into: Visitor): void;
  onClose(): void;
}

/** Finds another record of the same person and shows both side by side before they are put together. */
export function MergeDialog({ visitor, sameIds, onMerge, onClose }: MergeDialogProps) {
  const { connection } = useConsole();
  const [query, setQuery] = useState(visitor.email ?? visitor.name ?? '');
  const [found, setFound] = useState<readonly FoundCustomer[] | null>(null);
  const [problem, setProblem] = useState('');
  const [chosen, setChosen] = useState<Visitor | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);

  const text = query.trim();
  useEffect(() => {
    setProblem('');
    if (text === '') return setFound(null);
    let isWanted = true;
    const timer = setTimeout(() => {
      const wanted = { siteIds: [visitor.siteId], text, beforeMs: null };
      void connection.request('search:find', wanted).then((reply) => {
        if (!isWanted) return;
        if (reply.ok) setFound(reply.customers);
        else setProblem(refusalWords(reply));
      });
    }, searchDelayMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [connection, text, visitor.siteId]);

  const others = (found ?? []).filter(
    (one) => one.visitor.id !== visitor.id && !sameIds.includes(one.visitor.id),
  );
  return (
    <Dialog title="Merge with another customer" onClose={onClose}>
      <p class="muted">
        For two records that are one person. Each browser keeps its own conversations; you see them together.
      </p>
      <label class="field">
        <span class="field-label">Name or e-mail address</span>
        <input
          ref={input}
          class="input"
          type="search"
          dir="auto"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(null);
          }}
        />
      </label>
      <p class="field-error" role="alert">
        {problem}
      </p>
      <ul class="merge-found scrolls" aria-label="Found customers" aria-live="polite">
        {others.map((one) => (
          <li key={one.visitor.id}>
            <button
              type="button"
              class="merge-one"
              aria-pressed={chosen?.id === one.visitor.id}
              onClick={() => setChosen(one.visitor)}
            >
              <bdi class="ellipsis">{visitorName(one.visitor)}</bdi>
              <span class="muted ellipsis">{one.visitor.email ?? 'No e-mail address'}</span>
            </button>
          </li>
        ))}
        {found !== null && others.length === 0 ? <li class="muted">Nobody else is found by this.</li> : null}
      </ul>
      {chosen ? (
        <div class="merge-sides">
          <Side title="This customer" visitor={visitor} />
          <Side title="Becomes part of" visitor={chosen} />
        </div>
      ) : null}
      <div class="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          icon={Merge}
          disabled={chosen === null}
          onClick={() => {
            if (!chosen) return;
            onClose();
            onMerge(chosen);
          }}
        >
          Merge
        </Button>
      </div>
    </Dialog>
  );
}

function Side({ title, visitor }: { title: string; visitor: Visitor }) {
  const facts: Array<[string, string]> = [
    ['Name', visitor.name ?? 'Not known'],
    ['E-mail', visitor.email ?? 'Not known'],
    ['Identity', visitor.verified ? 'Verified by the site' : 'Not verified'],
    ['Browser', visitor.browser || 'Not known'],
    ['First seen', fullTime(visitor.firstSeenMs, locale)],
    ['Last seen', fullTime(visitor.lastSeenMs, locale)],
  ];
  return (
    <section class="merge-side">
      <h3>{title}</h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt class="muted">{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
