import type { ComponentType, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../console-context.ts';
import type { EmojiPickerProps } from './emoji-picker.tsx';

export interface EmojiPickerPlace {
  isOpen: boolean;
  toggle(): void;
  picker: VNode | null;
}

/** The emoji picker, loaded when it is first wanted. `onDone` gets the focus back, with or without an emoji. */
export function useEmojiPicker(onPick: (sign: string) => void, onDone: () => void): EmojiPickerPlace {
  const { toasts } = useConsole();
  const [Picker, setPicker] = useState<ComponentType<EmojiPickerProps> | null>(null);
  const close = () => {
    setPicker(null);
    onDone();
  };
  return {
    isOpen: Picker !== null,
    toggle() {
      if (Picker) return close();
      import('./emoji-picker.tsx').then(
        ({ EmojiPicker }) => setPicker(() => EmojiPicker),
        () => toasts.tell('The emoji did not load. Try again.', { tone: 'danger' }),
      );
    },
    picker: Picker && (
      <div class="composer-picker">
        <Picker
          onPick={(sign) => {
            onPick(sign);
            close();
          }}
          onClose={close}
        />
      </div>
    ),
  };
}
