import { type ReadonlySignal, signal } from '@preact/signals';
import type { Agent, AgentCard } from '../../../shared/model/agent.ts';
import type { Mark, MarkDraft } from '../../../shared/model/annotation.ts';
import type { Verb, VerbOutcome } from '../../../shared/model/control.ts';
import { controlScopes, type GrantMode } from '../../../shared/model/grant.ts';
import type { agentRelayFacts, EventsOfTuples, relayToAgent } from '../../../shared/protocol.ts';
import { newClientId } from '../../random-id.ts';
import type { ToViewer } from '../../viewer/port.ts';
import { outcomeWords } from './outcome-words.ts';

/** Who may act on the page, as this agent sees it. */
export interface ControlShown {
  asked: { agent: AgentCard; isOwn: boolean; expiresAtMs: number } | null;
  held: { agent: AgentCard; isOwn: boolean; mode: GrantMode; expiresAtMs: number } | null;
}

type Told = Pick<
  EventsOfTuples<typeof relayToAgent>,
  'control:changed' | 'control:acted' | 'mark:added' | 'mark:removed'
>;
export type SayAssist = <N extends keyof EventsOfTuples<typeof agentRelayFacts>>(
  name: N,
  ...fact: Parameters<EventsOfTuples<typeof agentRelayFacts>[N]>
) => void;

export interface Assist {
  control: ReadonlySignal<ControlShown>;
  marks: ReadonlySignal<readonly Mark[]>;
  /** What has become of this agent's last action, when that has to be said. `count` grows with each word. */
  word: ReadonlySignal<{ text: string; count: number } | null>;
  facts: Told;
  ask(): void;
  /** Takes the question back, or gives the control back. */
  release(): void;
  use(tab: string, verb: Verb): void;
  draw(mark: Omit<MarkDraft, 'id'>): void;
  /** Takes away what this agent has drawn. */
  wipe(): void;
  /** The viewer begins anew: it gets what is drawn. */
  refill(): void;
  /** The line to the relay is new: it tells everything again. */
  forget(): void;
}

export interface AssistParts {
  agent: Pick<Agent, 'id'>;
  say: SayAssist;
  toViewer(message: ToViewer): void;
}

const nobody: ControlShown = { asked: null, held: null };
/** A verb whose outcome has not come by then was lost with its page. */
const maxPending = 200;

export function createAssist({ agent, say, toViewer }: AssistParts): Assist {
  const control = signal<ControlShown>(nobody);
  const marks = signal<readonly Mark[]>([]);
  const word = signal<{ text: string; count: number } | null>(null);
  const pending = new Map<number, Verb>();
  let nonce: string | null = null;
  let lastId = 0;

  const speak = (text: string | null) => {
    word.value = text === null ? null : { text, count: (word.value?.count ?? 0) + 1 };
  };

  function heard(verb: Verb | undefined, result: VerbOutcome): void {
    const text = outcomeWords(verb, result);
    // A letter that went well says nothing; a word about the one before holds until something goes well.
    if (text !== null || result.outcome === 'done') speak(text);
  }

  function changed({ asked, held }: Parameters<Told['control:changed']>[0]): void {
    const before = control.value;
    nonce = held?.nonce ?? null;
    control.value = {
      asked: asked && {
        agent: asked.agent,
        isOwn: asked.agent.id === agent.id,
        expiresAtMs: asked.expiresAtMs,
      },
      held: held && {
        agent: held.agent,
        isOwn: held.agent.id === agent.id,
        mode: held.mode,
        expiresAtMs: held.expiresAtMs,
      },
    };
    const { held: now } = control.value;
    if (now?.isOwn && !before.held?.isOwn) {
      speak(
        now.mode === 'direct' ? 'You have control.' : 'You can suggest: the visitor decides on each action.',
      );
    } else if (before.held?.isOwn && !now?.isOwn) speak('Your control has ended.');
    else if (before.asked?.isOwn && !asked && !now?.isOwn) speak('The visitor has not given control.');
  }

  return {
    control,
    marks,
    word,
    facts: {
      'control:changed': changed,
      'control:acted'({ agent: who, id, result }) {
        if (who.id !== agent.id) return;
        const verb = pending.get(id);
        if (result.outcome !== 'proposed') pending.delete(id);
        heard(verb, result);
      },
      'mark:added'({ mark }) {
        marks.value = [...marks.value.filter(({ id }) => id !== mark.id), mark];
        toViewer({ type: 'marks', marks: [...marks.value] });
      },
      'mark:removed'({ ids }) {
        marks.value = marks.value.filter(({ id }) => !ids.includes(id));
        toViewer({ type: 'marks', marks: [...marks.value] });
      },
    },
    ask: () => say('control:asked', { scopes: [...controlScopes] }),
    release: () => say('control:released', {}),
    use(tab, verb) {
      if (nonce === null) return speak('You do not have control.');
      lastId += 1;
      pending.set(lastId, verb);
      for (const id of pending.keys()) if (pending.size > maxPending) pending.delete(id);
      say('control:used', { nonce, id: lastId, tab, verb });
    },
    draw: (mark) => say('mark:added', { mark: { ...mark, id: newClientId() } }),
    wipe() {
      const own = marks.value.filter(({ by }) => by?.id === agent.id).map(({ id }) => id);
      if (own.length > 0) say('mark:removed', { ids: own });
    },
    refill: () => toViewer({ type: 'marks', marks: [...marks.value] }),
    forget() {
      nonce = null;
      pending.clear();
      control.value = nobody;
      marks.value = [];
      toViewer({ type: 'marks', marks: [] });
    },
  };
}
