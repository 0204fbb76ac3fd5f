import { h, render } from 'preact';
import type { MarkKind } from '../../../shared/model/annotation.ts';
import type { AssistPart, AssistParts } from '../assist-door.ts';
import { wearStyles } from '../wear-styles.ts';
import { DrawingPanel } from './drawing-panel.tsx';
import { drawingStyles } from './drawing-styles.ts';
import { createMarkShelf } from './mark-shelf.ts';
import { createMarks } from './marks.ts';
import { createPointers } from './pointers.ts';
import { createVisitorPen } from './visitor-pen.ts';

/** What is drawn over the page while it is shared: agents' laser pointers, and marks of both sides. */
export function createDrawing({ overlay, sharing, page }: AssistParts): AssistPart {
  const undress = wearStyles(overlay.pointers, drawingStyles);
  const layer = overlay.pointers;
  const place = document.createElement('div');
  layer.parentElement?.append(place);
  let tool: MarkKind | null = null;

  const pointers = createPointers({
    layer,
    target(pointer) {
      const shared = sharing();
      return shared?.tab === pointer.tab ? shared.element(pointer) : null;
    },
  });
  const marks = createMarks({
    layer,
    sharing,
    shelf: createMarkShelf(() => page.current().url),
    onChange: draw,
  });
  const pen = createVisitorPen({
    layer,
    sharing,
    onDrawn: (mark) => sharing()?.say('mark:added', { mark }),
    onPreview: marks.preview,
    onDone: () => choose(null),
  });

  function choose(next: MarkKind | null): void {
    tool = next;
    pen.use(next);
    draw();
  }

  function draw(): void {
    render(
      h(DrawingPanel, {
        tool,
        hasMarks: marks.ids().length > 0,
        onTool: choose,
        onWipe: () => sharing()?.say('mark:removed', { ids: marks.ids() }),
      }),
      place,
    );
  }

  draw();
  return {
    hear: {
      'pointer:moved': ({ agent, pointer }) => pointers.move(agent, pointer),
      'mark:added': ({ mark }) => marks.add(mark),
      'mark:removed': ({ ids }) => marks.remove(ids),
    },
    lost() {
      pointers.clear();
      choose(null);
      marks.clear();
    },
    close() {
      pointers.clear();
      marks.clear();
      pen.close();
      render(null, place);
      place.remove();
      undress();
    },
  };
}
