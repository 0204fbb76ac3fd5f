import type { NewEntry } from '../store/store.ts';
import { derivedClientId } from './identifier.ts';

/** Client id of the assignment that an answer brings. */
export const takingId = (clientId: string): string => derivedClientId(clientId, 'taken');

/** Makes the conversation the agent's because of this answer, unless somebody has it by then; its team stays. */
export function takingEntry(
  { conversationId, clientId, sender, atMs }: NewEntry,
  agent: { id: string; name: string },
): NewEntry {
  return {
    conversationId,
    kind: 'assignment',
    clientId: takingId(clientId),
    sender,
    payload: { agentId: agent.id, agentName: agent.name, by: 'hand' },
    atMs,
    ifUntaken: true,
  };
}
