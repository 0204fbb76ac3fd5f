import { Check, Lock } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { Page } from '../../shared/model/page.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import * as texts from './texts.ts';

export interface ConsentDialogProps {
  /** Who asks; null when the visitor offers. */
  agent: AgentCard | null;
  site: string;
  page: Page;
  accent: string;
  /** Rejects when the answer could not be given; the dialog then stays. */
  onAnswer(accept: boolean): Promise<void>;
}

/**
 * Asks before anything is recorded. Only the visitor's own clicks and keys count; closing by Escape declines, since
 * not to share is what an accidental key must lead to. The first focus is on the question, not on an answer.
 */
export function ConsentDialog({ agent, site, page, accent, onAnswer }: ConsentDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const question = useRef<HTMLHeadingElement>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const color = agent?.color ?? accent;

  // Before the dialog leaves the page: only then does the focus go back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    question.current?.focus({ preventScroll: true });
    return () => element.close();
  }, []);

  async function answer(event: Event, accept: boolean) {
    event.preventDefault();
    // Taken away, because the session went on without an answer from here, the dialog still tells that it has closed.
    if (!event.isTrusted || busy || !dialog.current) return;
    setBusy(true);
    setFailed(false);
    try {
      await onAnswer(accept);
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <dialog
      ref={dialog}
      class="cb-ask"
      aria-labelledby="cb-question"
      aria-describedby="cb-what"
      onCancel={(event) => answer(event, false)}
      // A second Escape closes without asking.
      onClose={(event) => answer(event, false)}
    >
      <div class="cb-head">
        {agent && <Avatar name={agent.name} color={agent.color} />}
        <div>
          <h2 id="cb-question" ref={question} tabIndex={-1} dir="auto">
            {agent ? texts.asks(agent.name) : texts.offers}
          </h2>
          <p>{texts.why}</p>
        </div>
      </div>
      <div class="cb-picture" aria-hidden="true">
        <div class="cb-window">
          <div class="cb-address" dir="ltr">
            {page.url.replace(/^https?:\/\//, '')}
          </div>
          <div class="cb-page">
            <b dir="auto">{page.title || texts.yourPage}</b>
            <i />
            <i />
            <span>
              <Icon of={Lock} size={12} />
              {texts.hidden}
            </span>
          </div>
          <div class="cb-pointer">
            <svg width="20" height="20" aria-hidden="true">
              <path d="M2 2l6 15 2-6 6-3z" fill={color} stroke="#fff" />
            </svg>
            {agent && <em style={{ background: color }}>{agent.name}</em>}
          </div>
        </div>
      </div>
      <dl id="cb-what">
        <Icon of={Check} />
        <dt>{texts.shared}</dt>
        <dd>{texts.sharedWhat(site)}</dd>
        <Icon of={Lock} />
        <dt>{texts.notShared}</dt>
        <dd>{texts.notSharedWhat}</dd>
      </dl>
      {failed && (
        <p class="cb-failed" role="alert">
          {texts.failed}
        </p>
      )}
      <div class="cb-choice">
        <button type="button" aria-disabled={busy} onClick={(event) => answer(event, false)}>
          {agent ? texts.decline : texts.cancel}
        </button>
        <button type="button" class="cb-yes" aria-disabled={busy} onClick={(event) => answer(event, true)}>
          {texts.share}
        </button>
      </div>
    </dialog>
  );
}
