import { X } from 'lucide';
import { Button } from './button.tsx';
import type { Toasts } from './toasts.ts';
import './toast-region.css';

/** Where toasts stand, and where screen readers hear them. */
export function ToastRegion({ toasts }: { toasts: Toasts }) {
  return (
    <div class="toast-region" role="status">
      {toasts.shown.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast toast-${toast.tone}`}
          onPointerEnter={() => toasts.hold(toast.id)}
          onPointerLeave={() => toasts.release(toast.id)}
          onFocusIn={() => toasts.hold(toast.id)}
          onFocusOut={() => toasts.release(toast.id)}
        >
          <span class="toast-words">{toast.words}</span>
          {toast.undo ? (
            <Button
              look="quiet"
              onClick={() => {
                toast.undo?.();
                toasts.dismiss(toast.id);
              }}
            >
              Undo
            </Button>
          ) : null}
          <Button look="quiet" icon={X} label="Dismiss" onClick={() => toasts.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
