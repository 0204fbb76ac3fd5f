import { isFormField } from '../dom-nodes.ts';
import { setValue, tellChange, tellInput } from './field-edits.ts';
import { isEditableText } from './guard.ts';

/**
 * What an agent has changed in fields, so that it can be taken back: only as long as the field still holds what the
 * agent left in it.
 */

type State =
  | { kind: 'value'; value: string }
  | { kind: 'choice'; chosen: boolean[] }
  | { kind: 'tick'; checked: boolean }
  | { kind: 'text'; nodes: Node[]; text: string };

interface Edit {
  field: HTMLElement;
  before: State;
  after: State;
}

/** Edits that can be taken back one after the other. */
const maxEdits = 20;

function stateOf(field: HTMLElement): State | null {
  if (isFormField(field)) {
    if (field.localName === 'select') {
      return {
        kind: 'choice',
        chosen: [...(field as HTMLSelectElement).options].map((each) => each.selected),
      };
    }
    const input = field as HTMLInputElement;
    return /^(?:checkbox|radio)$/.test(input.type)
      ? { kind: 'tick', checked: input.checked }
      : { kind: 'value', value: input.value };
  }
  if (!isEditableText(field)) return null;
  const nodes = [...field.childNodes].map((node) => node.cloneNode(true));
  return { kind: 'text', nodes, text: field.textContent ?? '' };
}

function isSame(one: State, other: State): boolean {
  const plain = (state: State) =>
    JSON.stringify(state.kind === 'text' ? state.text : state.kind === 'choice' ? state.chosen : state);
  return one.kind === other.kind && plain(one) === plain(other);
}

function restore(field: HTMLElement, state: State) {
  switch (state.kind) {
    case 'tick':
      // A press, so that the page hears of it as of the agent's.
      return field.click();
    case 'choice': {
      const { options } = field as HTMLSelectElement;
      state.chosen.forEach((isChosen, index) => {
        const option = options[index];
        if (option) option.selected = isChosen;
      });
      break;
    }
    case 'value':
      setValue(field, state.value);
      break;
    case 'text':
      field.replaceChildren(...state.nodes.map((node) => node.cloneNode(true)));
  }
  tellInput(field, 'historyUndo');
  tellChange(field);
}

export function createEditHistory() {
  const edits: Edit[] = [];

  return {
    /** Runs a change of a field. Changes of the same field that follow each other are one edit. */
    change(field: HTMLElement, run: () => void): void {
      const before = stateOf(field);
      run();
      const after = field.isConnected ? stateOf(field) : null;
      if (!before || !after || isSame(before, after)) return;
      const last = edits.at(-1);
      if (last?.field === field && isSame(last.after, before) && before.kind !== 'tick') last.after = after;
      else edits.push({ field, before, after });
      if (edits.length > maxEdits) edits.shift();
    },
    /** Takes the last edit back. Null: there is none, or the field holds something else by now. */
    undo(mayTouch: (field: HTMLElement) => boolean): HTMLElement | null {
      const last = edits.pop();
      const now = last?.field.isConnected ? stateOf(last.field) : null;
      if (!last || !now || !isSame(now, last.after) || !mayTouch(last.field)) return null;
      restore(last.field, last.before);
      return last.field;
    },
    get size() {
      return edits.length;
    },
  };
}
