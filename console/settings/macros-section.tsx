import { Plus } from 'lucide';
import type { TeamMember } from '../../shared/model/agent.ts';
import type { Macro, MacroAction, Workspace } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import { TextField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { macroFaults } from './item-faults.ts';
import { type ItemEditorProps, ItemSection } from './item-section.tsx';
import { MacroActionEditor } from './macro-action-editor.tsx';
import { actionWords, type MacroNames, macroSentence, newAction } from './macro-words.ts';
import { SortableList } from './sortable-list.tsx';
import './macros-section.css';

const kinds = Object.keys(actionWords) as Array<MacroAction['do']>;
const maxActions = 10;

/** Until the team has come, nobody is taken for gone. */
function namesIn({ labels, teams }: Workspace, team: readonly TeamMember[] | null): MacroNames {
  const nameOf = (list: ReadonlyArray<{ id: string; name: string }>, id: string) =>
    list.find((one) => one.id === id)?.name ?? null;
  return {
    agent: (id) => (team === null ? '…' : nameOf(team, id)),
    team: (id) => nameOf(teams, id),
    label: (id) => nameOf(labels, id),
  };
}

export function MacrosSection({ siteId }: { siteId: string }) {
  const { store } = useConsole();
  const team = store.teamOf(siteId).value;
  return (
    <ItemSection
      kind="macro"
      noun="macro"
      title="Macros"
      about="Several actions in one, for what you do again and again. All of them happen, or none: when a text has a gap, nothing is sent."
      empty="No macros yet. A good first one: thank, label, close."
      siteId={siteId}
      readOnly={false}
      itemsOf={({ macros }) => macros}
      nameOf={({ name }) => name}
      nameField="name"
      newItem={(id) => ({ kind: 'macro', id, name: '', actions: [newAction('send')] })}
      faultsOf={(macro, workspace) => macroFaults(macro, workspace, namesIn(workspace, team))}
      renderRow={(macro, workspace) => (
        <p class="item-line">
          <bdi class="ellipsis">{macro.name}</bdi>
          <span class="ellipsis muted">{macroSentence(macro.actions, namesIn(workspace, team))}</span>
        </p>
      )}
      Editor={MacroEditor}
    />
  );
}

function MacroEditor({ item, onItem, errors, workspace }: ItemEditorProps<Macro>) {
  const { store } = useConsole();
  const team = store.team.value;
  const { actions } = item;
  const setActions = (next: MacroAction[]) => onItem({ ...item, actions: next });
  return (
    <>
      <TextField
        label="Name"
        value={item.name}
        onValue={(name) => onItem({ ...item, name })}
        error={errors.name}
        maxLength={60}
      />
      <div class="field">
        <span class="field-label">Actions, from top to bottom</span>
        <SortableList
          label="Actions"
          items={actions}
          onItems={setActions}
          nameOf={(action, index) => `${actionWords[action.do]} (${index + 1})`}
          renderItem={(action, index) => (
            <MacroActionEditor
              action={action}
              onAction={(next) => setActions(actions.map((other, place) => (place === index ? next : other)))}
              error={errors[`actions.${index}`]}
              workspace={workspace}
              team={team ?? []}
            />
          )}
        />
        <p class="field-error" role="alert">
          {errors.actions}
        </p>
      </div>
      <div class="settings-actions">
        <Menu
          label="Add an action"
          button={{
            icon: Plus,
            children: actions.length >= maxActions ? `${maxActions} actions at most` : 'Add an action',
            disabled: actions.length >= maxActions,
          }}
          choices={kinds.map((kind) => ({
            id: kind,
            words: actionWords[kind],
            onChoose: () => setActions([...actions, newAction(kind)]),
          }))}
        />
      </div>
      <p class="macro-sentence" role="status">
        {macroSentence(actions, namesIn(workspace, team))}
      </p>
    </>
  );
}
