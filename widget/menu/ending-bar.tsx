import { useLayoutEffect, useRef } from 'preact/hooks';
import * as menuTexts from './texts.ts';

export { menuStyles as styles } from './menu-styles.ts';

/** In the place of the message field, as long as the end can be taken back. */
export function EndingBar({ onUndo }: { onUndo(): void }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <div class="ending" role="status">
      <span>{menuTexts.ended}</span>
      <button ref={button} type="button" class="again" onClick={onUndo}>
        {menuTexts.undo}
      </button>
    </div>
  );
}
