import { CloudOff, Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
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
import { MemberCapacity } from './member-capacity.tsx';
import { presenceWords } from './presence-words.ts';
import { SettingsGroup } from './settings-group.tsx';
import './team-section.css';

const roleWords: Record<Role, string> = { owner: 'Owner', agent: 'Agent' };

export interface TeamSectionProps {
  siteId: string;
  isOwner: boolean;
  siteCapacity: number;
}

export function TeamSection({ siteId, isOwner, siteCapacity }: TeamSectionProps) {
  const { store } = useConsole();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [adding, setAdding] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const team = store.teamOf(siteId).value;
  useEffect(() => {
    let wanted = true;
    void store.loadTeam(siteId).then((reply) => wanted && setRefusal(reply));
    return () => {
      wanted = false;
    };
  }, [store, siteId, attempt]);

  return (
    <SettingsGroup
      title="Team"
      about="Agents answer visitors. Owners can also change the site and the team. The number is how many open conversations a person answers at once; empty, it is the site’s."
    >
      {team ? (
        <ul class="team card">
          {team.map((member) => (
            <Member
              key={member.id}
              member={member}
              isMe={member.id === store.agent.value?.id}
              capacity={
                <MemberCapacity
                  siteId={siteId}
                  member={member}
                  siteCapacity={siteCapacity}
                  readOnly={!isOwner}
                />
              }
            />
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

interface MemberProps {
  member: TeamMember;
  isMe: boolean;
  capacity: ComponentChildren;
}

function Member({ member, isMe, capacity }: MemberProps) {
  return (
    <li class="team-member">
      <Avatar name={member.name} color={member.color} avatar={member.avatar} sizePx={32} />
      <div class="team-who">
        <p class="ellipsis">
          <bdi>{member.name}</bdi>
          {isMe ? <span class="muted"> (you)</span> : null}
        </p>
        <p class="ellipsis muted">{member.email}</p>
      </div>
      <span class={`team-state team-${member.presence}`}>{presenceWords[member.presence]}</span>
      <span class="team-role">{roleWords[member.role]}</span>
      {capacity}
    </li>
  );
}
