import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { capacitySchema, type TeamMember } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import './member-capacity.css';

export interface MemberCapacityProps {
  siteId: string;
  member: TeamMember;
  /** What holds for members without a number of their own. */
  siteCapacity: number;
  readOnly: boolean;
}

/** How many open conversations a person answers at once; empty means as many as the site says. */
export function MemberCapacity({ siteId, member, siteCapacity, readOnly }: MemberCapacityProps) {
  const { connection, store, toasts } = useConsole();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const saved = member.capacity === null ? '' : String(member.capacity);

  async function set(capacity: number | null) {
    const reply = await connection.request('team:setCapacity', { siteId, agentId: member.id, capacity });
    if (!reply.ok) return setError(refusalWords(reply));
    setTyped(null);
    await store.loadTeam(siteId);
    toasts.tell(
      capacity === null
        ? `${member.name} has the site’s capacity.`
        : `${member.name} has a capacity of ${capacity}.`,
    );
  }
  function leave() {
    const text = (typed ?? saved).trim();
    if (text === saved) return setTyped(null);
    if (text === '') return void set(null);
    const checked = v.safeParse(capacitySchema, Number(text));
    if (checked.success) void set(checked.output);
    else setError('A whole number from 1 to 100, or nothing.');
  }

  const id = `capacity-${member.id}`;
  return (
    <span class="member-capacity">
      <span class="member-capacity-field">
        <input
          class="input figures"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          aria-label={`Capacity of ${member.name}`}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? id : undefined}
          title="Open conversations at once. Empty: as many as the site says"
          placeholder={String(siteCapacity)}
          value={typed ?? saved}
          disabled={readOnly}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setError(null);
          }}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              leave();
            } else if (event.key === 'Escape') {
              setTyped(null);
              setError(null);
            }
          }}
        />
        <span class="muted">at once</span>
      </span>
      <span class="field-error" id={id} role="alert">
        {error}
      </span>
    </span>
  );
}
