import { h, render } from 'preact';
import { controlAskMs } from '../../../shared/limits.ts';
import type { AgentCard } from '../../../shared/model/agent.ts';
import type { ControlRefusal, VerbOutcome } from '../../../shared/model/control.ts';
import {
  type Grant,
  type GrantMode,
  type GrantScope,
  grantFault,
  issueGrant,
} from '../../../shared/model/grant.ts';
import { scopeOf } from '../../../shared/model/verb-scope.ts';
import { randomId } from '../../random-id.ts';
import type { AssistPart, AssistParts } from '../assist-door.ts';
import { wearStyles } from '../wear-styles.ts';
import { ControlPanel } from './control-panel.tsx';
import { controlStyles } from './control-styles.ts';
import { createGhost } from './ghost.ts';
import { createGrantShelf } from './grant-shelf.ts';
import { fieldAt, isEditableText } from './guard.ts';
import { type Aim, createHand } from './hand.ts';
import { maxProposals, type Proposal, type Use, withUse, wordsOf } from './proposals.ts';
import { createVisitorTurn } from './visitor-turn.ts';

/** Verbs that wait while the visitor acts; more would be done long after they were meant. */
const maxHeld = 40;
/** Whoever waits longer than this is told that the visitor is busy. */
const heldMs = 4_000;

