import { CloudOff, Plus } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import type { Role, TeamMember } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AddMember } from './add-member.tsx';
import { SettingsGroup } from './settings-group.tsx';
import './team-section.css';

const roleWords: Record<Role, string> = { owner: 'Owner', agent: 'Agent' };

export function TeamSection({ siteId, isOwner }: { siteId: string; isOwner: boolean }) {
  const { store } = useConsole();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [adding, setAdding] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const team = store.team.value;
  useEffect(() => {
    let wanted = true;
    void store.loadTeam().then((reply) => wanted && setRefusal(reply));
    return () => {
      wanted = false;
    };
  }, [store, siteId, attempt]);

  return (
    <SettingsGroup title="Team" about="Agents answer visitors. Owners can also change the site and the team.">
      {team ? (
        <ul class="team card">
          {team.map((member) => (
            <Member key={member.id} member={member} isMe={member.id === store.agent.value?.id} />
          ))}
        </ul>
      ) : refusal ? (
        <Notice
          icon={CloudOff}
          tone="danger"
          title="The team did not load"
          action={<Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>}
        >
          {refusalWords(refusal)}
        </Notice>
      ) : (
        <div class="team card" role="status" aria-busy="true" aria-label="Loading the team">
          {['40%', '52%'].map((width) => (
            <div key={width} class="team-member">
              <Skeleton width="32px" height="32px" round />
              <Skeleton width={width} />
            </div>
          ))}
        </div>
      )}
      <div class="settings-actions">
        <Button icon={Plus} disabled={!isOwner} onClick={() => setAdding(true)}>
          Add a person
        </Button>
        {isOwner ? null : <p class="muted team-note">Only owners can add people.</p>}
      </div>
      {adding ? <AddMember siteId={siteId} onClose={() => setAdding(false)} /> : null}
    </SettingsGroup>
  );
}

function Member({ member, isMe }: { member: TeamMember; isMe: boolean }) {
  return (
    <li class="team-member">
      <Avatar name={member.name} color={member.color} sizePx={32} />
      <div class="team-who">
        <p class="ellipsis">
          <bdi>{member.name}</bdi>
          {isMe ? <span class="muted"> (you)</span> : null}
        </p>
        <p class="ellipsis muted">{member.email}</p>
      </div>
      <span class={member.online ? 'team-state team-online' : 'team-state'}>
        {member.online ? 'Online' : 'Away'}
      </span>
      <span class="team-role">{roleWords[member.role]}</span>
    </li>
  );
}
