import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  type Emoji,
  emojiGroups,
  foundEmoji,
  inTone,
  parseEmojiTable,
  skinTones,
} from '../../../shared/model/emoji.ts';
import type { EmojiMemory } from '../chat-parts.ts';

/** Put in when the widget is built, see `emojiTable`. */
declare const __EMOJI_TABLE__: string;

const columns = 8;
const mostRecent = 24;

const words = {
  picker: 'Emoji',
  search: 'Search emoji',
  recent: 'Used last',
  groups: 'Groups of emoji',
  none: 'No emoji has these words.',
  tone: 'Skin tone',
  tones: ['Without', 'Light', 'Medium light', 'Medium', 'Medium dark', 'Dark'],
};

interface Kept {
  recent: string[];
  tone: string;
}

function readKept(memory: EmojiMemory): Kept {
  try {
    const { recent, tone } = JSON.parse(memory.read() ?? '{}') as Partial<Kept>;
    return {
      recent: Array.isArray(recent) ? recent.map(String).slice(0, mostRecent) : [],
      tone: skinTones.find((known) => known === tone) ?? '',
    };
  } catch {
    // Written by somebody else: begin anew.
    return { recent: [], tone: '' };
  }
}

export interface EmojiPickerProps {
  memory: EmojiMemory;
  onPick(sign: string): void;
  onClose(): void;
}

export function EmojiPicker({ memory, onPick, onClose }: EmojiPickerProps) {
  const all = useMemo(() => parseEmojiTable(__EMOJI_TABLE__), []);
  const [kept, setKept] = useState(() => readKept(memory));
  const [query, setQuery] = useState('');
  /** −1: used last. */
  const [group, setGroup] = useState(kept.recent.length > 0 ? -1 : 0);
  const [at, setAt] = useState(0);
  const picker = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  const shown = useMemo(() => {
    if (query.trim()) return foundEmoji(all, query);
    if (group >= 0) return all.filter((emoji) => emoji.group === group);
    const bySign = new Map(all.map((emoji) => [emoji.sign, emoji]));
    return kept.recent.flatMap((sign) => bySign.get(sign) ?? []);
  }, [all, query, group, kept]);

  useLayoutEffect(() => search.current?.focus(), []);
  useEffect(() => {
    setAt(0);
    if (grid.current) grid.current.scrollTop = 0;
  }, [query, group]);
  useEffect(() => {
    const close = (event: Event) => {
      // The button that opened it closes it by itself.
      const form = picker.current?.closest('form');
      if (form && !event.composedPath().includes(form)) onClose();
    };
    addEventListener('pointerdown', close, true);
    return () => removeEventListener('pointerdown', close, true);
  }, []);

  function keep(change: Partial<Kept>) {
    const next = { ...kept, ...change };
    setKept(next);
    memory.write(JSON.stringify(next));
  }

  function pick(emoji: Emoji | undefined) {
    if (!emoji) return;
    keep({ recent: [emoji.sign, ...kept.recent.filter((sign) => sign !== emoji.sign)].slice(0, mostRecent) });
    onPick(inTone(emoji, kept.tone));
  }

  function goTo(index: number) {
    setAt(index);
    grid.current?.querySelectorAll('button')[index]?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // The panel would close.
    event.stopPropagation();
    onClose();
  }

  function onSearchKey(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      // In a form: it would send the message.
      event.preventDefault();
      pick(shown[0]);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      goTo(0);
    }
  }

  function onGridKey(event: KeyboardEvent) {
    const isRtl = getComputedStyle(event.currentTarget as Element).direction === 'rtl';
    const forward = isRtl ? -1 : 1;
    const step = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -at,
      End: shown.length - 1 - at,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (at + step < 0) search.current?.focus();
    else goTo(Math.min(at + step, shown.length - 1));
  }

  return (
    <div ref={picker} class="emoji-picker" role="dialog" aria-label={words.picker} onKeyDown={onKeyDown}>
      <div class="emoji-top">
        <input
          ref={search}
          type="search"
          dir="auto"
          placeholder={words.search}
          aria-label={words.search}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <select
          aria-label={words.tone}
          title={words.tone}
          value={kept.tone}
          onChange={(event) => keep({ tone: event.currentTarget.value })}
        >
          {skinTones.map((tone, index) => (
            <option value={tone} aria-label={words.tones[index]}>
              {`✋${tone}`}
            </option>
          ))}
        </select>
      </div>
      <div class="emoji-groups" role="toolbar" aria-label={words.groups}>
        {kept.recent.length > 0 && (
          <GroupButton
            name={words.recent}
            sign="🕘"
            isShown={!query && group === -1}
            onShow={() => show(-1)}
          />
        )}
        {emojiGroups.map(({ name, sign }, index) => (
          <GroupButton
            name={name}
            sign={sign}
            isShown={!query && group === index}
            onShow={() => show(index)}
          />
        ))}
      </div>
      {/* One stop for the Tab key; arrows go from one to the next. */}
      <div ref={grid} class="emoji-grid" role="toolbar" aria-label={words.picker} onKeyDown={onGridKey}>
        {shown.map((emoji, index) => (
          <button
            key={emoji.sign}
            type="button"
            tabIndex={index === at ? 0 : -1}
            aria-label={emoji.name}
            title={emoji.name}
            onClick={() => pick(emoji)}
            onFocus={() => setAt(index)}
          >
            {inTone(emoji, kept.tone)}
          </button>
        ))}
      </div>
      <p class="emoji-none" role="status">
        {query.trim() && shown.length === 0 ? words.none : ''}
      </p>
    </div>
  );

  function show(next: number) {
    setQuery('');
    setGroup(next);
  }
}

