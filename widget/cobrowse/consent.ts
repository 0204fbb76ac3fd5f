import { h, render } from 'preact';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { ConsentDialog, type ConsentDialogProps } from './consent-dialog.tsx';
import { consentStyles } from './consent-styles.ts';

/** The question to the visitor, fetched when one is to be asked. */
export interface Consent {
  /** Takes the dialog away, whatever was answered. */
  close(): void;
}

const styled = new WeakSet<ShadowRoot>();

export function openConsent(root: ShadowRoot, props: ConsentDialogProps): Consent {
  if (!styled.has(root)) adoptStyles(root, consentStyles);
  styled.add(root);
  const place = document.createElement('div');
  root.append(place);
  render(h(ConsentDialog, props), place);
  return {
    close() {
      render(null, place);
      place.remove();
    },
  };
}
