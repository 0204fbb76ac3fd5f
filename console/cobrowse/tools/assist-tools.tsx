import {
  Eraser,
  Hand,
  HandGrab,
  Highlighter,
  type IconNode,
  MessageSquareText,
  MoveUpRight,
  Pencil,
  Square,
} from 'lucide';
import type { MarkKind } from '../../../shared/model/annotation.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { nowMs } from '../../ui/now.ts';
import { useCommands } from '../../use-commands.ts';
import type { Tool } from '../../viewer/port.ts';
import type { CobrowseView } from '../cobrowse-view.ts';
import { ControlBar } from './control-bar.tsx';
import './assist-tools.css';

const drawing: { kind: MarkKind; words: string; icon: IconNode; keys: string }[] = [
  { kind: 'arrow', words: 'Arrow', icon: MoveUpRight, keys: 'a' },
  { kind: 'rectangle', words: 'Rectangle', icon: Square, keys: 'r' },
  { kind: 'pen', words: 'Pen', icon: Pencil, keys: 'p' },
  { kind: 'highlight', words: 'Highlight an element', icon: Highlighter, keys: 'h' },
  { kind: 'callout', words: 'Callout with text', icon: MessageSquareText, keys: 't' },
];

/** "14:05" until then. */
function timeLeft(expiresAtMs: number, atMs: number): string {
  const seconds = Math.max(0, Math.ceil((expiresAtMs - atMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export interface AssistToolsProps {
  view: Pick<CobrowseView, 'assist' | 'settings' | 'change' | 'tabs'>;
  agentId: string;
  visitor: string;
}

/** What an agent may do to a page beside looking: draw over it, and act on it where the visitor has said yes. */
export function AssistTools({ view, agentId, visitor }: AssistToolsProps) {
  const { assist } = view;
  const { tool } = view.settings.value;
  const { asked, held } = assist.control.value;
  const isHeld = held?.isOwn ?? false;
  const hasOwn = assist.marks.value.some(({ by }) => by?.id === agentId);
  const current = drawing.find(({ kind }) => kind === tool);

  const take = (next: Tool) => view.change({ tool: tool === next ? 'look' : next, pointing: false });
  const control = () => {
    if (isHeld) take('control');
    else if (asked?.isOwn) assist.release();
    else if (!asked) {
      assist.ask();
      view.change({ tool: 'control', pointing: false });
    }
  };
  useCommands([
    ...drawing.map(({ kind, words, keys }) => ({
      id: `cobrowse.${kind}`,
      label: `Draw: ${words}`,
      group: 'Conversation' as const,
      keys: [keys],
      run: () => take(kind),
    })),
    {
      id: 'cobrowse.wipe',
      label: 'Wipe what I have drawn',
      group: 'Conversation',
      keys: ['x'],
      run: hasOwn ? () => assist.wipe() : null,
    },
    {
      id: 'cobrowse.control',
      label: isHeld ? 'Act on the page, or stop acting' : 'Ask for control',
      group: 'Conversation',
      keys: ['c'],
      run: control,
    },
  ]);

  const words = isHeld
    ? tool === 'control'
      ? `${held?.mode === 'propose' ? 'Suggesting' : 'In control'}, ${timeLeft(held?.expiresAtMs ?? 0, nowMs.value)}`
      : 'Act'
    : asked?.isOwn
      ? `Waiting for ${visitor}`
      : asked
        ? `${asked.agent.name} is asking`
        : held
          ? `${held.agent.name} has control`
          : 'Ask for control';
  const label = isHeld
    ? 'Act on the page'
    : asked?.isOwn
      ? `Waiting for ${visitor}: take the question back`
      : held
        ? `Ask for control, which ${held.agent.name} has`
        : 'Ask for control';

  return (
    <>
      <Menu
        upwards
        label="Draw over the page"
        button={{
          look: 'quiet',
          icon: current?.icon ?? Pencil,
          label: current ? `Drawing: ${current.words}` : 'Draw',
          pressed: current !== undefined,
          children: current?.words ?? 'Draw',
        }}
        choices={[
          ...drawing.map(({ kind, words: name, icon }) => ({
            id: kind,
            words: name,
            icon,
            checked: tool === kind,
            onChoose: () => take(kind),
          })),
          ...(hasOwn
            ? [
                {
                  id: 'wipe',
                  words: 'Wipe what I have drawn',
                  icon: Eraser,
                  divided: true,
                  onChoose: () => assist.wipe(),
                },
              ]
            : []),
        ]}
      />
      <Button
        look="quiet"
        icon={isHeld ? HandGrab : Hand}
        keys="c"
        label={label}
        pressed={isHeld && tool === 'control'}
        disabled={!isHeld && asked !== null && !asked.isOwn}
        onClick={control}
      >
        {words}
      </Button>
      {isHeld ? <ControlBar view={view} /> : null}
      <AssistWord view={view} />
    </>
  );
}

/** The last word on what the agent did, read aloud as it changes. */
function AssistWord({ view }: Pick<AssistToolsProps, 'view'>) {
  const word = view.assist.word.value;
  return (
    <p class="assist-word" role="status" data-shown={word ? '' : undefined}>
      {word ? <span key={word.count}>{word.text}</span> : null}
    </p>
  );
}
