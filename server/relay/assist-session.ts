import type { AgentCard } from '../../shared/model/agent.ts';
import type { Mark, MarkDraft } from '../../shared/model/annotation.ts';
import type { Verb, VerbOutcome } from '../../shared/model/control.ts';
import type { Grant, GrantScope } from '../../shared/model/grant.ts';
import { ControlDesk, type ControlState } from './control-desk.ts';
import { MarkBoard, visitorsMarks } from './mark-board.ts';

/** How one tab of the visitor's is told. */
export interface AssistTab {
  tab: string;
  control(state: ControlState): void;
  use(fact: { agent: AgentCard; nonce: string; id: number; verb: Verb }): void;
  added(mark: Mark): void;
  removed(ids: string[]): void;
}

/** How one connection of an agent's is told. */
export interface AssistViewer {
  agent: AgentCard;
  control(state: ControlState): void;
  acted(fact: { agent: AgentCard; id: number; result: VerbOutcome }): void;
  added(mark: Mark): void;
  removed(ids: string[]): void;
}

/** Control and marks of one co-browse session: passes on what desk and board allow, and tells both sides. */
export class AssistSession {
  readonly #desk = new ControlDesk();
  readonly #board = new MarkBoard();
  readonly #tabs = new Set<AssistTab>();
  readonly #viewers = new Set<AssistViewer>();
  readonly #nowMs: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  // ── the visitor's tabs ─────────────────────────────────────────────────────────────────────────────────────

  joinTab(tab: AssistTab): void {
    this.#tabs.add(tab);
    tab.control(this.#desk.state(this.#nowMs()));
    for (const mark of this.#board.marks) if (mark.tab === tab.tab) tab.added(mark);
  }

  leaveTab(tab: AssistTab): void {
    this.#tabs.delete(tab);
  }

  answer(agentId: string, grant: Grant | null): void {
    this.#desk.answer(agentId, grant, this.#nowMs());
    // Told also when the answer came too late: the page has to know that its grant does not hold.
    this.#tellControl();
  }

  revoke(): void {
    if (this.#desk.revoke()) this.#tellControl();
  }

  /** A tab's word on a verb, for those who look. */
  acted(agentId: string, id: number, result: VerbOutcome): void {
    const agent = [...this.#viewers].find((viewer) => viewer.agent.id === agentId)?.agent;
    if (agent) for (const viewer of this.#viewers) viewer.acted({ agent, id, result });
  }

  anchor(tab: AssistTab, at: { id: string; epoch: number; node: number }): void {
    const mark = this.#board.anchor(tab.tab, at);
    if (mark) for (const viewer of this.#viewers) viewer.added(mark);
  }

  addVisitorMark(tab: AssistTab, draft: MarkDraft): void {
    if (draft.tab === tab.tab) this.#add(draft, null);
  }

  removeByVisitor(ids: readonly string[]): void {
    this.#tellRemoved(this.#board.remove(ids, visitorsMarks));
  }

  // ── agents ─────────────────────────────────────────────────────────────────────────────────────────────────

  joinViewer(viewer: AssistViewer): void {
    this.#viewers.add(viewer);
    viewer.control(this.#desk.state(this.#nowMs()));
    for (const mark of this.#board.marks) viewer.added(mark);
  }

  /** An agent may look from two windows: control ends with the last. */
  leaveViewer(viewer: AssistViewer): void {
    this.#viewers.delete(viewer);
    const isElsewhere = [...this.#viewers].some((other) => other.agent.id === viewer.agent.id);
    if (!isElsewhere) this.release(viewer);
  }

  ask({ agent }: AssistViewer, scopes: GrantScope[]): void {
    this.#desk.ask(agent, scopes, this.#nowMs());
    this.#tellControl();
  }

  release({ agent }: AssistViewer): void {
    if (this.#desk.release(agent.id)) this.#tellControl();
  }

  use(
    viewer: AssistViewer,
    { nonce, id, tab, verb }: { nonce: string; id: number; tab: string; verb: Verb },
  ) {
    const { agent } = viewer;
    const refuse = (because: Extract<VerbOutcome, { outcome: 'refused' }>['because']) =>
      viewer.acted({ agent, id, result: { outcome: 'refused', because } });
    const fault = this.#desk.fault(agent, { nonce, verb }, this.#nowMs());
    if (fault) {
      if (fault === 'expired') this.#tellControl();
      return refuse(fault);
    }
    const page = [...this.#tabs].filter((each) => each.tab === tab).at(-1);
    if (!page) return refuse('stale');
    page.use({ agent, nonce, id, verb });
  }

  addAgentMark({ agent }: AssistViewer, draft: MarkDraft): void {
    this.#add(draft, agent);
  }

  removeByAgent({ agent }: AssistViewer, ids: readonly string[]): void {
    this.#tellRemoved(this.#board.remove(ids, agent.id));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#tabs.clear();
    this.#viewers.clear();
  }

  // ── telling ────────────────────────────────────────────────────────────────────────────────────────────────

  #tellControl(): void {
    const state = this.#desk.state(this.#nowMs());
    for (const each of [...this.#tabs, ...this.#viewers]) each.control(state);
    clearTimeout(this.#timer);
    const endMs = this.#desk.nextEndMs();
    if (endMs !== null)
      this.#timer = setTimeout(() => this.#tellControl(), Math.max(1, endMs - this.#nowMs()));
  }

  #add(draft: MarkDraft, by: AgentCard | null): void {
    const { added, removed } = this.#board.add(draft, by, this.#nowMs());
    this.#tellRemoved(removed);
    if (!added) return;
    for (const tab of this.#tabs) if (tab.tab === added.tab) tab.added(added);
    for (const viewer of this.#viewers) viewer.added(added);
  }

  #tellRemoved(ids: string[]): void {
    if (ids.length === 0) return;
    for (const each of [...this.#tabs, ...this.#viewers]) each.removed(ids);
  }
}
