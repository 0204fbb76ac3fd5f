import type { EventsOfTuples, relayToVisitor, visitorRelayFacts } from '../../shared/protocol.ts';
import type { CobrowseParts } from '../cobrowse-contract.ts';
import type { Overlay } from './overlay.ts';
import type { Sharing } from './sharing.ts';

/** What the relay tells of agents who point, draw and act. */
export const assistFacts = [
  'pointer:moved',
  'mark:added',
  'mark:removed',
  'control:changed',
  'control:used',
] as const;
type Told = EventsOfTuples<Pick<typeof relayToVisitor, (typeof assistFacts)[number]>>;
type Said = EventsOfTuples<typeof visitorRelayFacts>;
export type HearAssist = <N extends keyof Told>(name: N, ...fact: Parameters<Told[N]>) => void;
export type SayAssist = <N extends keyof Said>(name: N, ...fact: Parameters<Said[N]>) => void;

/** How a part hears: a handler for each fact it is for. */
export type AssistHandlers<N extends keyof Told> = Pick<Told, N>;

export interface AssistPart {
  hear: Partial<Told>;
  /** The connection is lost: what was told holds no longer, it is told again. */
  lost(): void;
  close(): void;
}

export interface AssistParts extends Pick<CobrowseParts, 'page' | 'tell'> {
  overlay: Overlay;
  /** The page being shared; null between sessions. */
  sharing(): Sharing | null;
  sessionId(): string;
  /** The visitor has said on this page, with the consent to share, that agents may act as well. */
  isAllowed(): boolean;
}

/**
 * Stands for the parts that draw over the page and let agents act on it. Each is fetched when the first thing of its
 * kind is told; what draws, when somebody looks.
 */
export function createAssistDoor(parts: AssistParts) {
  const loads = {
    drawing: () => import('./drawing/drawing.ts').then((part) => part.createDrawing(parts)),
    control: () => import('./control/control.ts').then((part) => part.createControl(parts)),
  };
  type Kind = keyof typeof loads;
  const loaded = new Map<Kind, Promise<AssistPart>>();

  function withPart(kind: Kind, use: (part: AssistPart) => void): void {
    const part = loaded.get(kind) ?? loads[kind]();
    loaded.set(kind, part);
    part.then(
      (each) => loaded.get(kind) === part && use(each),
      // Fetched again with the next fact.
      () => loaded.delete(kind),
    );
  }

  const hear = (name: string, fact: object): void => {
    const kind = name[0] === 'c' ? 'control' : 'drawing';
    const isSomething = Object.entries(fact).some(([key, value]) => /^[pmh]|asked/.test(key) && value);
    if (isSomething || loaded.has(kind)) {
      withPart(kind, (part) =>
        (part.hear as Record<string, ((fact: object) => void) | undefined>)[name]?.(fact),
      );
    }
  };
  return {
    hear: hear as HearAssist,
    /** Somebody looks: the visitor may want to show something. */
    watched: () => withPart('drawing', () => {}),
    lost() {
      for (const kind of loaded.keys()) withPart(kind, (part) => part.lost());
    },
    close() {
      for (const part of loaded.values()) part.then((each) => each.close()).catch(() => undefined);
      loaded.clear();
    },
  };
}