function GroupButton({
  name,
  sign,
  isShown,
  onShow,
}: {
  name: string;
  sign: string;
  isShown: boolean;
  onShow(): void;
}) {
  return (
    <button type="button" aria-label={name} title={name} aria-pressed={isShown} onClick={onShow}>
      {sign}
    </button>
  );
}

export const styles = `
.emoji-picker{box-sizing:border-box;display:flex;flex-direction:column;gap:6px;height:min(320px,50dvh);margin-bottom:var(--rapport-space-2);padding:var(--rapport-space-2);border-radius:var(--rapport-radius-card);background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card)}
.emoji-top{display:flex;gap:6px}
.emoji-top>:is(input,select){all:unset;box-sizing:border-box;height:36px;padding:0 10px;border:1px solid var(--rapport-edge);border-radius:18px;font-size:var(--rapport-size-14);color:var(--rapport-text);background:var(--rapport-surface)}
.emoji-top>input{flex:1;min-width:0}
.emoji-top>:focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:1px}
.emoji-top>input::placeholder{color:var(--rapport-muted);opacity:1}
.emoji-top option{background:var(--rapport-surface)}
.emoji-groups{display:flex;justify-content:space-between}
.emoji-groups>button,.emoji-grid>button{display:grid;place-items:center;height:36px;border-radius:var(--rapport-radius-control);font-size:20px;line-height:1}
.emoji-groups>button{flex:1;height:30px;font-size:17px;opacity:.72;border-bottom:2px solid transparent;border-radius:var(--rapport-radius-control) var(--rapport-radius-control) 0 0}
.emoji-groups>[aria-pressed=true]{opacity:1;border-color:var(--rapport-accent-text)}
.emoji-grid{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;display:grid;grid-template-columns:repeat(8,1fr);align-content:start;scrollbar-width:thin}
.emoji-picker button:hover{background:var(--rapport-raised)}
.app .emoji-picker button:focus-visible{outline-offset:-2px}
.emoji-none:not(:empty){padding:var(--rapport-space-3);text-align:center;color:var(--rapport-muted)}
@media (pointer:coarse),(max-width:479.98px){.emoji-top>input{font-size:16px}.emoji-grid>button{height:44px;font-size:24px}}
@media (forced-colors:active){.emoji-picker{border:1px solid CanvasText}.emoji-groups>[aria-pressed=true]{border-color:Highlight}}
`;
