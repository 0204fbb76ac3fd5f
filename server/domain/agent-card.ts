import type { AgentCard } from '../../shared/model/agent.ts';

/** What visitors and colleagues see of an agent, and nothing more. */
export const agentCard = ({ id, name, color, avatar }: AgentCard): AgentCard => ({ id, name, color, avatar });
