import { Check, Copy } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './button.tsx';

/** Copies `text`; says so for two seconds. Where the browser refuses, the text itself can be selected. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <Button
      icon={outcome === 'copied' ? Check : Copy}
      onClick={() => {
        const clipboard: Clipboard | undefined = navigator.clipboard;
        if (!clipboard) return setOutcome('refused');
        clipboard.writeText(text).then(
          () => setOutcome('copied'),
          () => setOutcome('refused'),
        );
      }}
    >
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select and copy by hand' : label}
      </span>
    </Button>
  );
}
