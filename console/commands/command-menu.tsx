import type { IconNode } from 'lucide';
import { MessageCircle, Search, UserRound } from 'lucide';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { visitorName } from '../../shared/model/visitor.ts';
import type { FoundCustomer } from '../../shared/wire.ts';
import { commandGroups } from '../command-registry.ts';
import { useConsole } from '../console-context.ts';
import { KeyCap } from '../key-cap.tsx';
import { keyName } from '../key-commands.ts';
import { lastWords } from '../last-words.ts';
import { Icon } from '../ui/icon.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { useModal } from '../ui/use-modal.ts';
import { useCommandRegistry } from '../use-commands.ts';
import { groupItems, type MenuItem, rankItems } from './menu-items.ts';
import './command-menu.css';

/** Customers are asked for when nothing was typed for this long. */
const askAfterMs = 160;
/** Customers of one letter would be any. */
const minAskedChars = 2;

interface Choice extends MenuItem {
  icon: IconNode | undefined;
  keys?: string | undefined;
  /** Beside the label: what tells one of several of a name. */
  detail?: string | undefined;
  run: () => void;
}

/** Everything that can be done or gone to, found by a few letters: a combobox over its list. */
export function CommandMenu({ onClose }: { onClose: () => void }) {
  const { store, preferences } = useConsole();
  const { route } = useLocation();
  const registry = useCommandRegistry();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const customers = useFoundCustomers(text);
  const dialog = useModal();
  const id = useId();

  // As they were when the menu opened: commands come and go with the pages below it.
  const commands = useMemo(() => registry?.all.peek() ?? [], [registry]);
  const known = useMemo(() => store.conversations.known(), [store]);
  const choices = useMemo<Choice[]>(() => {
    const ofCommands = commandGroups.flatMap((group) =>
      commands
        .filter((one) => one.group === group && one.run && one.enabled !== false && !one.keysOnly)
        .map((one) => ({
          id: one.id,
          label: one.label,
          group,
          icon: one.icon,
          keys: one.keys?.[0],
          run: () => one.run?.(),
          ...(one.words === undefined ? {} : { words: one.words }),
        })),
    );
    // Those without a name are found by their number: by letters they would stand before everything else.
    const ofConversations = known
      .filter(({ visitor }) => visitor.name !== null || visitor.email !== null || /\d/.test(text))
      .map(({ conversation, visitor }) => ({
        id: `conversation ${conversation.id}`,
        label: visitorName(visitor),
        group: 'Conversations',
        icon: MessageCircle,
        words: visitor.email ?? '',
        detail: lastWords(conversation.lastMessage),
        run: () => route(`/console/inbox/${conversation.id}`),
      }));
    return text.trim() === '' ? ofCommands : [...ofCommands, ...ofConversations];
  }, [commands, known, route, text]);
  const ranked = rankItems(choices, text, preferences.recentCommands.value);
  const found = customers.map(
    ({ visitor, conversationId }): Choice => ({
      id: `customer ${visitor.id}`,
      label: visitorName(visitor),
      group: 'Customers',
      words: visitor.email ?? '',
      detail: visitor.email ?? undefined,
      icon: UserRound,
      run: () =>
        route(conversationId ? `/console/inbox/${conversationId}` : `/console/visitors/${visitor.id}`),
    }),
  );
  const wanted = text.trim();
  const search: Choice = {
    id: 'search',
    label: `Search messages for “${wanted}”`,
    group: 'Search',
    icon: Search,
    run: () => route(`/console/search?q=${encodeURIComponent(wanted)}`),
  };
  const unmarked = [...found, ...(wanted === '' ? [] : [search])].map((item) => ({ item, marks: [] }));
  const groups = groupItems<Choice>([...ranked, ...unmarked]);
  const flat = groups.flatMap(({ items }) => items);
  const active = Math.min(at, flat.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const choose = (index: number) => {
    const chosen = flat[index]?.item;
    if (!chosen) return;
    // At once: what is chosen may move the focus to where a modal dialog lets none.
    dialog.current?.close();
    onClose();
    // Names come and go; what is remembered is what can be done.
    if (commands.some((command) => command.id === chosen.id)) preferences.addRecentCommand(chosen.id);
    chosen.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1 + flat.length,
      PageDown: Math.min(flat.length - 1, active + 8),
      PageUp: Math.max(0, active - 8),
    };
    const to = steps[event.key];
    if (to !== undefined) setAt(flat.length === 0 ? 0 : to % flat.length);
    else if (event.key === 'Enter') choose(active);
    else if (keyName(event) === 'mod+k') onClose();
    else return;
    event.preventDefault();
  };

  let index = -1;
  return (
    <dialog
      ref={dialog}
      class="command-menu"
      aria-label="Command menu"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="command-field">
        <Icon node={Search} />
        <input
          type="text"
          role="combobox"
          aria-label="Command, conversation or customer"
          aria-expanded={flat.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? optionId(active) : undefined}
          placeholder="What do you want to do?"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <KeyCap keys="Escape" />
      </div>
      <div id={`${id}-list`} class="command-list scrolls" role="listbox" aria-label="Results" tabIndex={-1}>
        {groups.map(({ title, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset.
          <div key={title} role="group" aria-labelledby={`${id}-${title}`} class="command-group">
            <div id={`${id}-${title}`} class="command-group-title" role="presentation">
              {title}
            </div>
            {items.map(({ item, marks }) => {
              index += 1;
              const own = index;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keyboard.
                <div
                  key={item.id}
                  id={optionId(own)}
                  class="command-option"
                  role="option"
                  tabIndex={-1}
                  aria-selected={own === active}
                  onPointerMove={() => own !== at && setAt(own)}
                  onClick={() => choose(own)}
                >
                  {item.icon ? <Icon node={item.icon} /> : <span class="command-no-icon" />}
                  <bdi class="command-label ellipsis">
                    <MarkedText text={item.label} marks={marks} />
                  </bdi>
                  {item.detail ? <bdi class="command-detail ellipsis">{item.detail}</bdi> : null}
                  {item.keys ? <KeyCap keys={item.keys} /> : null}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p class="unseen" role="status">
        {flat.length === 1 ? '1 result' : `${flat.length} results`}
      </p>
    </dialog>
  );
}

/** Customers by name or address, of every site of the agent. A failure leaves the menu with what is known here. */
function useFoundCustomers(text: string): readonly FoundCustomer[] {
  const { connection, store } = useConsole();
  const [found, setFound] = useState<readonly FoundCustomer[]>([]);
  const wanted = text.trim();
  useEffect(() => {
    setFound([]);
    if (wanted.length < minAskedChars) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      const siteIds = store.sites.peek().map(({ site }) => site.id);
      void connection.request('search:find', { siteIds, text: wanted, beforeMs: null }).then((reply) => {
        if (isWanted && reply.ok) setFound(reply.customers.slice(0, 8));
      });
    }, askAfterMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [connection, store, wanted]);
  return found;
}
