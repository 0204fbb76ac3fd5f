import { useEffect, useRef, useState } from 'preact/hooks';
import * as formTexts from './texts.ts';

export { formStyles as styles } from './form-styles.ts';

export interface ConsentProps {
  text: string;
  /** Address of the whole text; '' for none. */
  link: string;
  onAgree(): void;
}

/** Asked before anything leaves the browser. Declining costs nothing and can be taken back. */
export function Consent({ text, link, onAgree }: ConsentProps) {
  const [isDeclined, setDeclined] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const hasSwitched = useRef(false);

  useEffect(() => {
    // The buttons are gone, and the focus with them.
    if (hasSwitched.current) title.current?.focus();
    hasSwitched.current = true;
  }, [isDeclined]);

  return (
    <section class="page" aria-labelledby="consent-title">
      <h2 ref={title} id="consent-title" tabIndex={-1}>
        {isDeclined ? formTexts.declinedTitle : formTexts.consentTitle}
      </h2>
      <p dir="auto">{isDeclined ? formTexts.declined : text}</p>
      {!isDeclined && link && (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {formTexts.consentMore}
          <span class="unseen"> {formTexts.consentNew}</span>
        </a>
      )}
      <div class="choices">
        {isDeclined ? (
          <button type="button" class="secondary" onClick={() => setDeclined(false)}>
            {formTexts.readAgain}
          </button>
        ) : (
          <>
            <button type="button" class="primary" onClick={onAgree}>
              {formTexts.agree}
            </button>
            <button type="button" class="secondary" onClick={() => setDeclined(true)}>
              {formTexts.decline}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
