import type { AgentCard } from '../../shared/model/agent.ts';
import { texts } from '../texts.ts';
import { Avatar } from '../ui/avatar.tsx';

export function TypingDots({ agent }: { agent: AgentCard }) {
  return (
    <div class="message theirs first last writing">
      <Avatar name={agent.name} color={agent.color} />
      <div
        class="bubble dots"
        role="img"
        aria-label={texts.typing(agent.name)}
        title={texts.typing(agent.name)}
      >
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
