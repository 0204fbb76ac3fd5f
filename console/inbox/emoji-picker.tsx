import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Emoji, emojiGroups, foundEmoji } from '../../shared/model/emoji.ts';
import { useConsole } from '../console-context.ts';
import { allEmoji } from './emoji-data.ts';
import { skinTones, withSkinTone } from './skin-tone.ts';
import './emoji-picker.css';

const columns = 9;
const maxFound = 108;

export interface EmojiPickerProps {
  onPick(sign: string): void;
  onClose(): void;
}

/** Emoji by group or by name. The field keeps the focus; arrows move over the grid. */
export function EmojiPicker({ onPick, onClose }: EmojiPickerProps) {
  const { desk, preferences } = useConsole();
  const [query, setQuery] = useState('');
  const [group, setGroup] = useState(0);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => input.current?.focus(), []);

  const recent = desk.recentEmoji.all.value.flatMap(
    (sign) => allEmoji.find((one) => one.sign === sign) ?? [],
  );
  const isSearch = query.trim() !== '';
  const ofGroup = allEmoji.filter((one) => one.group === group);
  const shown: readonly Emoji[] = isSearch
    ? foundEmoji(allEmoji, query).slice(0, maxFound)
    : group === 0
      ? [...recent, ...ofGroup]
      : ofGroup;
  const tone = skinTones.find(({ id }) => id === preferences.emojiSkin.value)?.id ?? 'default';
  const at = Math.min(active, shown.length - 1);
  const current = shown[at];

  useLayoutEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query, group]);

  const pick = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    desk.recentEmoji.add(emoji.sign);
    onPick(withSkinTone(emoji.sign, tone));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    // Arrows choose among the skins there.
    if (event.key !== 'Escape' && event.target !== input.current) return;
    const to = (index: number) => setActive(Math.max(0, Math.min(shown.length - 1, index)));
    if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowDown') to(at + columns);
    else if (event.key === 'ArrowUp') to(at - columns);
    // In a word that is typed they move the caret.
    else if (event.key === 'ArrowRight' && !isSearch) to(at + 1);
    else if (event.key === 'ArrowLeft' && !isSearch) to(at - 1);
    else if (event.key === 'Enter') pick(current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="emoji-picker" role="dialog" aria-label="Emoji" onKeyDown={onKeyDown}>
      <input
        ref={input}
        class="input"
        type="text"
        role="combobox"
        aria-label="Find an emoji"
        aria-expanded={shown.length > 0}
        aria-autocomplete="list"
        aria-controls={`${id}-grid`}
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="Find an emoji…"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div class="emoji-groups">
        {emojiGroups.map((one, index) => (
          <button
            key={one.name}
            type="button"
            class="emoji-group"
            aria-label={one.name}
            title={one.name}
            aria-pressed={!isSearch && group === index}
            onClick={() => {
              setGroup(index);
              setQuery('');
              setActive(0);
              input.current?.focus();
            }}
          >
            {one.sign}
          </button>
        ))}
      </div>
      <div
        ref={grid}
        id={`${id}-grid`}
        class="emoji-grid scrolls"
        {...(shown.length > 0 ? { role: 'listbox', 'aria-label': 'Emoji' } : {})}
      >
        {shown.map((emoji, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: chosen by keyboard in the field, which keeps the focus
          <div
            key={`${index} ${emoji.sign}`}
            id={`${id}-${index}`}
            class="emoji"
            role="option"
            tabIndex={-1}
            aria-label={emoji.name}
            aria-selected={index === at}
            title={emoji.name}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(emoji)}
          >
            {withSkinTone(emoji.sign, tone)}
          </div>
        ))}
      </div>
      <div class="emoji-foot">
        <p class="emoji-name ellipsis" aria-hidden="true">
          {current ? current.name : 'No emoji of this name.'}
        </p>
        <fieldset class="emoji-tones">
          <legend class="unseen">Skin</legend>
          {skinTones.map(({ id: skin, name }) => (
            <label key={skin} class="emoji-tone" title={`Skin: ${name}`}>
              <input
                class="unseen"
                type="radio"
                name={`${id}-skin`}
                checked={skin === tone}
                onChange={() => preferences.setEmojiSkin(skin)}
              />
              <span aria-hidden="true">{withSkinTone('✋', skin)}</span>
              <span class="unseen">{name}</span>
            </label>
          ))}
        </fieldset>
      </div>
    </div>
  );
}
