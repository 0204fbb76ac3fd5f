import type { AgentPresence } from '../../shared/model/agent.ts';

export const presenceWords: Record<AgentPresence, string> = {
  online: 'Online',
  away: 'Away',
  offline: 'Offline',
};
