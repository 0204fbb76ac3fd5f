import { Download, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { fileTexts } from './file-words.ts';

export interface LightboxProps {
  name: string;
  address: string;
  onSave(): void;
  onClose(): void;
}

/** A picture over the whole page, as large as the screen allows. */
export function Lightbox({ name, address, onSave, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={name}
      onClose={onClose}
      // The panel around would take Escape for itself.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="lightbox-bar">
        <bdi>{name}</bdi>
        <button
          type="button"
          class="tool"
          aria-label={fileTexts.save}
          title={fileTexts.save}
          onClick={onSave}
        >
          <Icon of={Download} />
        </button>
        <button
          type="button"
          class="tool"
          aria-label={fileTexts.close}
          title={fileTexts.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon of={X} />
        </button>
      </div>
      <img src={address} alt={name} />
    </dialog>
  );
}
