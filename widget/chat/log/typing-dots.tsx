import type { AgentCard } from '../../../shared/model/agent.ts';
import { Avatar } from '../../ui/avatar.tsx';
import * as texts from './log-texts.ts';

export function TypingDots({ agent, picture }: { agent: AgentCard; picture: string | null }) {
  return (
    <div class="message theirs first last writing">
      <Avatar name={agent.name} color={agent.color} picture={picture} />
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
