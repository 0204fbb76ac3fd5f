import { Plus } from 'lucide';
import { nanoid } from 'nanoid';
import { agentColors } from '../../shared/model/agent.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Icon } from '../ui/icon.tsx';
import type { Choice } from './choice-menu.tsx';
import { LabelDot } from './label-mark.tsx';
import type { ConversationActions } from './use-conversation-actions.ts';

const maxLabelChars = 40;

/** Labels to put on and take off; a name that is none yet can be made one. */
export function useLabelChoices(
  { conversation }: InboxRow,
  actions: ConversationActions,
): { choices: Choice[]; offer: (query: string) => Choice | null } {
  const { store, connection, toasts } = useConsole();
  const { siteId } = conversation;
  const labels = store.workspaceOf(siteId).value?.labels ?? [];

  async function create(name: string) {
    // The next of the colours, so that labels of one site look different.
    const color = agentColors[labels.length % agentColors.length] ?? agentColors[0];
    const item = { kind: 'label', id: `lbl_${nanoid(22)}`, name, color } as const;
    const reply = await connection.request('workspace:save', { siteId, item });
    if (!reply.ok) {
      toasts.tell(`The label was not created. ${refusalWords(reply)}`, { tone: 'danger' });
      return;
    }
    store.takeWorkspace(siteId, reply.workspace);
    actions.toggleLabel(item);
  }

  return {
    choices: labels.map((label) => ({
      id: label.id,
      name: label.name,
      lead: <LabelDot color={label.color} />,
      checked: conversation.labels.includes(label.id),
      staysOpen: true,
      onChoose: () => actions.toggleLabel(label),
    })),
    offer(query) {
      const isKnown = labels.some(({ name }) => name.toLowerCase() === query.toLowerCase());
      if (isKnown || query.length > maxLabelChars) return null;
      return {
        id: 'create',
        name: query,
        words: (
          <>
            Create “<bdi>{query}</bdi>”
          </>
        ),
        lead: <Icon node={Plus} />,
        staysOpen: true,
        onChoose: () => void create(query),
      };
    },
  };
}
