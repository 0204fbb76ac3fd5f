import { useEffect, useState } from 'preact/hooks';
import type { TeamMember } from '../../shared/model/agent.ts';
import type { AgentConnection } from '../agent-connection.ts';
import { newClientId } from '../random-id.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { Strip } from '../ui/notice.tsx';
import type { CobrowseView } from './cobrowse-view.ts';

export interface InviteDialogProps {
  view: CobrowseView;
  connection: AgentConnection;
  ownId: string;
  onClose: () => void;
  /** The session is a colleague's now. */
  onHandedOver: () => void;
}

/**
 * Asks a colleague to look along, or gives the session away. Either is a note in the conversation that mentions the
 * colleague and leads to the page: it finds who is away now, too, and stays for those who ask later.
 */
export function InviteDialog({ view, connection, ownId, onClose, onHandedOver }: InviteDialogProps) {
  const session = view.session.value;
  const siteId = session?.siteId ?? null;
  const [team, setTeam] = useState<readonly TeamMember[] | null>(null);
  const [to, setTo] = useState('');
  const [missing, setMissing] = useState<string>();
  const [busy, setBusy] = useState<'invite' | 'hand_over' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);

  useEffect(() => {
    if (siteId === null) return;
    let isWanted = true;
    void connection.request('team:list', { siteId }).then((reply) => {
      if (!isWanted) return;
      if (reply.ok) setTeam(reply.members);
      else setProblem(refusalWords(reply));
    });
    return () => {
      isWanted = false;
    };
  }, [connection, siteId]);

  const colleagues = (team ?? []).filter(({ id }) => id !== ownId);
  const isThere = (id: string) => view.viewers.value.some((viewer) => viewer.id === id);

  async function send(kind: 'invite' | 'hand_over') {
    const colleague = colleagues.find(({ id }) => id === to);
    if (!session || !colleague) return setMissing('Choose a colleague.');
    const { conversationId } = session;
    const link = `${location.origin}/console/cobrowse/${session.id}`;
    const own = { conversationId, clientId: newClientId() };
    setBusy(kind);
    setProblem(null);
    const reply =
      kind === 'invite'
        ? await connection.request('note:add', {
            ...own,
            text: `@${colleague.name} Please look at this page with me: ${link}`,
            mentions: [colleague.id],
          })
        : await connection.request('conversation:assign', {
            ...own,
            agentId: colleague.id,
            note: `@${colleague.name} Please take over; the page is shared here: ${link}`,
            mentions: [colleague.id],
          });
    setBusy(null);
    if (!reply.ok) return setProblem(refusalWords(reply));
    if (kind === 'hand_over') onHandedOver();
    else setTold(colleague.name);
  }

  return (
    <Dialog title="Bring in a colleague" onClose={onClose}>
      <p>
        A note in the conversation tells your colleague, with a link to this page. The visitor sees by name
        who watches.
      </p>
      <SelectField
        label="Colleague"
        value={to}
        options={[
          {
            value: '',
            label:
              team === null ? 'Loading…' : colleagues.length > 0 ? 'Choose…' : 'Nobody else is in the team',
          },
          ...colleagues.map(({ id, name, presence }) => ({
            value: id,
            label: `${name} (${isThere(id) ? 'watching' : presence})`,
          })),
        ]}
        onValue={(value) => {
          setTo(value);
          setMissing(undefined);
          setTold(null);
        }}
        error={missing}
      />
      {problem ? <Strip tone="danger">{problem}</Strip> : null}
      <p role="status">{told === null ? '' : `${told} has been told.`}</p>
      <div class="dialog-actions">
        <Button onClick={onClose}>{told === null ? 'Cancel' : 'Done'}</Button>
        <Button busy={busy === 'hand_over'} onClick={() => void send('hand_over')}>
          Hand over
        </Button>
        <Button look="primary" busy={busy === 'invite'} onClick={() => void send('invite')}>
          Invite
        </Button>
      </div>
    </Dialog>
  );
}
