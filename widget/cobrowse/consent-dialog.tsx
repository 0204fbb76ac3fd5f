import { Check, Lock } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { CobrowseConsent } from '../../shared/model/cobrowse.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { watchCover } from './consent-cover.ts';
import { ConsentPicture, type PictureParts } from './consent-picture.tsx';
import * as texts from './consent-texts.ts';

export interface ConsentDialogProps {
  /** Who asks; null when the visitor offers. */
  agent: AgentCard | null;
  site: string;
  picture: PictureParts;
  /** Days for which the site keeps recordings; missing where it makes none, and nothing is asked. */
  keepDays?: number | undefined;
  /** Rejects when the answer could not be given; the dialog then stays. */
  onAnswer(accept: boolean, consent: CobrowseConsent): Promise<void>;
}

/**
 * Asks before anything is sent. Only the visitor's own clicks and keys count; closing by Escape declines, since
 * not to share is what an accidental key must lead to. The first focus is on the question, not on an answer. A yes
 * counts only when the button has been in sight for a moment, with nothing over it: nobody clicks it by mistake, or
 * because the page has led the click there.
 */
export function ConsentDialog({ agent, site, picture, keepDays, onAnswer }: ConsentDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const question = useRef<HTMLHeadingElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [cover, setCover] = useState<'unknown' | 'clear' | 'covered'>('unknown');
  // Kept here, not read from the box: a script of the page can set that.
  const [allowsControl, setAllowsControl] = useState(false);
  const [allowsRecording, setAllowsRecording] = useState(false);

  // Before the dialog leaves the page: only then does the focus go back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    question.current?.focus({ preventScroll: true });
    return () => element.close();
  }, []);
  useEffect(() => {
    if (yes.current) return watchCover(yes.current, setCover);
  }, []);

  const isReady = cover === 'clear' && !busy;

  async function answer(event: Event, accept: boolean) {
    event.preventDefault();
    // Taken away, because the session went on without an answer from here, the dialog still tells that it has closed.
    if (!event.isTrusted || busy || (accept && !isReady) || !dialog.current) return;
    setBusy(true);
    setFailed(false);
    try {
      await onAnswer(accept, { allowsControl, ...(keepDays ? { allowsRecording } : {}) });
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  }

  const allow = (set: (isAllowed: boolean) => void) => (event: Event) => {
    if (event.isTrusted) set((event.currentTarget as HTMLInputElement).checked);
    else event.preventDefault();
  };

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
      <ConsentPicture agent={agent?.name ?? null} {...picture} />
      <dl id="cb-what">
        <Icon of={Check} />
        <dt>{texts.shared}</dt>
        <dd>{texts.sharedWhat(site)}</dd>
        <Icon of={Lock} />
        <dt>{texts.notShared}</dt>
        <dd>{texts.notSharedWhat}</dd>
      </dl>
      <label class="cb-allow">
        <input
          type="checkbox"
          checked={allowsControl}
          aria-describedby="cb-allow-what"
          onClick={allow(setAllowsControl)}
        />
        <b dir="auto">{texts.allow(agent?.name ?? null)}</b>
        <small id="cb-allow-what">{texts.allowWhat}</small>
      </label>
      {keepDays && (
        <label class="cb-allow">
          <input
            type="checkbox"
            checked={allowsRecording}
            aria-describedby="cb-record-what"
            onClick={allow(setAllowsRecording)}
          />
          <b>{texts.record}</b>
          <small id="cb-record-what">{texts.recordWhat(keepDays)}</small>
        </label>
      )}
      <p class="cb-failed" role="alert">
        {cover === 'covered' ? texts.covered : failed && texts.failed}
      </p>
      <div class="cb-choice">
        <button type="button" aria-disabled={busy} onClick={(event) => answer(event, false)}>
          {agent ? texts.decline : texts.cancel}
        </button>
        <button
          type="button"
          ref={yes}
          class="cb-yes"
          aria-disabled={!isReady}
          onClick={(event) => answer(event, true)}
        >
          {texts.share}
        </button>
      </div>
    </dialog>
  );
}
