import { maxAssetBytes } from '../../shared/limits.ts';
import { type AssetBinding, assetScheme } from '../../shared/model/cobrowse-assets.ts';
import type { Asset } from './asset-reader.ts';
import type { Place } from './node-rules.ts';
import { assetProperty, type FontFaceRule } from './style-text.ts';

/** What the shelf needs of the replayed page. */
export interface ReplayedPage {
  nodeById(id: number): Node | null;
  /** The page's document and those of its frames. */
  documents(): Document[];
}

interface Epoch {
  page: ReplayedPage;
  bindings: Map<number, AssetBinding>;
  /** Attribute templates by node and attribute. */
  places: Map<number, Map<string, string>>;
  /** The node that the places of an id belong to: an id may come again for another one. */
  owners: Map<number, WeakRef<Node>>;
  nodesByRef: Map<number, Set<number>>;
  fonts: FontFaceRule[];
  loadedFonts: Set<FontFaceRule>;
}

const anyRef = new RegExp(`${assetScheme}(\\d+)`, 'gi');
const xlink = 'http://www.w3.org/1999/xlink';

/** A calm box of the image's size: it keeps the layout until the image is here, or in its place. */
function placeholder({ widthPx = 0, heightPx = 0 }: { widthPx?: number; heightPx?: number }): string {
  const size =
    widthPx > 0 && heightPx > 0 ? ` width="${widthPx}" height="${heightPx}"` : ' width="1" height="1"';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"${size}><rect width="100%" height="100%" fill="#8884"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const sheets = new WeakMap<Document, HTMLStyleElement>();

/** Where a document's asset properties stand: in a style element of ours, as the page may rewrite its own styles. */
function propertiesOf(page: Document): CSSStyleDeclaration | null {
  let element = sheets.get(page);
  if (!element?.isConnected) {
    element = page.createElement('style');
    page.documentElement?.append(element);
    element.sheet?.insertRule(':root{}');
    sheets.set(page, element);
  }
  const rule = element.sheet?.cssRules[0];
  return rule && 'style' in rule ? (rule as CSSStyleRule).style : null;
}

/**
 * Holds the images and fonts of a co-browse session and puts each where the page names it, whichever of node, binding
 * and content comes last. Contents outlive epochs; refs and places belong to one.
 */
export function createAssetShelf() {
  const contents = new Map<string, { asset: Asset; url: string }>();
  let heldBytes = 0;
  let epoch: Epoch | null = null;
  let frame = 0;
  const changedRefs = new Set<number>();

  /** Address to show for a ref: the content, a placeholder when that is all there is, '' while nothing is known. */
  function urlOf(current: Epoch, ref: number): string {
    const binding = current.bindings.get(ref);
    if (!binding) return '';
    const content = binding.id === null ? undefined : contents.get(binding.id);
    return content?.url ?? placeholder(binding);
  }

  function show(current: Epoch, id: number, attribute: string, template: string) {
    const node = current.page.nodeById(id);
    if (node?.nodeType !== 1) return;
    const element = node as Element;
    const urls = template
      .split(',')
      .map((candidate) => {
        let known = true;
        const text = candidate.replace(anyRef, (_all, ref: string) => {
          const url = urlOf(current, Number(ref));
          known &&= url !== '';
          return url;
        });
        return known ? text : '';
      })
      .filter((candidate) => candidate !== '');
    if (urls.length === 0 && attribute === 'srcset') return;
    /** A broken-image sign would tell something untrue about the visitor's page. */
    const value = urls.length > 0 ? urls.join(',') : placeholder({});
    if (attribute.toLowerCase() === 'xlink:href') element.setAttributeNS(xlink, attribute, value);
    else element.setAttribute(attribute, value);
  }

  function showEverywhere() {
    frame = 0;
    if (!epoch) return;
    for (const ref of changedRefs) {
      for (const id of [...(epoch.nodesByRef.get(ref) ?? [])]) {
        forgetFormerOwner(epoch, id);
        for (const [attribute, template] of epoch.places.get(id) ?? []) show(epoch, id, attribute, template);
      }
    }
    const properties = [...changedRefs].map(
      (ref) => [assetProperty(ref), epoch && urlOf(epoch, ref)] as const,
    );
    changedRefs.clear();
    for (const page of epoch.page.documents()) {
      const style = propertiesOf(page);
      for (const [property, url] of properties) if (url) style?.setProperty(property, `url("${url}")`);
    }
    loadFonts(epoch);
  }

  function loadFonts(current: Epoch) {
    for (const font of current.fonts) {
      if (current.loadedFonts.has(font)) continue;
      for (const ref of font.refs) {
        const id = current.bindings.get(ref)?.id;
        const content = id ? contents.get(id) : undefined;
        if (!content?.asset.mime.startsWith('font/')) continue;
        current.loadedFonts.add(font);
        for (const page of current.page.documents()) addFont(page, font, content.asset);
        break;
      }
    }
  }

  function addFont(page: Document, font: FontFaceRule, asset: Asset) {
    const view = page.defaultView;
    if (!view) return;
    try {
      const face = new view.FontFace(font.family, Uint8Array.from(asset.bytes), font.descriptors);
      page.fonts.add(face);
      /** A file that is no font leaves the fallback, as in the visitor's own page. */
      face.load().catch(() => page.fonts.delete(face));
    } catch {
      /** A descriptor that this browser does not know: the same. */
    }
  }

  function touch(ref: number) {
    changedRefs.add(ref);
    frame ||= requestAnimationFrame(showEverywhere);
  }

  function forgetPlace(current: Epoch, id: number, attribute: string) {
    const attributes = current.places.get(id);
    const template = attributes?.get(attribute);
    if (!attributes || template === undefined) return;
    attributes.delete(attribute);
    if (attributes.size > 0) return;
    current.places.delete(id);
    for (const match of template.matchAll(anyRef)) current.nodesByRef.get(Number(match[1]))?.delete(id);
  }

  /** Places of a node that is gone are not those of the one that has its id now. */
  function forgetFormerOwner(current: Epoch, id: number) {
    const node = current.page.nodeById(id);
    if (node && current.owners.get(id)?.deref() === node) return;
    for (const attribute of [...(current.places.get(id)?.keys() ?? [])]) forgetPlace(current, id, attribute);
    if (node) current.owners.set(id, new WeakRef(node));
    else current.owners.delete(id);
  }

  return {
    startEpoch(page: ReplayedPage) {
      changedRefs.clear();
      epoch = {
        page,
        bindings: new Map(),
        places: new Map(),
        owners: new Map(),
        nodesByRef: new Map(),
        fonts: [],
        loadedFonts: new Set(),
      };
    },
    bind(binding: AssetBinding) {
      if (!epoch) return;
      epoch.bindings.set(binding.ref, binding);
      touch(binding.ref);
    },
    /** Called after the nodes were built or changed. */
    put(places: Place[], fonts: FontFaceRule[]) {
      if (!epoch) return;
      for (const { id, attribute, template } of places) {
        forgetFormerOwner(epoch, id);
        forgetPlace(epoch, id, attribute);
        if (template === null) continue;
        const attributes = epoch.places.get(id) ?? new Map<string, string>();
        attributes.set(attribute, template);
        epoch.places.set(id, attributes);
        for (const match of template.matchAll(anyRef)) {
          const ref = Number(match[1]);
          const nodes = epoch.nodesByRef.get(ref) ?? new Set();
          nodes.add(id);
          epoch.nodesByRef.set(ref, nodes);
        }
        show(epoch, id, attribute, template);
      }
      epoch.fonts.push(...fonts);
      if (fonts.length > 0) loadFonts(epoch);
    },
    /** A document was built (the page's, or a frame's): gives it the images and fonts that are here. */
    dress(page: Document) {
      if (!epoch) return;
      const style = propertiesOf(page);
      for (const ref of epoch.bindings.keys()) {
        const url = urlOf(epoch, ref);
        if (url) style?.setProperty(assetProperty(ref), `url("${url}")`);
      }
      for (const font of epoch.loadedFonts) {
        for (const ref of font.refs) {
          const id = epoch.bindings.get(ref)?.id;
          const content = id ? contents.get(id) : undefined;
          if (content) addFont(page, font, content.asset);
        }
      }
    },
    hold(asset: Asset) {
      if (contents.has(asset.id) || heldBytes + asset.bytes.length > maxAssetBytes) return;
      heldBytes += asset.bytes.length;
      const blob = new Blob([Uint8Array.from(asset.bytes)], { type: asset.mime });
      contents.set(asset.id, { asset, url: URL.createObjectURL(blob) });
      for (const [ref, binding] of epoch?.bindings ?? []) if (binding.id === asset.id) touch(ref);
    },
    endEpoch() {
      epoch = null;
      changedRefs.clear();
      cancelAnimationFrame(frame);
      frame = 0;
    },
    close() {
      this.endEpoch();
      for (const { url } of contents.values()) URL.revokeObjectURL(url);
      contents.clear();
      heldBytes = 0;
    },
  };
}

export type AssetShelf = ReturnType<typeof createAssetShelf>;
