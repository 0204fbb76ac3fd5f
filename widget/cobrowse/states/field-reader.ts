import { maxChosen, maxNames } from '../../../shared/model/cobrowse-states.ts';
import { maskedValue, maskTyped } from '../../../shared/model/page-privacy.ts';
import { isFormField } from '../dom-nodes.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** Lists with several choices, chosen files, and values that a reset has put back. */
export function createFieldReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
  pass(event: RecordedEvent): void;
}): StateReader {
  const { nodes, inside, roots, tell, pass } = parts;
  const { privacy, fields } = inside;
  /** Told at the next look: the browser resets after the event. */
  const reset: HTMLFormElement[] = [];

  function tellAgain(field: Element): void {
    const id = nodes.idOf(field);
    if (id > 0) pass({ type: 3, timestamp: Date.now(), data: { source: 5, id, text: '', isChecked: false } });
  }

  return {
    look() {
      for (const form of reset.splice(0))
        for (const field of form.elements) if (isFormField(field)) tellAgain(field);
      for (const field of roots.select<HTMLSelectElement | HTMLInputElement>(
        'select[multiple],input[type=file]',
      )) {
        const id = nodes.idOf(field);
        if (!inside.isTold(id)) continue;
        if (field.localName === 'select') {
          if (!fields.isChoiceShown(field)) continue;
          const options = [...(field as HTMLSelectElement).selectedOptions]
            .slice(0, maxChosen)
            .map(nodes.idOf);
          tell(`chosen ${id}`, { kind: 'chosen', id, options });
        } else {
          const names = [...((field as HTMLInputElement).files ?? [])]
            .slice(0, maxNames)
            .map(({ name }) => name);
          const isShown = privacy.of(field).level === 'unmasked' && !privacy.isNeverShown(field);
          tell(`files ${id}`, {
            kind: 'files',
            id,
            names: names.map((name) => (isShown ? maskTyped(name).slice(0, 200) : maskedValue)),
          });
        }
      }
    },
    onEvent(event) {
      const [target] = event.composedPath();
      if (event.type === 'reset' && target instanceof Node && 'elements' in target)
        reset.push(target as HTMLFormElement);
    },
  };
}
