import type { AgentCard } from '../../shared/model/agent.ts';
import { texts } from '../texts.ts';

export interface WhoAnswers {
  title: string;
  subtitle: string;
  presence: 'online' | 'away' | 'unknown';
  /** At most three faces. */
  faces: readonly AgentCard[];
}

/** The header's words: the agent in charge when there is one, else who is there. */
export function whoAnswers(facts: {
  site: string;
  /** Null until the server has told. */
  agents: readonly AgentCard[] | null;
  assignee: { id: string; name: string } | null;
}): WhoAnswers {
  const { site, agents, assignee } = facts;
  if (agents === null) return { title: assignee?.name ?? site, subtitle: '', presence: 'unknown', faces: [] };
  const inCharge = agents.find((agent) => agent.id === assignee?.id);
  if (inCharge) {
    return {
      title: inCharge.name,
      subtitle: `${site} · ${texts.online}`,
      presence: 'online',
      faces: [inCharge],
    };
  }
  if (agents.length === 0) {
    return { title: assignee?.name ?? site, subtitle: texts.away, presence: 'away', faces: [] };
  }
  return {
    title: site,
    subtitle: texts.here(agents.map((agent) => agent.name)),
    presence: 'online',
    faces: agents.slice(0, 3),
  };
}
