import type { Surroundings } from '../../shared/model/surroundings.ts';

/** The rrweb events that may leave the page, as far as we rely on them. What is not listed here is dropped. */

export type StyleDiff = Record<string, string | [value: string, priority: string] | false>;
export type AttributeValue = string | number | boolean | null | StyleDiff;
export type Attributes = Record<string, AttributeValue>;

interface NodeBase {
  id: number;
  /** The document that the node belongs to when it is not the page's own. */
  rootId?: number;
  isShadow?: boolean;
}
export interface DocumentRecord extends NodeBase {
  type: 0;
  childNodes: NodeRecord[];
  compatMode?: string;
}
export interface DoctypeRecord extends NodeBase {
  type: 1;
  name: string;
  publicId: string;
  systemId: string;
}
export interface ElementRecord extends NodeBase {
  type: 2;
  tagName: string;
  attributes: Attributes;
  childNodes: NodeRecord[];
  isSVG?: true;
  isCustom?: true;
  isShadowHost?: boolean;
}
export interface TextRecord extends NodeBase {
  type: 3 | 4 | 5;
  textContent: string;
}
export type NodeRecord = DocumentRecord | DoctypeRecord | ElementRecord | TextRecord;

export interface AddedNode {
  parentId: number;
  nextId: number | null;
  node: NodeRecord;
}
export interface TextChange {
  id: number;
  value: string | null;
}
export interface AttributeChange {
  id: number;
  attributes: Attributes;
}
export interface MutationData {
  source: 0;
  adds: AddedNode[];
  removes: { parentId: number; id: number; isShadow?: boolean }[];
  texts: TextChange[];
  attributes: AttributeChange[];
  isAttachIframe?: true;
}
export interface StyleRuleChange {
  rule: string;
  index?: number | number[];
}
interface StyleTarget {
  id?: number;
  styleId?: number;
}

export type IncrementalData =
  | MutationData
  | { source: 1 | 6 | 12; positions: { x: number; y: number; id: number; timeOffset: number }[] }
  | { source: 2; type: number; id: number; x?: number; y?: number; pointerType?: number }
  | { source: 3; id: number; x: number; y: number }
  | { source: 4; width: number; height: number }
  | { source: 5; id: number; text: string; isChecked: boolean }
  | ({
      source: 8;
      adds?: StyleRuleChange[];
      removes?: { index: number | number[] }[];
      replace?: string;
      replaceSync?: string;
    } & StyleTarget)
  | ({
      source: 13;
      index: number[];
      set?: { property: string; value: string | null; priority?: string };
      remove?: { property: string };
    } & StyleTarget)
  | { source: 15; id: number; styleIds: number[]; styles?: { styleId: number; rules: StyleRuleChange[] }[] };

export type RecordedEvent = { timestamp: number } & (
  | { type: 2; data: { node: NodeRecord; initialOffset: { top: number; left: number } } }
  | { type: 3; data: IncrementalData }
  | { type: 4; data: { href: string; width: number; height: number } & Partial<Surroundings> }
  | { type: 5; data: { tag: string; payload: object } }
);

export function mutation(changes: Partial<Omit<MutationData, 'source'>>): MutationData {
  return { source: 0, adds: [], removes: [], texts: [], attributes: [], ...changes };
}
