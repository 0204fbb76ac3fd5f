import type { MarkKind } from '../../../shared/model/annotation.ts';
import * as texts from './drawing-texts.ts';

export interface DrawingPanelProps {
  /** The visitor draws; null: looks at what is drawn. */
  tool: MarkKind | null;
  hasMarks: boolean;
  onTool(tool: MarkKind | null): void;
  onWipe(): void;
}

const kinds: MarkKind[] = ['pen', 'arrow', 'rectangle', 'highlight', 'callout'];

/** The visitor's own pens, and the way to be rid of all that is drawn. Only the visitor's own presses count. */
export function DrawingPanel({ tool, hasMarks, onTool, onWipe }: DrawingPanelProps) {
  const own = (run: () => void) => (event: Event) => {
    if (event.isTrusted) run();
  };
  return (
    <fieldset aria-label={texts.region} class="cb-pens">
      {tool === null ? (
        <button type="button" onClick={own(() => onTool('pen'))}>
          {texts.draw}
        </button>
      ) : (
        kinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={tool === kind} onClick={own(() => onTool(kind))}>
            {texts.tools[kind]}
          </button>
        ))
      )}
      {hasMarks && (
        <button type="button" onClick={own(onWipe)}>
          {texts.wipe}
        </button>
      )}
      {tool !== null && (
        <button type="button" class="cb-yes" onClick={own(() => onTool(null))}>
          {texts.done}
        </button>
      )}
    </fieldset>
  );
}
