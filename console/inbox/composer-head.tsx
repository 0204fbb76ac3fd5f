import { Lock } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { WritingMode } from './drafts.ts';
import type { MessageItem } from './timeline.ts';

export interface ComposerHeadProps {
  mode: WritingMode;
  onMode(mode: WritingMode): void;
  editing: MessageItem | null;
  onEditEnd(): void;
  isNote: boolean;
  /** Who else is here. */
  children: ComponentChildren;
}

/** What is being written: a reply, a private note, or a change of something said. */
export function ComposerHead({ mode, onMode, editing, onEditEnd, isNote, children }: ComposerHeadProps) {
  return (
    <div class="composer-head">
      {editing ? (
        <p class="composer-editing">
          Editing your {editing.kind}
          <Button look="quiet" onClick={onEditEnd}>
            Cancel
          </Button>
        </p>
      ) : (
        <Segmented
          label="What to write"
          value={mode}
          options={[
            { value: 'reply', label: 'Reply' },
            { value: 'note', label: 'Private note' },
          ]}
          onValue={onMode}
        />
      )}
      {isNote ? (
        <span class="composer-private">
          <Icon node={Lock} sizePx={12} />
          Only agents see it
        </span>
      ) : null}
      {children}
    </div>
  );
}
