import { CloudOff, Pencil, Plus, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import { type IdKind, idPrefixes } from '../../shared/model/ids.ts';
import type { Workspace, WorkspaceItem, WorkspaceKind } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import { newClientId } from '../random-id.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice, Strip } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useKeptState } from './kept-state.ts';
import { SettingsGroup } from './settings-group.tsx';
import { type Errors, isSame } from './site-draft.ts';
import './item-section.css';

type Item<K extends WorkspaceKind> = Extract<WorkspaceItem, { kind: K }>;

export interface ItemEditorProps<T> {
  item: T;
  onItem: (item: T) => void;
  errors: Errors;
  workspace: Workspace;
}

export interface ItemSectionProps<K extends WorkspaceKind> {
  kind: K;
  title: string;
  about: string;
  /** What one of them is called: "label". */
  noun: string;
  siteId: string;
  readOnly: boolean;
  itemsOf: (workspace: Workspace) => readonly Item<K>[];
  nameOf: (item: Item<K>) => string;
  newItem: (id: string, workspace: Workspace) => Item<K>;
  /** What is wrong with an item beside the others, by field. */
  faultsOf: (item: Item<K>, workspace: Workspace) => Record<string, string>;
  /** Field that a duplicate is told at. */
  nameField: string;
  renderRow: (item: Item<K>, workspace: Workspace) => ComponentChildren;
  Editor: (props: ItemEditorProps<Item<K>>) => ComponentChildren;
  empty: string;
}

const noDrafts = {};
/** Shorter lists are seen at a glance. */
const searchedFrom = 9;

/**
 * Things that the agents of a site share, each edited where it stands. What is being written outlives leaving the page;
 * what is deleted can be brought back for six seconds.
 */
export function ItemSection<K extends WorkspaceKind>(props: ItemSectionProps<K>) {
  const { kind, siteId, noun, readOnly, itemsOf, nameOf } = props;
  const { store, connection, toasts } = useConsole();
  const workspace = store.workspaceOf(siteId).value;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  /** Items as their editors were opened: until something is changed in one, nothing of it is kept. */
  const openedAs = useRef<Record<string, Item<K>>>({});
  const touched = useCallback(
    (all: Record<string, Item<K>>) =>
      Object.fromEntries(Object.entries(all).filter(([id, item]) => !isSame(item, openedAs.current[id]))),
    [],
  );
  const [drafts, setDrafts] = useKeptState<Record<string, Item<K>>>(`${siteId} ${kind}`, noDrafts, touched);
  const [errors, setErrors] = useState<Record<string, Errors>>({});
  const [failures, setFailures] = useState<Record<string, string>>({});
  const [saving, setSaving] = useState<readonly string[]>([]);
  const [removing, setRemoving] = useState<readonly string[]>([]);
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);

  useEffect(() => {
    let wanted = true;
    void store.loadWorkspace(siteId).then((reply) => wanted && setRefusal(reply));
    return () => {
      wanted = false;
    };
  }, [store, siteId]);

  // Editors open and close: the focus goes where the work goes on.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    const place = list.current?.querySelector<HTMLElement>(focus.current);
    if (!place) return;
    place.focus();
    focus.current = null;
  });

  if (workspace === null) {
    return (
      <SettingsGroup title={props.title} about={props.about}>
        {refusal ? (
          <Notice
            icon={CloudOff}
            tone="danger"
            title="This did not load"
            action={
              <Button onClick={() => void store.loadWorkspace(siteId).then(setRefusal)}>Try again</Button>
            }
          >
            {refusalWords(refusal)}
          </Notice>
        ) : (
          <div class="items card" role="status" aria-busy="true" aria-label="Loading">
            {['30%', '44%', '36%'].map((width) => (
              <div key={width} class="item-row">
                <Skeleton width={width} />
              </div>
            ))}
          </div>
        )}
      </SettingsGroup>
    );
  }

  const known = itemsOf(workspace).filter(({ id }) => !removing.includes(id));
  const fresh = Object.values(drafts).filter(({ id }) => !itemsOf(workspace).some((item) => item.id === id));
  const shown = known.filter(
    (item) => item.id in drafts || nameOf(item).toLowerCase().includes(search.trim().toLowerCase()),
  );

  const setDraft = (id: string, item: Item<K> | null) =>
    setDrafts((open) => {
      const { [id]: _, ...rest } = open;
      return item === null ? rest : { ...rest, [id]: item };
    });
  const open = (item: Item<K>) => {
    focus.current = `[data-item="${item.id}"] :is(input, textarea, select)`;
    openedAs.current[item.id] = item;
    setDraft(item.id, item);
  };
  const shut = (id: string) => {
    focus.current = known.some((item) => item.id === id) ? rowButton(id) : '.items-add button';
    setErrors(({ [id]: _, ...rest }) => rest);
    setFailures(({ [id]: _, ...rest }) => rest);
    setDraft(id, null);
  };

  async function save(item: Item<K>, latest: Workspace) {
    const { id } = item;
    const wrong = props.faultsOf(item, latest);
    setErrors((told) => ({ ...told, [id]: wrong }));
    if (Object.keys(wrong).length > 0) {
      focus.current = `[data-item="${id}"] [aria-invalid="true"]`;
      return;
    }
    setSaving((ids) => [...ids, id]);
    setFailures(({ [id]: _, ...rest }) => rest);
    const reply = await connection.request('workspace:save', { siteId, item });
    setSaving((ids) => ids.filter((other) => other !== id));
    if (reply.ok) {
      store.takeWorkspace(siteId, reply.workspace);
      focus.current = rowButton(id);
      setDraft(id, null);
      toasts.tell(`Saved: ${nameOf(item)}.`);
    } else if (reply.error === 'already_exists') {
      setErrors((told) => ({ ...told, [id]: { [props.nameField]: `There is another ${noun} called so.` } }));
    } else {
      setFailures((told) => ({ ...told, [id]: refusalWords(reply) }));
    }
  }

  async function remove(item: Item<K>) {
    const { id } = item;
    focus.current = '.items-add button';
    setRemoving((ids) => [...ids, id]);
    const reply = await connection.request('workspace:remove', { siteId, kind, id });
    setRemoving((ids) => ids.filter((other) => other !== id));
    if (!reply.ok) {
      return toasts.tell(`${nameOf(item)} is not deleted. ${refusalWords(reply)}`, { tone: 'danger' });
    }
    store.takeWorkspace(siteId, reply.workspace);
    toasts.tell(`Deleted: ${nameOf(item)}.`, { undo: () => void bringBack(item) });
  }

  async function bringBack(item: Item<K>) {
    const reply = await connection.request('workspace:save', { siteId, item });
    if (reply.ok) store.takeWorkspace(siteId, reply.workspace);
    else {
      // What was deleted is not lost: it stands in an editor.
      setDraft(item.id, item);
      toasts.tell(`${nameOf(item)} is not back. ${refusalWords(reply)}`, { tone: 'danger' });
    }
  }

  const editor = (draft: Item<K>, base: Item<K> | null) => (
    <form
      class="item-editor"
      noValidate
      aria-label={base ? `Edit ${nameOf(base)}` : `New ${noun}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft, workspace);
      }}
    >
      {failures[draft.id] ? <Strip tone="danger">Not saved. {failures[draft.id]}</Strip> : null}
      <props.Editor
        item={draft}
        onItem={(item) => setDraft(draft.id, item)}
        errors={errors[draft.id] ?? noDrafts}
        workspace={workspace}
      />
      <div class="settings-actions">
        <Button look="primary" type="submit" busy={saving.includes(draft.id)}>
          {saving.includes(draft.id) ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={() => shut(draft.id)}>Cancel</Button>
      </div>
    </form>
  );

  return (
    <SettingsGroup title={props.title} about={props.about}>
      <div ref={list} class="items-whole">
        {known.length >= searchedFrom ? (
          <TextField label={`Find a ${noun}`} value={search} onValue={setSearch} />
        ) : null}
        {known.length === 0 && fresh.length === 0 ? <p class="muted">{props.empty}</p> : null}
        {shown.length > 0 || fresh.length > 0 ? (
          <ul class="items card">
            {shown.map((item) => {
              const draft = drafts[item.id];
              return (
                <li key={item.id} data-item={item.id}>
                  {draft ? (
                    editor(draft, item)
                  ) : (
                    <div class="item-row">
                      <div class="item-words">{props.renderRow(item, workspace)}</div>
                      <Button
                        look="quiet"
                        icon={Pencil}
                        label={`Edit ${nameOf(item)}`}
                        disabled={readOnly}
                        onClick={() => open(item)}
                      />
                      <Button
                        look="quiet"
                        icon={Trash2}
                        label={`Delete ${nameOf(item)}`}
                        disabled={readOnly}
                        onClick={() => void remove(item)}
                      />
                    </div>
                  )}
                </li>
              );
            })}
            {fresh.map((draft) => (
              <li key={draft.id} data-item={draft.id}>
                {editor(draft, null)}
              </li>
            ))}
          </ul>
        ) : known.length > 0 ? (
          <p class="muted">
            No {noun} has “{search.trim()}” in its name.
          </p>
        ) : null}
        <div class="settings-actions items-add">
          <Button
            icon={Plus}
            disabled={readOnly}
            onClick={() => open(props.newItem(newItemId(kind), workspace))}
          >
            New {noun}
          </Button>
        </div>
      </div>
    </SettingsGroup>
  );
}

/** Of the row, not of the editor that stood in its place. */
const rowButton = (id: string): string => `[data-item="${id}"] > .item-row button`;

function newItemId(kind: WorkspaceKind & IdKind): string {
  return `${idPrefixes[kind]}_${newClientId()}`;
}
