import type { Team } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { TextField } from '../ui/field.tsx';
import { teamFaults } from './item-faults.ts';
import { type ItemEditorProps, ItemSection } from './item-section.tsx';
import '../ui/check-line.css';

export function TeamsSection({ siteId, isOwner }: { siteId: string; isOwner: boolean }) {
  const { store } = useConsole();
  const members = store.teamOf(siteId).value ?? [];
  return (
    <ItemSection
      kind="team"
      noun="team"
      title="Teams"
      about="People who answer together, such as Returns. A conversation can be assigned to a team, and the inbox filtered by it."
      empty="No teams yet. A small group works well without."
      siteId={siteId}
      readOnly={!isOwner}
      itemsOf={({ teams }) => teams}
      nameOf={({ name }) => name}
      nameField="name"
      newItem={(id) => ({ kind: 'team', id, name: '', agentIds: [] })}
      faultsOf={teamFaults}
      renderRow={(team) => (
        <p class="item-line">
          <bdi class="ellipsis">{team.name}</bdi>
          <span class="ellipsis muted">
            {members
              .filter(({ id }) => team.agentIds.includes(id))
              .map(({ name }) => name)
              .join(', ') || 'Nobody'}
          </span>
        </p>
      )}
      Editor={TeamEditor}
    />
  );
}

function TeamEditor({ item, onItem, errors }: ItemEditorProps<Team>) {
  const { store } = useConsole();
  const members = store.team.value ?? [];
  return (
    <>
      <TextField
        label="Name"
        value={item.name}
        onValue={(name) => onItem({ ...item, name })}
        error={errors.name}
        maxLength={60}
      />
      <fieldset class="chat-kinds">
        <legend class="field-label">Members</legend>
        {members.map((member) => (
          <label key={member.id} class="check-line">
            <input
              type="checkbox"
              checked={item.agentIds.includes(member.id)}
              onChange={(event) =>
                onItem({
                  ...item,
                  agentIds: event.currentTarget.checked
                    ? [...item.agentIds, member.id]
                    : item.agentIds.filter((id) => id !== member.id),
                })
              }
            />
            <Avatar name={member.name} color={member.color} avatar={member.avatar} sizePx={20} />
            <bdi class="ellipsis">{member.name}</bdi>
          </label>
        ))}
        <p class="field-error" role="alert">
          {errors.agentIds}
        </p>
      </fieldset>
    </>
  );
}
