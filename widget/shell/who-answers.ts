import type { AgentCard } from '../../shared/model/agent.ts';
import type { WidgetState } from '../store.ts';
import * as texts from '../texts.ts';

export interface WhoAnswers {
  title: string;
  subtitle: string;
  presence: 'online' | 'away' | 'unknown';
  /** At most three faces. */
  faces: readonly AgentCard[];
  /** How soon an answer usually comes; '' when that is not told. */
  promise: string;
}

/** The header's words: the agent in charge when there is one, else who is there, else when somebody will be. */
export function whoAnswers(facts: {
  site: string;
  /** Null until the server has told. */
  agents: readonly AgentCard[] | null;
  assignee: { id: string; name: string } | null;
  hours: WidgetState['hours'];
  /** Null when the site does not tell. */
  usualReplyMs: number | null;
}): WhoAnswers {
  const { site, agents, assignee, hours, usualReplyMs } = facts;
  const title = assignee?.name ?? site;
  const promise = usualReplyMs === null ? '' : texts.usually(usualReplyMs);
  const inCharge = agents?.find((agent) => agent.id === assignee?.id);
  if (inCharge) {
    const subtitle = `${site} · ${texts.online}`;
    return { title: inCharge.name, subtitle, presence: 'online', faces: [inCharge], promise };
  }
  if (agents?.length) {
    const subtitle = texts.here(agents.map((agent) => agent.name));
    return { title: site, subtitle, presence: 'online', faces: agents.slice(0, 3), promise };
  }
  const back = hours?.words ?? '';
  if (agents === null && !back) return { title, subtitle: '', presence: 'unknown', faces: [], promise };
  // Closed hours say more than a usual time, which counts from the opening.
  return { title, subtitle: back || texts.away, presence: 'away', faces: [], promise: back ? '' : promise };
}
