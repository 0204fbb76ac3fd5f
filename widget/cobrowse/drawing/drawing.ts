import type { AssistPart, AssistParts } from '../assist-door.ts';
import { wearStyles } from '../wear-styles.ts';
import { drawingStyles } from './drawing-styles.ts';
import { createPointers } from './pointers.ts';

/** What is drawn over the page while it is shared: agents' laser pointers. */
export function createDrawing({ overlay, sharing }: AssistParts): AssistPart {
  const undress = wearStyles(overlay.pointers, drawingStyles);
  const pointers = createPointers({
    layer: overlay.pointers,
    target(pointer) {
      const page = sharing();
      return page?.tab === pointer.tab ? page.element(pointer) : null;
    },
  });
  return {
    hear: {
      'pointer:moved': ({ agent, pointer }) => pointers.move(agent, pointer),
    },
    lost: pointers.clear,
    close() {
      pointers.clear();
      undress();
    },
  };
}
