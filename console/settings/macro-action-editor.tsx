import type { TeamMember } from '../../shared/model/agent.ts';
import { priorities } from '../../shared/model/conversation.ts';
import type { MacroAction, Workspace } from '../../shared/model/workspace.ts';
import { priorityWords } from '../priority-words.ts';
import { SelectField } from '../ui/field.tsx';
import { type SpanUnit, spanOf, spanUnits } from '../ui/time-words.ts';
import { LabelChip } from './label-chip.tsx';
import { actionWords } from './macro-words.ts';
import { NumberField } from './number-field.tsx';
import { TemplateField } from './template-field.tsx';
import '../ui/check-line.css';

export interface MacroActionEditorProps {
  action: MacroAction;
  onAction: (action: MacroAction) => void;
  error: string | undefined;
  workspace: Workspace;
  team: readonly TeamMember[];
}

export function MacroActionEditor(props: MacroActionEditorProps) {
  const { action, error } = props;
  const isText = action.do === 'send' || action.do === 'note';
  return (
    <div class="macro-action">
      {isText ? null : <h3>{actionWords[action.do]}</h3>}
      <ActionFields {...props} />
      {isText ? null : (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function ActionFields({ action, onAction, error, workspace, team }: MacroActionEditorProps) {
  switch (action.do) {
    case 'send':
    case 'note':
      return (
        <TemplateField
          label={actionWords[action.do]}
          value={action.text}
          onValue={(text) => onAction({ ...action, text })}
          error={error}
        />
      );
    case 'assign':
      return (
        <div class="macro-two">
          <Choice
            label="Person"
            value={action.agentId}
            items={team}
            onValue={(agentId) => onAction({ ...action, agentId })}
          />
          <Choice
            label="Team"
            value={action.teamId}
            items={workspace.teams}
            onValue={(teamId) => onAction({ ...action, teamId })}
          />
        </div>
      );
    case 'label':
      return workspace.labels.length === 0 ? (
        <p class="muted">
          There are no labels yet. <a href="/console/settings/labels">Make one</a> first; this macro is kept.
        </p>
      ) : (
        <div class="macro-two">
          <LabelChoices
            legend="Add"
            workspace={workspace}
            ids={action.added}
            onIds={(added) => onAction({ ...action, added })}
          />
          <LabelChoices
            legend="Remove"
            workspace={workspace}
            ids={action.removed}
            onIds={(removed) => onAction({ ...action, removed })}
          />
        </div>
      );
    case 'priority':
      return (
        <SelectField
          label="Priority"
          value={action.priority}
          options={priorities.map((priority) => ({ value: priority, label: priorityWords[priority] }))}
          onValue={(priority) => onAction({ ...action, priority })}
        />
      );
    case 'snooze':
      return (
        <SnoozeFields minutes={action.minutes} onMinutes={(minutes) => onAction({ ...action, minutes })} />
      );
    case 'assign_me':
    case 'close':
      return null;
  }
}

interface ChoiceProps {
  label: string;
  value: string | null;
  items: ReadonlyArray<{ id: string; name: string }>;
  onValue: (id: string | null) => void;
}

/** One of a list, or nobody. What is gone stays chosen until something else is, so that it is seen. */
function Choice({ label, value, items, onValue }: ChoiceProps) {
  const isGone = value !== null && !items.some(({ id }) => id === value);
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      options={[
        { value: '', label: 'Nobody' },
        ...items.map(({ id, name }) => ({ value: id, label: name })),
        ...(isGone ? [{ value, label: 'Not there any more' }] : []),
      ]}
      onValue={(id) => onValue(id === '' ? null : id)}
    />
  );
}

interface LabelChoicesProps {
  legend: string;
  workspace: Workspace;
  ids: readonly string[];
  onIds: (ids: string[]) => void;
}

function LabelChoices({ legend, workspace, ids, onIds }: LabelChoicesProps) {
  return (
    <fieldset class="macro-labels">
      <legend class="field-label">{legend}</legend>
      {workspace.labels.map((label) => (
        <label key={label.id} class="check-line">
          <input
            type="checkbox"
            checked={ids.includes(label.id)}
            onChange={(event) =>
              onIds(
                event.currentTarget.checked ? [...ids, label.id] : ids.filter((other) => other !== label.id),
              )
            }
          />
          <LabelChip label={label} />
        </label>
      ))}
      {ids.some((id) => !workspace.labels.some((label) => label.id === id)) ? (
        <button
          type="button"
          class="button button-plain"
          onClick={() => onIds(ids.filter((id) => workspace.labels.some((label) => label.id === id)))}
        >
          Take out a label that is gone
        </button>
      ) : null}
    </fieldset>
  );
}

function SnoozeFields({ minutes, onMinutes }: { minutes: number; onMinutes: (minutes: number) => void }) {
  const { count, unit } = spanOf(minutes);
  return (
    <div class="macro-span">
      <NumberField label="For" value={count} onValue={(next) => onMinutes(next * spanUnits[unit])} />
      <SelectField
        label="Unit"
        value={unit}
        options={(Object.keys(spanUnits) as SpanUnit[]).map((name) => ({ value: name, label: `${name}s` }))}
        onValue={(next) => onMinutes((Number.isNaN(count) ? 1 : count) * spanUnits[next])}
      />
    </div>
  );
}