/** An agent acts on the page, as far and as long as the visitor has allowed it. */
export function createControl(parts: AssistParts): AssistPart {
  const { overlay, sharing, sessionId } = parts;
  const layer = overlay.pointers.parentElement ?? overlay.pointers;
  const place = document.createElement('div');
  place.className = 'cb-assist';
  layer.append(place);
  const undress = wearStyles(overlay.pointers, controlStyles);
  const ghost = createGhost(overlay.pointers);
  const shelf = createGrantShelf();
  const hand = createHand(sharing);

  let asked: { agent: AgentCard; scopes: GrantScope[]; aheadMs: number } | null = null;
  let held: { agent: AgentCard; grant: Grant; aheadMs: number } | null = null;
  let proposals: Proposal[] = [];
  let waiting: Array<Use & { atMs: number }> = [];
  /** Who has taken control back once is asked from then on, whatever was said before. */
  let wasTakenBack = false;

  const turn = createVisitorTurn({
    isOwn: (target) => target instanceof Element && target.closest('[data-rapport-own]') !== null,
    onTwice: () => held && takeBack(),
    onMoved: () => hand.leave(),
    onRest: flush,
  });

  // ── grant ────────────────────────────────────────────────────────────────────────────────────────────────

  function answer(mode: GrantMode | null): void {
    if (!asked) return;
    const { agent, scopes, aheadMs } = asked;
    asked = null;
    const grant =
      mode &&
      issueGrant({ agent: agent.id, scopes }, { mode, nonce: randomId(), nowMs: Date.now() + aheadMs });
    if (grant) shelf.put({ sessionId: sessionId(), grant, aheadMs });
    sharing()?.say('control:answered', { agent: agent.id, grant });
    draw();
  }

  function setMode(mode: GrantMode): void {
    if (!held) return;
    const grant = { ...held.grant, mode };
    shelf.put({ sessionId: sessionId(), grant, aheadMs: held.aheadMs });
    sharing()?.say('control:answered', { agent: grant.agent, grant });
    if (mode === 'direct') for (const { uses } of proposals.splice(0)) for (const use of uses) act(use);
    draw();
  }

  function takeBack(): void {
    wasTakenBack = true;
    sharing()?.say('control:revoked', {});
    drop('no_grant');
  }

  /** Nobody may act any more. */
  function drop(because: ControlRefusal): void {
    for (const { uses } of proposals) for (const { id } of uses) refuse(id, because);
    for (const { id } of waiting) refuse(id, because);
    proposals = [];
    waiting = [];
    hand.leave();
    shelf.remove();
    if (held) parts.tell('cobrowse_control', { sessionId: sessionId(), agent: null });
    held = null;
    draw();
  }

  // ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────

  function tell(id: number, result: VerbOutcome): void {
    if (held) sharing()?.say('control:acted', { agent: held.agent.id, id, result });
  }
  const refuse = (id: number, because: ControlRefusal) => tell(id, { outcome: 'refused', because });

  function tellDone(use: Use, aim: Extract<Aim, { ok: true }>): void {
    // A relay header has 4 KB.
    const page = parts.page.current().url.slice(0, 1_000);
    const action = { kind: use.verb.kind, target: aim.target, page, atMs: Date.now() };
    tell(use.id, { outcome: 'done', action });
  }

  function act(use: Use) {
    const { verb } = use;
    // Such a verb takes the page away, and with it who could tell.
    const leaves = scopeOf(verb.kind) === 'navigate';
    const aim = leaves ? hand.aim(verb) : hand.act(verb);
    if (!aim.ok) return refuse(use.id, aim.because);
    tellDone(use, aim);
    if (leaves) hand.act(verb);
    else if (held && aim.element && verb.kind !== 'scroll')
      ghost.acted(fieldAt(aim.element) ?? aim.element, held.agent);
    draw();
  }

  function flush() {
    const nowMs = performance.now();
    for (const use of waiting.splice(0)) {
      if (nowMs - use.atMs > heldMs) refuse(use.id, 'visitor_acts');
      else take(use);
    }
  }

  function take(use: Use) {
    if (!held) return;
    if (turn.isActing()) {
      if (waiting.length >= maxHeld) return refuse(use.id, 'visitor_acts');
      waiting.push({ ...use, atMs: performance.now() });
      return;
    }
    if (held.grant.mode === 'propose' && use.verb.kind !== 'scroll') propose(use);
    else act(use);
  }

  function propose(use: Use) {
    const aim = hand.aim(use.verb);
    if (!aim.ok) return refuse(use.id, aim.because);
    const { element } = aim;
    if (element && use.verb.kind === 'click' && isWritable(element)) {
      // To point at a field changes nothing: what is to be written there is asked about.
      hand.enter(element);
      tellDone(use, aim);
      if (held) ghost.acted(element, held.agent);
      return;
    }
    const next = withUse(proposals, use, element);
    if (next.length > maxProposals) return refuse(use.id, 'too_fast');
    proposals = next;
    tell(use.id, { outcome: 'proposed' });
    draw();
  }

  function isWritable(element: Element): boolean {
    const field = fieldAt(element);
    if (!field) return isEditableText(element);
    return field.localName === 'textarea' || /^(?:text|search|email|tel|url|number)$/.test(field.type);
  }

  function decide(accept: boolean): void {
    const [first] = proposals.splice(0, 1);
    for (const use of first?.uses ?? []) {
      if (accept) act(use);
      else refuse(use.id, 'visitor_refused');
    }
    draw();
  }

  // ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────

  function draw(): void {
    const [first] = proposals;
    const words = first ? wordsOf(first, optionText(first)) : null;
    ghost.show(
      held && first?.element && words !== null
        ? { element: fieldAt(first.element) ?? first.element, agent: held.agent, words }
        : null,
    );
    render(
      h(ControlPanel, {
        asked,
        held: held && { agent: held.agent, mode: held.grant.mode },
        proposal: words,
        canUndo: hand.canUndo(),
        onAnswer: answer,
        onMode: setMode,
        onTakeBack: takeBack,
        onUndo() {
          hand.act({ kind: 'undo' });
          draw();
        },
        onProposal: decide,
      }),
      place,
    );
  }

  const optionText = (proposal: Proposal) => (node: number) => {
    const verb = proposal.uses[0]?.verb;
    const epoch = verb && 'at' in verb ? verb.at.epoch : 0;
    return sharing()?.element({ epoch, node })?.textContent?.trim() ?? '';
  };

  return {
    hear: {
      'control:changed'(state) {
        asked = state.asked && {
          agent: state.asked.agent,
          scopes: state.asked.scopes,
          aheadMs: state.asked.expiresAtMs - controlAskMs - Date.now(),
        };
        const kept = shelf.get(sessionId());
        const isOwn = state.held && kept && kept.grant.nonce === state.held.grant.nonce;
        if (state.held && kept && isOwn && state.held.grant.agent === kept.grant.agent) {
          const isNew = held?.grant.nonce !== kept.grant.nonce;
          if (held && isNew) drop('no_grant');
          shelf.put(kept);
          held = {
            agent: state.held.agent,
            grant: { ...kept.grant, mode: state.held.grant.mode },
            aheadMs: kept.aheadMs,
          };
          if (isNew) parts.tell('cobrowse_control', { sessionId: sessionId(), agent: held.agent.name });
        } else if (state.held) {
          // Not of the visitor's making, as far as this page knows.
          takeBack();
        } else if (held || (kept && !asked)) drop('no_grant');
        if (asked && !held && !wasTakenBack && parts.isAllowed()) answer('direct');
        draw();
      },
      'control:used'({ agent, nonce, id, verb }) {
        const use = { agent: agent.id, nonce, scope: scopeOf(verb.kind) };
        const fault = grantFault(held?.grant ?? null, use, Date.now() + (held?.aheadMs ?? 0));
        if (!fault) return take({ id, verb });
        sharing()?.say('control:acted', {
          agent: agent.id,
          id,
          result: { outcome: 'refused', because: fault },
        });
      },
    },
    lost() {
      asked = null;
      proposals = [];
      waiting = [];
      draw();
    },
    close() {
      drop('no_grant');
      turn.close();
      ghost.close();
      render(null, place);
      place.remove();
      undress();
    },
  };
}
